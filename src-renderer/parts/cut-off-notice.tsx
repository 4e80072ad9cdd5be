// A call that was talked on and ended although nobody ended it: why, and what is safe. In the wrap-up and the history.
import { useTranslation } from 'react-i18next';
import type { EndCause } from '#shared/domain/call-view.ts';
import { Notice } from './notice.tsx';

const saidFor: Partial<Record<EndCause, 'network' | 'media' | 'lost'>> = {
  network: 'network',
  timeout: 'network',
  media: 'media',
  microphone: 'media',
  lost: 'lost',
};

/** Draws nothing where somebody ended the call, or where it was never talked on. */
export function CutOffNotice({
  call,
}: {
  readonly call: { readonly answeredAtMs: number | null; readonly endCause: EndCause | null };
}) {
  const { t } = useTranslation();
  if (call.answeredAtMs === null || call.endCause === null) return null;
  return <Notice tone="warn">{t(`cutOff.${saidFor[call.endCause] ?? 'other'}`)}</Notice>;
}
