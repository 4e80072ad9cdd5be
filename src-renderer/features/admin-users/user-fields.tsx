// The fields that adding and changing a user have in common.
import { Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccountType, accountType } from '#shared/desktop/session-contract.ts';
import { FieldPair } from '../../parts/drawer.tsx';
import type { FieldErrors } from '../../parts/field-errors.ts';
import type { NewUserValues, UserValues } from './user-values.ts';
import styles from './users.module.css';

export interface UserFieldsProps {
  readonly values: UserValues;
  readonly errors: FieldErrors<keyof NewUserValues>;
  set<F extends keyof UserValues>(field: F, value: UserValues[F]): void;
  /** Between who they are and what they may. */
  readonly children?: ReactNode;
}

export function UserFields({ values, errors, set, children }: UserFieldsProps) {
  const { t } = useTranslation('admin');
  const id = useId();
  const text = (field: 'firstName' | 'lastName' | 'username' | 'email', mostCharacters: number) => ({
    value: values[field],
    error: errors.at(field),
    errorProps: { role: 'alert' },
    maxLength: mostCharacters,
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
  });
  return (
    <>
      <FieldPair>
        <TextInput label={t('users.firstName')} {...text('firstName', 100)} />
        <TextInput label={t('users.lastName')} {...text('lastName', 100)} />
      </FieldPair>
      <FieldPair>
        <TextInput label={t('users.username')} {...text('username', 64)} />
        <TextInput label={t('users.emailOptional')} inputMode="email" {...text('email', 254)} />
      </FieldPair>
      {children}
      <div>
        <div id={id} className={styles.label}>
          {t('users.group')}
        </div>
        <SegmentedControl
          fullWidth
          aria-labelledby={id}
          value={values.accountType}
          onChange={(group) => set('accountType', group as AccountType)}
          data={accountType.options.map((group) => ({ value: group, label: t(`users.groups.${group}`) }))}
        />
        {errors.at('accountType') ? (
          <p className={styles.error} role="alert">
            {errors.at('accountType')}
          </p>
        ) : (
          <p className={`${styles.hint} ${styles.hintUnder}`}>{t(`users.groupHint.${values.accountType}`)}</p>
        )}
      </div>
      <Checkbox
        label={t('users.mayCallOutside')}
        description={t('users.mayCallOutsideHint')}
        checked={values.mayCallOutside}
        onChange={(event) => set('mayCallOutside', event.currentTarget.checked)}
      />
    </>
  );
}
