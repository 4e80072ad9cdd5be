// No path for the sound: whose network is away, since when, and that the call is kept. Said in the call box, in place of
// the words beside the bars.
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { Notice } from '../../parts/notice.tsx';
import { Since } from '../../parts/time.tsx';

/** Draws nothing while the two can hear each other. */
export function SilenceNotice({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  const silence = call.quality?.silence;
  if (!silence) return null;
  return (
    <Notice tone="warn" title={t(`call.silence.${silence.side}Title`)}>
      <Since atMs={silence.sinceMs} /> {t(`call.silence.${silence.side}`)}
    </Notice>
  );
}
