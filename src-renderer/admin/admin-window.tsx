// The admin window: the tree of its pages at the left, one page beside it. Alt with a digit goes to a page.
// Where something was typed that is not saved, it asks first.
import { Fragment, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdminLists, AdminListsContext } from '../client/admin-lists.ts';
import { useClient, useLive } from '../client/desktop-context.tsx';
import type { TopicName } from '../client/live-store.ts';
import { AskDiscard } from '../parts/ask-discard.tsx';
import { plainKey, useWindowKeys } from '../parts/keyboard.ts';
import { Mark } from '../parts/mark.tsx';
import { unsaved } from '../parts/unsaved.ts';
import { type AdminPageName, adminPages } from './admin-pages.tsx';
import styles from './admin-window.module.css';

export const adminTopics: readonly TopicName[] = ['session', 'network'];

export function AdminWindow() {
  const { t } = useTranslation('admin');
  const client = useClient();
  const session = useLive('session');
  const [lists] = useState(() => new AdminLists(client));
  const [chosen, setChosen] = useState<AdminPageName>('users');
  const [wanted, setWanted] = useState<AdminPageName | null>(null);
  useEffect(() => lists.start(), [lists]);
  const role = session.state === 'signedIn' ? session.user.accountType : null;
  const pages = adminPages.filter((page) => role !== null && page.roles.includes(role));
  const shown = pages.find((page) => page.name === chosen) ?? pages[0];
  const leaveFor = (name: AdminPageName) => {
    setWanted(null);
    setChosen(name);
  };
  const goTo = (name: AdminPageName) => {
    if (name !== shown?.name && unsaved() !== null) setWanted(name);
    else leaveFor(name);
  };
  useWindowKeys((event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const page = pages[Number(plainKey(event)) - 1];
    if (!page) return;
    event.preventDefault();
    goTo(page.name);
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
          {pages.map(({ name, group, icon: IconShown }, index) => (
            <Fragment key={name}>
              {index > 0 && group !== pages[index - 1]?.group && (
                <h2 className={styles.group}>{t(`nav.groups.${group}`)}</h2>
              )}
              <button
                type="button"
                className={styles.place}
                aria-current={name === shown?.name ? 'page' : undefined}
                // There are nine digits.
                aria-keyshortcuts={index < 9 ? `Alt+${index + 1}` : undefined}
                title={t(`nav.${name}`)}
                onClick={() => goTo(name)}
              >
                <IconShown size={20} stroke={1.75} aria-hidden="true" />
                <span className={styles.word}>{t(`nav.${name}`)}</span>
              </button>
            </Fragment>
          ))}
          <div className={styles.who} title={session.user.displayName}>
            <span className={styles.word}>{session.user.displayName}</span>
          </div>
        </nav>
        <main className={styles.work} key={shown?.name}>
          {shown?.page()}
          {wanted && (
            <div className={styles.leaving}>
              <AskDiscard onKeep={() => setWanted(null)} onDiscard={() => leaveFor(wanted)} />
            </div>
          )}
        </main>
      </div>
    </AdminListsContext>
  );
}
