// How the links stand, at a glance: hub, what waits to be sent, microphone. Quiet while all is well.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MicrophoneState } from '#shared/desktop/settings-contract.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconMicrophone, IconMicrophoneOff, IconWifi, IconWifiOff } from '../../parts/icons.ts';
import { StateChip } from '../../parts/state-chip.tsx';
import { Since } from '../../parts/time.tsx';
import styles from './link-chips.module.css';

export interface LinkChipsProps {
  onOpenSettings(): void;
  /** How what was written here and what the hub has stand to each other. */
  readonly sync: ReactNode;
}

export function LinkChips({ onOpenSettings, sync }: LinkChipsProps) {
  return (
    <div className={styles.chips}>
      {sync}
      <NetworkChip />
      <MicrophoneChip onOpenSettings={onOpenSettings} />
    </div>
  );
}

function NetworkChip() {
  const { t } = useTranslation();
  const network = useLive('network');
  const away = network.state === 'offline' || network.state === 'off';
  return (
    <StateChip
      icon={away ? IconWifiOff : IconWifi}
      tone={network.state === 'online' ? 'good' : network.state === 'connecting' ? 'warn' : 'bad'}
      word={t(`chip.network.${network.state}`)}
    >
      <p>{t(`chip.network.${network.state}Hint`)}</p>
      <p className={styles.since}>
        <Since atMs={network.sinceMs} />
      </p>
    </StateChip>
  );
}

const microphoneTone: Record<MicrophoneState, 'good' | 'warn' | 'bad'> = {
  ready: 'good',
  unknown: 'warn',
  asking: 'warn',
  silent: 'warn',
  refused: 'bad',
  missing: 'bad',
  failed: 'bad',
};

function MicrophoneChip({ onOpenSettings }: Pick<LinkChipsProps, 'onOpenSettings'>) {
  const { t } = useTranslation();
  const { microphone, microphoneLabel } = useLive('devices');
  const open = useCommand('devices.openMicrophone');
  const tone = microphoneTone[microphone];
  const help =
    microphone === 'ready'
      ? microphoneLabel
        ? t('microphone.help.ready', { label: microphoneLabel })
        : t('microphone.help.readyDefault')
      : t(`microphone.help.${microphone}`);
  return (
    <StateChip
      icon={tone === 'bad' ? IconMicrophoneOff : IconMicrophone}
      tone={tone}
      word={t(`chip.microphone.${microphone}`)}
      title={t(`microphone.title.${microphone}`)}
      actions={
        <>
          {microphone !== 'ready' && (
            <Button size="small" tone="accent" disabled={open.running} onClick={() => void open.run(null)}>
              {microphone === 'unknown' ? t('deviceCheck.allow') : t('common.tryAgain')}
            </Button>
          )}
          <Button size="small" onClick={onOpenSettings}>
            {t('common.openSettings')}
          </Button>
        </>
      }
    >
      <p>{help}</p>
    </StateChip>
  );
}
