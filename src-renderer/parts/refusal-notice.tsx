// A command that was refused, said in words where it was asked.
import type { ReactNode } from 'react';
import { type OwnTexts, useRefusalText } from '../client/use-refusal-text.ts';
import { Notice } from './notice.tsx';

/** Draws nothing while `reason` is null. */
export function RefusalNotice({
  reason,
  actions,
  before,
}: {
  readonly reason: string | null;
  /** As in `useRefusalText`. */
  readonly before?: OwnTexts;
  readonly actions?: ReactNode;
}) {
  const text = useRefusalText(before);
  if (reason === null) return null;
  return (
    <Notice tone="bad" actions={actions}>
      {text(reason)}
    </Notice>
  );
}
