// Users: the list, and the drawer in which one is added or changed, or many are imported.
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { AdminPage } from '../../parts/admin-page.tsx';
import { useIsSuperAdmin } from '../../parts/admin-read-only.ts';
import { DataTable, type TableHandle } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { GoneDrawer } from '../../parts/gone-drawer.tsx';
import { IconSearch, IconUsers } from '../../parts/icons.ts';
import { matches } from '../../parts/sort-rows.ts';
import { useDrawer } from '../../parts/use-drawer.ts';
import { AddUser } from './add-user.tsx';
import { EditUser } from './edit-user.tsx';
import { ExportNotice, useUserFiles } from './export-users.tsx';
import { ImportUsers } from './import-users.tsx';
import { nameOf, useUserColumns } from './use-user-columns.tsx';
import { UserTools } from './user-tools.tsx';

type Choice =
  | { readonly kind: 'new' }
  | { readonly kind: 'import' }
  | { readonly kind: 'user'; readonly userId: UserId; readonly fresh: boolean };

const firstSorting = { column: 'name', direction: 'ascending' } as const;

export function UsersPage() {
  const { t } = useTranslation('admin');
  const { answer: users, refusal } = useAdminList('users');
  const teams = useAdminList('teams').answer;
  const mayChange = useIsSuperAdmin();
  const [search, setSearch] = useState('');
  const table = useRef<TableHandle>(null);
  const drawer = useDrawer<Choice>(() => table.current?.focus());
  const files = useUserFiles();

  const teamNames = useMemo(() => new Map(teams?.map((team) => [team.id, team.name])), [teams]);
  const columns = useUserColumns(teamNames);
  const found = useMemo(
    () =>
      users?.filter((user) =>
        matches(search, [
          nameOf(user),
          user.username,
          user.email,
          user.extension,
          t(`users.groups.${user.accountType}`),
          ...user.teamIds.map((id) => teamNames.get(id) ?? null),
        ]),
      ) ?? [],
    [users, search, teamNames, t],
  );
  const { choice } = drawer;
  const chosen = choice?.kind === 'user' ? users?.find((user) => user.userId === choice.userId) : undefined;

  const count = users?.length ?? 0;
  return (
    <AdminPage
      title={t('nav.users')}
      count={
        users &&
        (search === '' ? t('users.count', { count }) : t('users.countOf', { found: found.length, count }))
      }
      search={{
        text: search,
        label: t('users.search'),
        onChange: setSearch,
        onLeave: () => table.current?.focus(),
      }}
      add={mayChange ? { word: t('users.add'), onAdd: () => drawer.open({ kind: 'new' }) } : null}
      tools={mayChange && <UserTools files={files} onImport={() => drawer.open({ kind: 'import' })} />}
      refusal={refusal}
      notice={<ExportNotice files={files} />}
      wideDrawer={choice?.kind === 'import'}
      onEscape={choice ? drawer.close : undefined}
      drawer={
        choice?.kind === 'new' ? (
          <AddUser
            drawer={drawer}
            onAdded={({ userId }) => drawer.replace({ kind: 'user', userId, fresh: true })}
          />
        ) : choice?.kind === 'import' ? (
          <ImportUsers drawer={drawer} files={files} />
        ) : choice && chosen ? (
          <EditUser
            key={chosen.userId}
            drawer={drawer}
            user={chosen}
            fresh={choice.fresh}
            mayChange={mayChange}
          />
        ) : choice && users ? (
          <GoneDrawer drawer={drawer} text={t('users.gone')} />
        ) : null
      }
    >
      {users && (
        <DataTable
          ref={table}
          label={t('nav.users')}
          columns={columns}
          rows={found}
          rowKey={(user) => user.userId}
          chosen={chosen?.userId ?? null}
          onOpen={({ userId }) => drawer.open({ kind: 'user', userId, fresh: false })}
          dimmed={(user) => user.disabledAtMs !== null}
          firstSorting={firstSorting}
          empty={
            search === '' ? (
              <EmptyState
                icon={IconUsers}
                title={t(mayChange ? 'users.emptyTitle' : 'users.emptySupervisorTitle')}
                text={t(mayChange ? 'users.empty' : 'users.emptySupervisor')}
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
