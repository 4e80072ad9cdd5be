// A page of the admin window on something that belongs to a project: the project is chosen above it. Choosing another one
// while something would be lost asks first.
import { Select } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useAdminList } from '../client/admin-lists.ts';
import type { DesktopClient } from '../client/desktop-client.ts';
import { useClient } from '../client/desktop-context.tsx';
import { useVersioned, type Versioned, type VersionedKind } from '../client/use-versioned.ts';
import { AdminPage } from './admin-page.tsx';
import { AskDiscard } from './ask-discard.tsx';
import { EmptyState } from './empty-state.tsx';
import type { Icon } from './icons.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import { unsaved } from './unsaved.ts';

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
    if ((typed || unsaved() !== null) && id !== chosen?.id) setWanted(id);
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
          <AskDiscard
            onKeep={() => setWanted(null)}
            onDiscard={() => {
              setChosenId(wanted);
              setWanted(null);
              setTyped(false);
            }}
          />
        )
      }
    >
      {chosen
        ? children(chosen, setTyped)
        : projects && <EmptyState icon={icon} title={t('dispositions.emptyTitle')} text={emptyText} />}
    </AdminPage>
  );
}

export interface EditedOfProject<V> {
  readonly project: AdminProject;
  readonly latest: V;
  /** For saving: what it has answered, or that there may be a newer one. */
  readonly source: Pick<Versioned<V>, 'again' | 'put'>;
  onTyped(typed: boolean): void;
}

export interface VersionedProjectPageProps<V> extends Omit<ProjectPageProps, 'children'> {
  /** The same function for all drawings. May be refused with CommandFailed. */
  ask(client: DesktopClient, projectId: ProjectId): Promise<V>;
  readonly kind: VersionedKind;
  children(edited: EditedOfProject<V>): ReactNode;
}

/** Where what belongs to the project is edited and saved as a whole. */
export function VersionedProjectPage<V extends { readonly version: number }>(
  props: VersionedProjectPageProps<V>,
) {
  const { children, ask, kind, ...page } = props;
  return (
    <ProjectPage {...page}>
      {(project, onTyped) => (
        <OfProject<V> key={project.id} project={project} onTyped={onTyped} ask={ask} kind={kind}>
          {children}
        </OfProject>
      )}
    </ProjectPage>
  );
}

type OfProjectProps<V> = Pick<VersionedProjectPageProps<V>, 'ask' | 'kind' | 'children'> &
  Pick<EditedOfProject<V>, 'project' | 'onTyped'>;

function OfProject<V extends { readonly version: number }>(props: OfProjectProps<V>) {
  const { project, onTyped, ask, kind } = props;
  const client = useClient();
  const { latest, refusal, ...source } = useVersioned(
    useCallback(() => ask(client, project.id), [ask, client, project.id]),
    kind,
  );
  if (!latest) return <RefusalNotice reason={refusal === 'hubAway' ? null : refusal} />;
  return props.children({ project, latest, source, onTyped });
}
