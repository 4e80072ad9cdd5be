// At the top left of the agent window: the primary project and how many more are open; opened, all of them to choose.
// Each choice holds at once.
import { Popover, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../client/desktop-context.tsx';
import { IconChevronDown } from '../../parts/icons.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { noneOpen, openCount } from './open-choice.ts';
import styles from './open-projects.module.css';
import { ProjectChoice } from './project-choice.tsx';
import { useOpenChoice } from './use-open-choice.ts';

export function ProjectSwitcher() {
  const { t } = useTranslation();
  const session = useLive('session');
  const [opened, setOpened] = useState(false);
  const choice = useOpenChoice(session.state === 'signedIn' ? session.open : noneOpen);
  if (session.state !== 'signedIn') return null;
  const { projects, open } = session;
  const primary = projects.find(({ id }) => id === open.primaryId);
  const further = openCount(open) - 1;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={360} trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.target}
          onClick={() => {
            choice.forget();
            setOpened(!opened);
          }}
        >
          <span className="oh-unseen">{t('openProjects.title')}:</span>{' '}
          <span className={styles.name}>{primary?.name ?? t('openProjects.none')}</span>{' '}
          {further > 0 && (
            <span className={styles.further}>{t('openProjects.more', { count: further })}</span>
          )}
          <IconChevronDown size={14} stroke={2} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('openProjects.title')}>
        <p className={styles.lead}>
          {t(projects.length > 0 ? 'openProjects.lead' : 'openProjects.noProjects')}
        </p>
        <ProjectChoice
          projects={projects}
          open={choice.shown}
          onChoose={(next) => void choice.choose(next)}
        />
        <RefusalNotice reason={choice.refusal} />
      </Popover.Dropdown>
    </Popover>
  );
}
