// A new user (TEAM-2). The extension comes with them (TEAM-3) and is shown where they are changed.
import { Checkbox, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { Drawer, FieldPair } from '../../parts/drawer.tsx';
import { alike } from '../../parts/edit-machine.ts';
import { useFieldErrors } from '../../parts/field-errors.ts';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { useProblemTexts } from './use-problem-texts.ts';
import { UserFields } from './user-fields.tsx';
import { emailOf, emptyUser, fieldOfRefusal, type NewUserValues, problemsOfNew } from './user-values.ts';
import styles from './users.module.css';

export interface AddUserProps {
  readonly drawer: DrawerControl;
  onAdded(user: AdminUser): void;
}

export function AddUser({ drawer, onAdded }: AddUserProps) {
  const { t } = useTranslation('admin');
  const { t: usual } = useTranslation();
  const lists = useAdminLists();
  const add = useCommand('admin.users.add');
  const [values, setValues] = useState(emptyUser);
  const [tried, setTried] = useState(false);
  const problems = problemsOfNew(values);
  const errors = useFieldErrors<keyof NewUserValues>(
    add.refusal,
    fieldOfRefusal,
    useProblemTexts(tried ? problems : {}),
  );
  const set = <F extends keyof NewUserValues>(field: F, value: NewUserValues[F]) => {
    setValues((before) => ({ ...before, [field]: value }));
    add.forget();
  };
  const save = async () => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    const { repeated: _repeated, ...wanted } = values;
    const user = await add.run({ ...wanted, email: emailOf(values) });
    if (!user) return;
    lists.put('users', (users) => [...users.filter((each) => each.userId !== user.userId), user]);
    onAdded(user);
  };
  const password = (field: 'password' | 'repeated') => ({
    value: values[field],
    error: errors.at(field),
    errorProps: { role: 'alert' },
    maxLength: 500,
    autoComplete: 'new-password',
    visibilityToggleButtonProps: { 'aria-label': usual('signIn.showPassword') },
    onChange: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
  });
  return (
    <Drawer
      drawer={drawer}
      title={t('users.addTitle')}
      about={t('users.extensionComes')}
      typed={!alike(values, emptyUser)}
      saveWord={t('drawer.create')}
      running={add.running}
      refusal={errors.elsewhere}
      onSave={() => void save()}
    >
      <UserFields values={values} errors={errors} set={set}>
        <FieldPair>
          <PasswordInput label={t('users.password')} {...password('password')} />
          <PasswordInput label={t('users.repeatPassword')} {...password('repeated')} />
        </FieldPair>
        <p className={`${styles.hint} ${styles.hintBelow}`}>{t('users.passwordHint')}</p>
      </UserFields>
      <Checkbox
        label={t('users.mustChangePassword')}
        checked={values.mustChangePassword}
        onChange={(event) => set('mustChangePassword', event.currentTarget.checked)}
      />
      <Checkbox
        label={t('users.secondFactorDue')}
        description={t('users.secondFactorDueHint')}
        checked={values.secondFactorDue}
        onChange={(event) => set('secondFactorDue', event.currentTarget.checked)}
      />
    </Drawer>
  );
}
