// The microphone's loudness as a bar, while it is on screen. Main is told to measure only as long.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMainEvent } from '../client/desktop-context.tsx';
import styles from './level-meter.module.css';

const silenceDbfs = -60;

export function LevelMeter() {
  const { t } = useTranslation();
  const client = useClient();
  const [dbfs, setDbfs] = useState(-100);
  useMainEvent('devices.microphoneLevel', (level) => setDbfs(level.dbfs));
  useEffect(() => {
    const watch = (on: boolean) =>
      client.call('devices.watchMicrophone', { on }).catch((error: unknown) => {
        console.warn('devices.watchMicrophone was refused', error instanceof Error ? error.message : '');
      });
    void watch(true);
    return () => void watch(false);
  }, [client]);
  const share = Math.max(0, Math.min(1, (dbfs - silenceDbfs) / -silenceDbfs));
  return (
    // biome-ignore lint/a11y/useSemanticElements: Chromium's <meter> cannot be given our height and colours.
    <div
      className={styles.track}
      role="meter"
      aria-label={t('microphone.level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
    >
      <div
        className={styles.level}
        style={{ transform: `scaleX(${share})` }}
        data-hot={share > 0.95 || undefined}
      />
    </div>
  );
}
