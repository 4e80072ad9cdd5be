// The box's frame: the place to drag it by, what is going on in two words, and the way to put it aside.
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { useCommand } from '../client/desktop-context.tsx';
import { WrapUpClock } from '../features/wrap-up/wrap-up-clock.tsx';
import { IconButton } from '../parts/button.tsx';
import { IconMinus } from '../parts/icons.ts';
import { Elapsed } from '../parts/time.tsx';
import styles from './call-box-header.module.css';

export interface CallBoxHeaderProps {
  readonly call: CallView | null;
  readonly offers: number;
}

export function CallBoxHeader({ call, offers }: CallBoxHeaderProps) {
  const { t } = useTranslation();
  const hide = useCommand('window.hide');
  const ringing = call?.phase === 'offered';
  const title = !call
    ? t('common.appName')
    : ringing
      ? offers > 1
        ? t('ringing.titleMany', { count: offers })
        : t('ringing.title')
      : t(`call.phase.${call.phase}`);
  const muted = call?.phase === 'talking' && call.muted;
  // Over a call the person's name is the page's heading.
  const Title = call ? 'span' : 'h1';
  return (
    <header className={styles.header} data-phase={call?.phase} data-muted={muted || undefined}>
      <span className={styles.light} aria-hidden="true" />
      <Title className={styles.title}>{title}</Title>
      {muted && <span className={styles.muted}>{t('call.mutedMark')}</span>}
      {call && !ringing && call.phase !== 'wrapUp' && call.projectName && (
        <span className={styles.project} title={call.projectName}>
          {call.projectName}
        </span>
      )}
      <span className={styles.end}>
        {ringing && <Elapsed sinceMs={call.startedAtMs} />}
        {call?.phase === 'wrapUp' && <WrapUpClock call={call} />}
        <IconButton
          icon={IconMinus}
          size="small"
          label={t('common.close')}
          hint={t('ringing.hide')}
          onClick={() => void hide.run(null)}
        />
      </span>
    </header>
  );
}
