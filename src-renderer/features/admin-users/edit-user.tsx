// A user as they are: their fields to change, and below what can be done at once with access, devices and their work.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { useFieldErrors } from '../../parts/field-errors.ts';
import { Notice } from '../../parts/notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { useEdit } from '../../parts/use-edit.ts';
import { AccessSection } from './access-section.tsx';
import { AtWorkSection } from './at-work-section.tsx';
import { DevicesSection } from './devices-section.tsx';
import { TeamsSection } from './teams-section.tsx';
import { useProblemTexts } from './use-problem-texts.ts';
import { UserChips } from './user-chips.tsx';
import { UserFields } from './user-fields.tsx';
import {
  emailOf,
  fieldOfRefusal,
  type NewUserValues,
  problemsOf,
  type UserValues,
  valuesOf,
} from './user-values.ts';

export interface EditUserProps {
  readonly drawer: DrawerControl;
  readonly user: AdminUser;
  /** They were added just now. */
  readonly fresh: boolean;
  /** Supervisors look, and act on those at work. */
  readonly mayChange: boolean;
}

export function EditUser({ drawer, user, fresh, mayChange }: EditUserProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const change = useCommand('admin.users.change');
  const edit = useEdit<UserValues>(valuesOf(user), user.version);
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(false);
  const problems = problemsOf(edit.values);
  const errors = useFieldErrors<keyof NewUserValues>(
    change.refusal,
    fieldOfRefusal,
    useProblemTexts(tried ? problems : {}),
  );
  const name = `${user.firstName} ${user.lastName}`;
  const put = (after: AdminUser) =>
    lists.put('users', (users) => users.map((each) => (each.userId === after.userId ? after : each)));

  const save = async () => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    const { userId } = user;
    const after = await change.run({
      userId,
      version: edit.version,
      ...edit.values,
      email: emailOf(edit.values),
    });
    // What was refused may have been changed meanwhile: the newest is then shown above the fields.
    if (!after) return lists.ask('users');
    put(after);
    edit.saved(valuesOf(after), after.version);
    setTried(false);
    setSaved(true);
  };
  return (
    <Drawer
      drawer={drawer}
      title={name}
      about={
        <>
          <span className="oh-figures">{t('users.extensionFull', { extension: user.extension })}</span>
          <UserChips user={user} />
        </>
      }
      typed={edit.typed}
      saveWord={mayChange ? t('drawer.save') : null}
      saveDisabled={!edit.typed || edit.conflicts.length > 0}
      locked={!mayChange}
      running={change.running}
      refusal={errors.elsewhere}
      onSave={() => void save()}
      more={
        <>
          <TeamsSection user={user} mayChange={mayChange} />
          <AtWorkSection user={user} name={name} />
          {mayChange && <AccessSection user={user} name={name} onChanged={put} />}
          <DevicesSection user={user} mayChange={mayChange} />
        </>
      }
    >
      {fresh && !saved && (
        <Notice title={t('users.createdTitle', { name, extension: user.extension })}>
          {t('users.created')}
        </Notice>
      )}
      {!mayChange && <Notice>{t('users.lockedForSupervisors')}</Notice>}
      {saved && !edit.typed && <Notice>{t('users.saved')}</Notice>}
      <ChangedMeanwhile
        edit={edit}
        label={(field) => t(field === 'accountType' ? 'users.group' : `users.${field}`)}
        show={(field, value) =>
          field === 'accountType'
            ? t(`users.groups.${value as UserValues['accountType']}`)
            : typeof value === 'boolean'
              ? t(value ? 'common.yes' : 'common.no')
              : value || t('common.none')
        }
      />
      <UserFields
        values={edit.values}
        errors={errors}
        set={(field, value) => {
          edit.set(field, value);
          setSaved(false);
          if (change.refusal !== 'changedMeanwhile') change.forget();
        }}
      />
    </Drawer>
  );
}
