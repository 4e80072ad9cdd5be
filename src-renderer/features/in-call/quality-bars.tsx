// How the call sounds, as bars with the cause in words. Nothing is claimed before the first measurement.

import { useTranslation } from 'react-i18next';
import type { CallQuality } from '#shared/domain/call-view.ts';
import { Hint } from '../../parts/hint.tsx';
import styles from './quality-bars.module.css';

const heights = [4, 7, 10, 13];

export interface QualityBarsProps {
  readonly quality: CallQuality | null;
  /** False where a notice beside it says more; it is read out all the same. */
  readonly inWords?: boolean;
}

export function QualityBars({ quality, inWords = true }: QualityBarsProps) {
  const { t, i18n } = useTranslation();
  const word = quality ? t(`call.quality.${quality.cause}`) : t('call.quality.measuring');
  const score = quality?.mos ?? null;
  const detail =
    score === null
      ? word
      : t('call.quality.mos', {
          mos: score.toLocaleString(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
        });
  const tone = !quality
    ? 'none'
    : quality.bars >= 3 && quality.cause === 'fine'
      ? 'good'
      : quality.bars >= 2
        ? 'warn'
        : 'bad';
  return (
    <Hint label={detail}>
      <span
        className={styles.quality}
        data-tone={tone}
        role="status"
        aria-label={t('call.quality.label', { text: word })}
      >
        <svg width="19" height="14" viewBox="0 0 19 14" aria-hidden="true">
          {heights.map((height, at) => (
            <rect
              key={height}
              x={at * 5}
              y={14 - height}
              width="4"
              height={height}
              rx="1"
              className={at < (quality?.bars ?? 0) ? styles.on : styles.off}
            />
          ))}
        </svg>
        {inWords && <span>{word}</span>}
      </span>
    </Hint>
  );
}
