// Teams: the list, and the drawer in which one is made or changed (TEAM-4).
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminTeam } from '#shared/admin/teams-contract.ts';
import type { TeamId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { AdminPage } from '../../parts/admin-page.tsx';
import { useIsSuperAdmin } from '../../parts/admin-read-only.ts';
import { type Column, DataTable, type TableHandle } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { GoneDrawer } from '../../parts/gone-drawer.tsx';
import { IconSearch, IconUsersGroup } from '../../parts/icons.ts';
import { matches } from '../../parts/sort-rows.ts';
import { useDrawer } from '../../parts/use-drawer.ts';
import { AddTeam, EditTeam } from './team-drawer.tsx';
import styles from './teams.module.css';

type Choice = { readonly kind: 'new' } | { readonly kind: 'team'; readonly id: TeamId };

const firstSorting = { column: 'name', direction: 'ascending' } as const;

export function TeamsPage() {
  const { t } = useTranslation('admin');
  const { answer: teams, refusal } = useAdminList('teams');
  const users = useAdminList('users').answer;
  const mayAdd = useIsSuperAdmin();
  const [search, setSearch] = useState('');
  const table = useRef<TableHandle>(null);
  const drawer = useDrawer<Choice>(() => table.current?.focus());

  const names = useMemo(
    () => new Map(users?.map((user) => [user.userId, `${user.firstName} ${user.lastName}`])),
    [users],
  );
  const columns = useMemo((): readonly Column<AdminTeam>[] => {
    const who = (team: AdminTeam) => team.memberIds.flatMap((id) => names.get(id) ?? []).join(', ');
    return [
      {
        key: 'name',
        title: t('teams.name'),
        leastPx: 160,
        share: 1,
        cell: (team) => <span className={styles.name}>{team.name}</span>,
        sortBy: (team) => team.name,
      },
      {
        key: 'members',
        title: t('teams.members'),
        leastPx: 88,
        share: 0,
        cell: (team) => <span className="oh-figures">{team.memberIds.length}</span>,
        sortBy: (team) => team.memberIds.length,
      },
      {
        key: 'who',
        title: t('teams.who'),
        leastPx: 200,
        share: 3,
        cell: (team) => (
          <span className={styles.who} title={who(team)}>
            {who(team) || t('teams.nobody')}
          </span>
        ),
      },
    ];
  }, [t, names]);
  const found = useMemo(
    () =>
      teams?.filter((team) =>
        matches(search, [team.name, ...team.memberIds.map((id) => names.get(id) ?? null)]),
      ) ?? [],
    [teams, search, names],
  );
  const { choice } = drawer;
  const chosen = choice?.kind === 'team' ? teams?.find((team) => team.id === choice.id) : undefined;
  const count = teams?.length ?? 0;
  return (
    <AdminPage
      title={t('nav.teams')}
      count={
        teams &&
        (search === '' ? t('teams.count', { count }) : t('teams.countOf', { found: found.length, count }))
      }
      search={{
        text: search,
        label: t('teams.search'),
        onChange: setSearch,
        onLeave: () => table.current?.focus(),
      }}
      add={mayAdd ? { word: t('teams.add'), onAdd: () => drawer.open({ kind: 'new' }) } : null}
      refusal={refusal}
      onEscape={choice ? drawer.close : undefined}
      drawer={
        choice?.kind === 'new' ? (
          <AddTeam
            drawer={drawer}
            users={users ?? []}
            onAdded={({ id }) => drawer.replace({ kind: 'team', id })}
          />
        ) : chosen ? (
          <EditTeam
            key={chosen.id}
            drawer={drawer}
            team={chosen}
            users={users ?? []}
            mayRemove={mayAdd}
            onRemoved={() => drawer.replace(null)}
          />
        ) : choice && teams ? (
          <GoneDrawer drawer={drawer} text={t('teams.gone')} />
        ) : null
      }
    >
      {teams && (
        <DataTable
          ref={table}
          label={t('nav.teams')}
          columns={columns}
          rows={found}
          rowKey={(team) => team.id}
          chosen={chosen?.id ?? null}
          onOpen={({ id }) => drawer.open({ kind: 'team', id })}
          firstSorting={firstSorting}
          empty={
            search === '' ? (
              <EmptyState
                icon={IconUsersGroup}
                title={t(mayAdd ? 'teams.emptyTitle' : 'teams.emptySupervisorTitle')}
                text={t(mayAdd ? 'teams.empty' : 'teams.emptySupervisor')}
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
