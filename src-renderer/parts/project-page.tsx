// A page of the admin window on something that belongs to a project: the project is chosen above it. Choosing another one
// while something is not saved asks first.
import { Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useAdminList } from '../client/admin-lists.ts';
import { AdminPage } from './admin-page.tsx';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import type { Icon } from './icons.ts';
import { Notice } from './notice.tsx';

export interface ProjectPageProps {
  readonly title: string;
  readonly icon: Icon;
  /** Where there is no project yet. */
  readonly emptyText: string;
  /** Give what it draws the project's id as `key`. */
  children(project: AdminProject, onTyped: (typed: boolean) => void): ReactNode;
}

export function ProjectPage({ title, icon, emptyText, children }: ProjectPageProps) {
  const { t, i18n } = useTranslation('admin');
  const { answer: projects, refusal } = useAdminList('projects');
  const [chosenId, setChosenId] = useState<ProjectId | null>(null);
  const [wanted, setWanted] = useState<ProjectId | null>(null);
  const [typed, setTyped] = useState(false);
  const collator = new Intl.Collator(i18n.language, { numeric: true });
  const ordered = [...(projects ?? [])].sort((a, b) => collator.compare(a.settings.name, b.settings.name));
  const chosen = ordered.find(({ id }) => id === chosenId) ?? ordered[0];
  const choose = (id: ProjectId) => {
    if (typed && id !== chosen?.id) setWanted(id);
    else setChosenId(id);
  };
  return (
    <AdminPage
      title={title}
      refusal={refusal}
      filters={
        chosen && (
          <Select
            w={400}
            aria-label={t('dispositions.project')}
            searchable={ordered.length > 8}
            data={ordered.map(({ id, settings }) => ({ value: String(id), label: settings.name }))}
            value={String(chosen.id)}
            onChange={(id) => id !== null && choose(id as ProjectId)}
          />
        )
      }
      notice={
        wanted && (
          <Notice
            tone="warn"
            title={t('drawer.discardTitle')}
            actions={
              <>
                <Button size="small" autoFocus onClick={() => setWanted(null)}>
                  {t('drawer.keepEditing')}
                </Button>
                <Button
                  size="small"
                  tone="stop"
                  onClick={() => {
                    setChosenId(wanted);
                    setWanted(null);
                    setTyped(false);
                  }}
                >
                  {t('drawer.discard')}
                </Button>
              </>
            }
          >
            {t('drawer.discardText')}
          </Notice>
        )
      }
    >
      {chosen
        ? children(chosen, setTyped)
        : projects && <EmptyState icon={icon} title={t('dispositions.emptyTitle')} text={emptyText} />}
    </AdminPage>
  );
}
