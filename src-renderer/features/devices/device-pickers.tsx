// Microphone, speaker and ringer: chosen apart, each tried out where it is chosen. In settings and the phone panel.
import { useTranslation } from 'react-i18next';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { LevelMeter } from '../../parts/level-meter.tsx';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { DeviceSelect } from './device-select.tsx';
import styles from './devices.module.css';
import { OutputTest } from './output-test.tsx';

export function DevicePickers() {
  const { t } = useTranslation();
  const devices = useLive('devices');
  const settings = useLive('settings');
  const change = useCommand('settings.change');
  const listening = devices.microphone === 'ready' || devices.microphone === 'silent';
  return (
    <div className={styles.pickers}>
      {!devices.phoneWindowReady && <Notice>{t('settings.phoneWindowStarting')}</Notice>}
      <div>
        <DeviceSelect
          label={t('settings.microphone')}
          devices={devices.microphones}
          chosen={settings.microphoneId}
          onChoose={(microphoneId) => void change.run({ microphoneId })}
        />
        {listening ? (
          <div className={styles.level}>
            <LevelMeter />
          </div>
        ) : (
          <p className={styles.help} data-tone="warn">
            {t(`microphone.help.${devices.microphone === 'ready' ? 'readyDefault' : devices.microphone}`)}
          </p>
        )}
      </div>
      <DeviceSelect
        label={t('settings.speaker')}
        devices={devices.speakers}
        chosen={settings.speakerId}
        onChoose={(speakerId) => void change.run({ speakerId })}
        beside={<OutputTest output="speaker" />}
      />
      <DeviceSelect
        label={t('settings.ringer')}
        devices={devices.speakers}
        chosen={settings.ringerId}
        onChoose={(ringerId) => void change.run({ ringerId })}
        beside={<OutputTest output="ringer" />}
      />
      <RefusalNotice reason={change.refusal} />
    </div>
  );
}
