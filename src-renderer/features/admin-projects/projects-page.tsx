// Projects: the list, and the drawer in which one is made or changed.
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useNow } from '../../client/use-now.ts';
import { AdminPage } from '../../parts/admin-page.tsx';
import { useIsSuperAdmin } from '../../parts/admin-read-only.ts';
import { DataTable, type TableHandle } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconBriefcase, IconSearch } from '../../parts/icons.ts';
import { matches } from '../../parts/sort-rows.ts';
import { useDrawer } from '../../parts/use-drawer.ts';
import { shownNumber } from './phone-numbers.ts';
import { newProject } from './project-draft.ts';
import { ProjectDrawer } from './project-drawer.tsx';
import { ownTimeZone } from './time-zones.ts';
import { useProjectColumns } from './use-project-columns.tsx';

type Choice = { readonly kind: 'new' } | { readonly kind: 'project'; readonly id: ProjectId };

const firstSorting = { column: 'name', direction: 'ascending' } as const;

export function ProjectsPage() {
  const { t } = useTranslation('admin');
  const { answer: projects, refusal } = useAdminList('projects');
  // Asked now, so that the drawer opens with them.
  useAdminList('users');
  useAdminList('teams');
  const mayAdd = useIsSuperAdmin();
  const [search, setSearch] = useState('');
  const [begin] = useState(() => newProject(ownTimeZone()));
  const table = useRef<TableHandle>(null);
  const drawer = useDrawer<Choice>(() => table.current?.focus());
  const columns = useProjectColumns(useNow(60_000));

  const found = useMemo(
    () =>
      projects?.filter(({ settings }) =>
        matches(search, [
          settings.name,
          settings.queueName,
          ...settings.numbers,
          ...settings.numbers.map(shownNumber),
        ]),
      ) ?? [],
    [projects, search],
  );
  const { choice } = drawer;
  const chosen = choice?.kind === 'project' ? projects?.find((each) => each.id === choice.id) : undefined;
  const count = projects?.length ?? 0;
  return (
    <AdminPage
      title={t('nav.projects')}
      count={
        projects &&
        (search === '' ? t('projects.count', { count }) : t('projects.found', { found: found.length, count }))
      }
      search={{
        text: search,
        label: t('projects.search'),
        onChange: setSearch,
        onLeave: () => table.current?.focus(),
      }}
      add={mayAdd ? { word: t('projects.add'), onAdd: () => drawer.open({ kind: 'new' }) } : null}
      refusal={refusal}
      onEscape={choice ? drawer.close : undefined}
      wideDrawer
      drawer={
        choice?.kind === 'new' || chosen ? (
          <ProjectDrawer
            key={chosen?.id ?? 'new'}
            drawer={drawer}
            project={chosen ?? null}
            begin={begin}
            onAdded={({ id }) => drawer.replace({ kind: 'project', id })}
            onRemoved={() => drawer.replace(null)}
          />
        ) : null
      }
    >
      {projects && (
        <DataTable
          ref={table}
          label={t('nav.projects')}
          columns={columns}
          rows={found}
          rowKey={(project) => project.id}
          chosen={chosen?.id ?? null}
          onOpen={({ id }) => drawer.open({ kind: 'project', id })}
          firstSorting={firstSorting}
          empty={
            search === '' ? (
              <EmptyState
                icon={IconBriefcase}
                title={t('projects.emptyTitle')}
                text={t(mayAdd ? 'projects.empty' : 'projects.emptyAdmin')}
              />
            ) : (
              <EmptyState icon={IconSearch} title={t('page.noneFoundTitle')} text={t('page.noneFound')} />
            )
          }
        />
      )}
    </AdminPage>
  );
}
