// The left rail: where to go, and how much waits there. Narrow windows show the icons alone, with their names on hover.
// Control and a digit go to a place.
import { useTranslation } from 'react-i18next';
import { useCommand, useLive } from '../client/desktop-context.tsx';
import { useInboxCount } from '../features/inbox/inbox-view.tsx';
import { IconShieldCog } from '../parts/icons.ts';
import { isMac, useWindowKeys } from '../parts/keyboard.ts';
import { type Area, areaIcons, useAreaName, usePlaces } from './areas.ts';
import styles from './rail.module.css';

export interface RailProps {
  readonly area: Area;
  onGo(area: Area): void;
}

export function Rail({ area, onGo }: RailProps) {
  const { t } = useTranslation();
  const session = useLive('session');
  const openAdmin = useCommand('window.openAdmin');
  const administers = session.state === 'signedIn' && session.user.accountType !== 'clerk';
  const inboxCount = useInboxCount();
  const voicemailCount = useLive('inbox').voicemails.filter((voicemail) => !voicemail.heard).length;
  const areaName = useAreaName();
  const placeNames = usePlaces();
  const onDesk = useLive('dialUp').order === null ? 0 : 1;
  useWindowKeys((event) => {
    if (!(isMac ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey) return;
    const place = placeNames[Number(event.key) - 1];
    if (!place) return;
    event.preventDefault();
    onGo(place);
  });
  const counts: Partial<Record<Area, number>> = {
    inbox: inboxCount,
    voicemail: voicemailCount,
    dialUp: area === 'dialUp' ? 0 : onDesk,
  };
  return (
    <nav className={styles.rail} aria-label={t('nav.label')}>
      {placeNames.map((place, at) => {
        const IconShown = areaIcons[place];
        const waiting = counts[place] ?? 0;
        return (
          <button
            key={place}
            type="button"
            className={styles.place}
            aria-current={area === place ? 'page' : undefined}
            title={`${areaName(place)} (${isMac ? '⌘' : t('keys.ctrl')} ${at + 1})`}
            aria-keyshortcuts={`${isMac ? 'Meta' : 'Control'}+${at + 1}`}
            onClick={() => onGo(place)}
          >
            <IconShown size={20} stroke={1.75} aria-hidden="true" />
            <span className={styles.word}>{areaName(place)}</span>{' '}
            {waiting > 0 && (
              <span className={`oh-figures ${styles.count}`}>
                {waiting}
                <span className="oh-unseen"> {t('nav.waiting')}</span>
              </span>
            )}
          </button>
        );
      })}
      {administers && (
        <button
          type="button"
          className={styles.place}
          title={t('nav.adminHint')}
          onClick={() => void openAdmin.run(null)}
        >
          <IconShieldCog size={20} stroke={1.75} aria-hidden="true" />
          <span className={styles.word}>{t('nav.admin')}</span>
        </button>
      )}
    </nav>
  );
}
