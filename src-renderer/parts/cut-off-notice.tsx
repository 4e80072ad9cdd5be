// A call that was talked on and ended although nobody ended it: why, and what is safe; and one that was never had because
// it may not be made: what to do. In the wrap-up and the history.
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

/** Draws nothing where somebody ended the call, nor where nobody answered it. */
export function CutOffNotice({
  call,
}: {
  readonly call: { readonly answeredAtMs: number | null; readonly endCause: EndCause | null };
}) {
  const { t } = useTranslation();
  if (call.endCause === 'forbidden') return <Notice tone="warn">{t('cutOff.forbidden')}</Notice>;
  if (call.answeredAtMs === null || call.endCause === null) return null;
  return <Notice tone="warn">{t(`cutOff.${saidFor[call.endCause] ?? 'other'}`)}</Notice>;
}
