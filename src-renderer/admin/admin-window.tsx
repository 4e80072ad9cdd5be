// The admin window: the tree of its pages at the left, one page beside it. Alt with a digit goes to a page.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdminLists, AdminListsContext } from '../client/admin-lists.ts';
import { useClient, useLive } from '../client/desktop-context.tsx';
import type { TopicName } from '../client/live-store.ts';
import { plainKey, useWindowKeys } from '../parts/keyboard.ts';
import { Mark } from '../parts/mark.tsx';
import { type AdminPageName, adminPages } from './admin-pages.tsx';
import styles from './admin-window.module.css';

export const adminTopics: readonly TopicName[] = ['session', 'network'];

export function AdminWindow() {
  const { t } = useTranslation('admin');
  const client = useClient();
  const session = useLive('session');
  const [lists] = useState(() => new AdminLists(client));
  const [chosen, setChosen] = useState<AdminPageName>('users');
  useEffect(() => lists.start(), [lists]);
  const role = session.state === 'signedIn' ? session.user.accountType : null;
  const pages = adminPages.filter((page) => role !== null && page.roles.includes(role));
  const shown = pages.find((page) => page.name === chosen) ?? pages[0];
  useWindowKeys((event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const page = pages[Number(plainKey(event)) - 1];
    if (!page) return;
    event.preventDefault();
    setChosen(page.name);
  });
  // Main closes this window on signing out; until then it has nothing to show.
  if (session.state !== 'signedIn') return null;
  return (
    <AdminListsContext value={lists}>
      <div className={styles.window}>
        <nav className={styles.tree} aria-label={t('nav.label')}>
          <div className={styles.head}>
            <Mark sizePx={24} />
            <span className={styles.word}>{t('nav.title')}</span>
          </div>
          {pages.map(({ name, icon: IconShown }, index) => (
            <button
              key={name}
              type="button"
              className={styles.place}
              aria-current={name === shown?.name ? 'page' : undefined}
              aria-keyshortcuts={`Alt+${index + 1}`}
              title={t(`nav.${name}`)}
              onClick={() => setChosen(name)}
            >
              <IconShown size={20} stroke={1.75} aria-hidden="true" />
              <span className={styles.word}>{t(`nav.${name}`)}</span>
            </button>
          ))}
          <div className={styles.who} title={session.user.displayName}>
            <span className={styles.word}>{session.user.displayName}</span>
          </div>
        </nav>
        <main className={styles.work} key={shown?.name}>
          {shown?.page()}
        </main>
      </div>
    </AdminListsContext>
  );
}
