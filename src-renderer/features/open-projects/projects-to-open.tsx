// After signing in (TEAM-6): which projects are worked on now. Inline at the top of the agent window, never over a call;
// shown as long as none is open, unless it was put aside.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { noneOpen, openCount, withOpen } from './open-choice.ts';
import styles from './open-projects.module.css';
import { ProjectChoice } from './project-choice.tsx';

export function ProjectsToOpen() {
  const { t } = useTranslation();
  const session = useLive('session');
  const choose = useCommand('projects.open');
  const [ticked, setTicked] = useState(noneOpen);
  const [putAside, setPutAside] = useState(false);
  if (session.state !== 'signedIn' || putAside || openCount(session.open) > 0) return null;
  if (session.projects.length === 0) {
    return session.user.accountType === 'clerk' ? (
      <div className={styles.notice}>
        <Notice>{t('openProjects.noProjects')}</Notice>
      </div>
    ) : null;
  }
  // One that the agent was taken out of meanwhile could not be unticked any more.
  const chosen = [ticked.primaryId, ...ticked.secondaryIds].reduce(
    (open, id) =>
      id !== null && session.projects.every((each) => each.id !== id) ? withOpen(open, id, false) : open,
    ticked,
  );
  return (
    <section className={styles.first} aria-label={t('openProjects.firstTitle')}>
      <div>
        <h2 className={styles.title}>{t('openProjects.firstTitle')}</h2>
        <p className={styles.lead}>{t('openProjects.firstLead')}</p>
      </div>
      <ProjectChoice projects={session.projects} open={chosen} onChoose={setTicked} />
      <RefusalNotice reason={choose.refusal} />
      <div className={styles.actions}>
        <Button
          tone="accent"
          disabled={openCount(chosen) === 0 || choose.running}
          onClick={() => void choose.run(chosen)}
        >
          {t('openProjects.start')}
        </Button>
        <Button tone="plain" onClick={() => setPutAside(true)}>
          {t('openProjects.later')}
        </Button>
      </div>
    </section>
  );
}
