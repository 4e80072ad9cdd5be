// A team: its name and its members, new or as it is.
import { TextInput } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminTeam } from '#shared/admin/teams-contract.ts';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Drawer, DrawerAction, DrawerSection } from '../../parts/drawer.tsx';
import { type FieldErrors, useFieldErrors } from '../../parts/field-errors.ts';
import { PeoplePicker } from '../../parts/people-picker.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { useEdit } from '../../parts/use-edit.ts';
import styles from './teams.module.css';

interface TeamValues {
  readonly name: string;
  readonly memberIds: UserId[];
}

const fieldOfRefusal = { nameTaken: 'name', noSuchUser: 'memberIds' } as const;
const emptyTeam: TeamValues = { name: '', memberIds: [] };

export interface AddTeamProps {
  readonly drawer: DrawerControl;
  readonly users: readonly AdminUser[];
  onAdded(team: AdminTeam): void;
}

export function AddTeam({ drawer, users, onAdded }: AddTeamProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const add = useCommand('admin.teams.add');
  const [values, setValues] = useState(emptyTeam);
  const [tried, setTried] = useState(false);
  const nameMissing = values.name.trim() === '';
  const errors = useTeamErrors(add.refusal, tried && nameMissing);
  const save = async () => {
    setTried(true);
    if (nameMissing) return;
    const team = await add.run(values);
    if (!team) return;
    lists.put('teams', (teams) => [...teams.filter((each) => each.id !== team.id), team]);
    onAdded(team);
  };
  return (
    <Drawer
      drawer={drawer}
      title={t('teams.addTitle')}
      typed={values.name !== '' || values.memberIds.length > 0}
      saveWord={t('drawer.create')}
      running={add.running}
      refusal={errors.elsewhere}
      onSave={() => void save()}
    >
      <TeamFields
        values={values}
        users={users}
        errors={errors}
        set={(field, value) => {
          setValues((before) => ({ ...before, [field]: value }));
          add.forget();
        }}
      />
    </Drawer>
  );
}

export interface EditTeamProps {
  readonly drawer: DrawerControl;
  readonly team: AdminTeam;
  readonly users: readonly AdminUser[];
  readonly mayRemove: boolean;
  onRemoved(): void;
}

export function EditTeam({ drawer, team, users, mayRemove, onRemoved }: EditTeamProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const change = useCommand('admin.teams.change');
  const { name, memberIds } = team;
  const edit = useEdit<TeamValues>({ name, memberIds }, team.version);
  const [tried, setTried] = useState(false);
  const nameMissing = edit.values.name.trim() === '';
  const errors = useTeamErrors(change.refusal, tried && nameMissing);
  const nameOf = (id: UserId) => {
    const user = users.find((each) => each.userId === id);
    return user ? `${user.firstName} ${user.lastName}` : id;
  };
  const save = async () => {
    setTried(true);
    if (nameMissing) return;
    const after = await change.run({ id: team.id, version: edit.version, ...edit.values });
    if (!after) return lists.ask('teams');
    lists.put('teams', (teams) => teams.map((each) => (each.id === after.id ? after : each)));
    edit.saved({ name: after.name, memberIds: after.memberIds }, after.version);
  };
  return (
    <Drawer
      drawer={drawer}
      title={team.name}
      typed={edit.typed}
      saveWord={t('drawer.save')}
      saveDisabled={!edit.typed || edit.conflicts.length > 0}
      running={change.running}
      refusal={errors.elsewhere}
      onSave={() => void save()}
      more={mayRemove && <RemoveTeam team={team} onRemoved={onRemoved} />}
    >
      <ChangedMeanwhile
        edit={edit}
        label={(field) => t(field === 'name' ? 'teams.name' : 'teams.members')}
        show={(_field, value): ReactNode =>
          typeof value === 'string' ? value : value.map(nameOf).join(', ') || t('teams.nobody')
        }
      />
      <TeamFields
        values={edit.values}
        users={users}
        errors={errors}
        set={(field, value) => {
          edit.set(field, value);
          if (change.refusal !== 'changedMeanwhile') change.forget();
        }}
      />
    </Drawer>
  );
}

function useTeamErrors(refusal: string | null, nameMissing: boolean): FieldErrors<keyof TeamValues> {
  const { t } = useTranslation('admin');
  return useFieldErrors<keyof TeamValues>(refusal, fieldOfRefusal, {
    name: nameMissing ? t('teams.nameMissing') : undefined,
  });
}

function TeamFields(props: {
  readonly values: TeamValues;
  readonly users: readonly AdminUser[];
  readonly errors: FieldErrors<keyof TeamValues>;
  set<F extends keyof TeamValues>(field: F, value: TeamValues[F]): void;
}) {
  const { values, users, errors, set } = props;
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const people = useMemo(
    () =>
      users.map((user) => ({
        id: user.userId,
        name: `${user.firstName} ${user.lastName}`,
        detail: `${user.extension} · ${t(`users.groups.${user.accountType}`)}`,
      })),
    [users, t],
  );
  return (
    <>
      <TextInput
        label={t('teams.name')}
        maxLength={100}
        autoComplete="off"
        value={values.name}
        error={errors.at('name')}
        errorProps={{ role: 'alert' }}
        onChange={(event) => set('name', event.currentTarget.value)}
      />
      <div>
        <div className={styles.label}>{t('teams.members')}</div>
        <PeoplePicker
          label={t('teams.members')}
          people={people}
          chosen={values.memberIds}
          disabled={readOnly}
          onChange={(memberIds) => set('memberIds', memberIds)}
        />
        <RefusalText text={errors.at('memberIds')} />
      </div>
    </>
  );
}

function RefusalText({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p className={styles.error} role="alert">
      {text}
    </p>
  );
}

function RemoveTeam({ team, onRemoved }: { readonly team: AdminTeam; onRemoved(): void }) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const readOnly = useReadOnly();
  const remove = useCommand('admin.teams.remove');
  const [asking, setAsking] = useState(false);
  const run = async () => {
    const done = await remove.run({ id: team.id, version: team.version });
    setAsking(false);
    if (done === undefined) return lists.ask('teams');
    lists.put('teams', (teams) => teams.filter((each) => each.id !== team.id));
    onRemoved();
  };
  return (
    <DrawerSection title={t('teams.remove')}>
      <DrawerAction
        label={t('teams.remove')}
        hint={t('teams.removeHint')}
        below={
          <>
            {asking && (
              <Confirm
                title={t('teams.removeAsk', { name: team.name })}
                text={t('teams.removeText')}
                word={t('teams.remove')}
                running={remove.running}
                onYes={() => void run()}
                onNo={() => setAsking(false)}
              />
            )}
            <RefusalNotice reason={remove.refusal} />
          </>
        }
      >
        <Button size="small" disabled={readOnly || remove.running} onClick={() => setAsking(true)}>
          {t('teams.remove')}
        </Button>
      </DrawerAction>
    </DrawerSection>
  );
}
