// The columns of the users' table.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import type { TeamId } from '#shared/domain/ids.ts';
import type { Column } from '../../parts/data-table.tsx';
import { When } from '../../parts/time.tsx';
import { UserChips } from './user-chips.tsx';
import styles from './users.module.css';

export function useUserColumns(teamNames: ReadonlyMap<TeamId, string>): readonly Column<AdminUser>[] {
  const { t } = useTranslation('admin');
  return useMemo(() => {
    const teamsOf = (user: AdminUser) =>
      user.teamIds
        .map((id) => teamNames.get(id))
        .filter((name) => name !== undefined)
        .join(', ');
    return [
      {
        key: 'name',
        title: t('users.name'),
        leastPx: 160,
        share: 3,
        cell: (user) => <span className={styles.name}>{nameOf(user)}</span>,
        sortBy: nameOf,
      },
      {
        key: 'username',
        title: t('users.username'),
        leastPx: 112,
        share: 2,
        cell: (user) => user.username,
        sortBy: (user) => user.username,
      },
      {
        key: 'extension',
        title: t('users.extension'),
        leastPx: 52,
        share: 0,
        cell: (user) => <span className="oh-figures">{user.extension}</span>,
        sortBy: (user) => user.extension,
      },
      {
        key: 'group',
        title: t('users.group'),
        leastPx: 96,
        share: 0,
        cell: (user) => t(`users.groups.${user.accountType}`),
        sortBy: (user) => t(`users.groups.${user.accountType}`),
      },
      {
        key: 'teams',
        title: t('users.teams'),
        leastPx: 88,
        share: 2,
        cell: (user) => <span title={teamsOf(user)}>{teamsOf(user)}</span>,
        sortBy: (user) => teamsOf(user) || null,
      },
      {
        key: 'state',
        title: t('users.state'),
        leastPx: 256,
        share: 2,
        cell: (user) => (
          <span className={styles.chips}>
            <UserChips user={user} />
          </span>
        ),
      },
      {
        key: 'lastSignedIn',
        title: t('users.lastSignedIn'),
        leastPx: 136,
        share: 0,
        cell: (user) =>
          user.lastSignedInAtMs === null ? t('users.never') : <When atMs={user.lastSignedInAtMs} />,
        sortBy: (user) => user.lastSignedInAtMs,
      },
    ];
  }, [t, teamNames]);
}

/** As people say it; the table is sorted by it too. */
export function nameOf(user: Pick<AdminUser, 'firstName' | 'lastName'>): string {
  return `${user.firstName} ${user.lastName}`;
}
