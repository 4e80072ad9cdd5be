// Before the first call: the microphone is asked for once, with the reason; speaker and ringer are tried.
// Inline at the top of the agent window, never over a call. Without a microphone one may go on, knowing it.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { Chip } from '../../parts/chip.tsx';
import { IconCheck, IconMicrophone } from '../../parts/icons.ts';
import { LevelMeter } from '../../parts/level-meter.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './devices.module.css';
import { OutputTest } from './output-test.tsx';

/** Shown from the moment when the microphone was never asked for until the agent goes on. */
export function DeviceCheck() {
  const { t } = useTranslation();
  const { microphone } = useLive('devices');
  const open = useCommand('devices.openMicrophone');
  const [wanted, setWanted] = useState(microphone === 'unknown');
  if (!wanted) return null;
  const ready = microphone === 'ready' || microphone === 'silent';
  const tried = microphone !== 'unknown' && microphone !== 'asking';
  return (
    <section className={styles.check} aria-label={t('deviceCheck.title')}>
      <header className={styles.checkHead}>
        <div>
          <h2 className={styles.checkTitle}>{t('deviceCheck.title')}</h2>
          <p className={styles.help}>{t('deviceCheck.intro')}</p>
        </div>
        <Button tone={ready ? 'accent' : 'soft'} onClick={() => setWanted(false)}>
          {ready ? t('deviceCheck.continue') : t('deviceCheck.continueAnyway')}
        </Button>
      </header>
      <div className={styles.steps}>
        <div className={styles.step}>
          <h3 className={styles.stepTitle}>
            {t('deviceCheck.microphone')}
            {microphone === 'ready' && (
              <Chip tone="good" icon={IconCheck}>
                {t('deviceCheck.works')}
              </Chip>
            )}
          </h3>
          {ready ? (
            <>
              <p className={styles.help}>{t('microphone.speakNow')}</p>
              <LevelMeter />
            </>
          ) : (
            <>
              <p className={styles.help} data-tone={tried ? 'warn' : undefined}>
                {tried || microphone === 'asking' ? t(`microphone.help.${microphone}`) : t('deviceCheck.why')}
              </p>
              <Button
                tone="accent"
                icon={IconMicrophone}
                disabled={open.running || microphone === 'asking'}
                onClick={() => void open.run(null)}
              >
                {tried ? t('common.tryAgain') : t('deviceCheck.allow')}
              </Button>
            </>
          )}
          <RefusalNotice reason={open.refusal} />
        </div>
        <div className={styles.step}>
          <h3 className={styles.stepTitle}>{t('deviceCheck.speaker')}</h3>
          <p className={styles.help}>{t('deviceCheck.speakerWhy')}</p>
          <OutputTest output="speaker" label={t('deviceCheck.test')} />
        </div>
        <div className={styles.step}>
          <h3 className={styles.stepTitle}>{t('deviceCheck.ringer')}</h3>
          <p className={styles.help}>{t('deviceCheck.ringerWhy')}</p>
          <OutputTest output="ringer" label={t('deviceCheck.test')} />
        </div>
      </div>
      {tried && !ready && <p className={styles.help}>{t('deviceCheck.missingWarning')}</p>}
    </section>
  );
}
