// All of an agent's projects: which are open, and which of them is the primary one. Controlled: what is chosen is told,
// and shown when it comes back.
import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Project } from '#shared/domain/disposition.ts';
import type { OpenProjects } from '#shared/domain/work.ts';
import { isOpen, withOpen, withPrimary } from './open-choice.ts';
import styles from './open-projects.module.css';

export interface ProjectChoiceProps {
  readonly projects: readonly Project[];
  readonly open: OpenProjects;
  onChoose(open: OpenProjects): void;
}

export function ProjectChoice({ projects, open, onChoose }: ProjectChoiceProps) {
  const { t } = useTranslation();
  return (
    <ul className={styles.list}>
      {projects.map((project) => (
        <li key={project.id} className={styles.row} data-open={isOpen(open, project.id) || undefined}>
          <Checkbox
            className={styles.open}
            label={project.name}
            checked={isOpen(open, project.id)}
            onChange={(event) => onChoose(withOpen(open, project.id, event.currentTarget.checked))}
          />
          <PrimaryMark
            chosen={open.primaryId === project.id}
            onChoose={() => onChoose(withPrimary(open, project.id))}
            label={t('openProjects.primary')}
            title={t('openProjects.choosePrimary', { name: project.name })}
          />
        </li>
      ))}
    </ul>
  );
}

interface PrimaryMarkProps {
  readonly chosen: boolean;
  readonly label: string;
  readonly title: string;
  onChoose(): void;
}

/** One of all rows, like a radio button; a button, so that Tab reaches it row by row beside its box. */
function PrimaryMark({ chosen, label, title, onChoose }: PrimaryMarkProps) {
  return (
    <button
      type="button"
      className={styles.primary}
      aria-pressed={chosen}
      aria-label={title}
      title={title}
      onClick={() => {
        if (!chosen) onChoose();
      }}
    >
      {label}
    </button>
  );
}
