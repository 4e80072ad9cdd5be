// The teams that a user is in: taken out of one, or put into another, at once (TEAM-4). Whole teams are made on their page.
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminTeam } from '#shared/admin/teams-contract.ts';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import { useAdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { DrawerSection } from '../../parts/drawer.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './users.module.css';

export function TeamsSection({ user, mayChange }: { readonly user: AdminUser; readonly mayChange: boolean }) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const readOnly = useReadOnly();
  const teams = useAdminList('teams').answer ?? [];
  const change = useCommand('admin.teams.change');
  const [wanted, setWanted] = useState<string | null>(null);
  const { userId } = user;
  const mine = teams.filter((team) => team.memberIds.includes(userId));
  const others = teams.filter((team) => !team.memberIds.includes(userId));

  const put = async ({ id, version, name, memberIds }: AdminTeam, member: boolean) => {
    const rest = memberIds.filter((each) => each !== userId);
    const after = await change.run({ id, version, name, memberIds: member ? [...rest, userId] : rest });
    setWanted(null);
    // Somebody else may have been quicker: the list then shows how it is, and one tries again.
    if (!after) return lists.ask('teams');
    lists.put('teams', (before) => before.map((each) => (each.id === id ? after : each)));
  };
  return (
    <DrawerSection title={t('users.teams')}>
      {mine.length === 0 && <p className={styles.hint}>{t('users.noTeam')}</p>}
      <ul>
        {mine.map((team) => (
          <li key={team.id} className={styles.device}>
            <span className={styles.deviceWords}>{team.name}</span>
            {mayChange && (
              <Button
                size="small"
                tone="plain"
                aria-label={`${t('users.leaveTeam')}: ${team.name}`}
                disabled={readOnly || change.running}
                onClick={() => void put(team, false)}
              >
                {t('users.leaveTeam')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && others.length > 0 && (
        <Select
          aria-label={t('users.joinTeam')}
          placeholder={t('users.joinTeam')}
          searchable
          limit={50}
          disabled={readOnly || change.running}
          data={others.map((team) => ({ value: team.id as string, label: team.name }))}
          value={wanted}
          onChange={(id) => {
            const team = others.find((each) => each.id === id);
            setWanted(id);
            if (team) void put(team, true);
          }}
        />
      )}
      <RefusalNotice
        reason={change.refusal === 'changedMeanwhile' ? 'teamChangedMeanwhile' : change.refusal}
      />
    </DrawerSection>
  );
}
