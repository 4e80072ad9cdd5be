// From where new users get their extensions, and how many are left there.
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import type { AdminList } from '../../client/admin-lists.ts';
import { SettingsButtons, SettingsForm, useSettingsEdit } from './settings-form.tsx';
import styles from './system.module.css';

export interface ExtensionRangeProps {
  readonly settings: AdminList<'settings'>;
  readonly users: readonly AdminUser[];
}

export function ExtensionRange({ settings, users }: ExtensionRangeProps) {
  const { t } = useTranslation('admin');
  const form = useSettingsEdit(settings, draftOf);
  const { values } = form.edit;
  const [first, last] = [numberIn(values.first), numberIn(values.last)];
  const backwards = first !== null && last !== null && first > last;
  const fine = first !== null && last !== null && !backwards;
  const save = () => {
    if (fine) void form.save({ extensionFirst: first, extensionLast: last });
  };
  const field = (name: 'first' | 'last', value: number | null) => ({
    label: t(`system.${name}`),
    inputMode: 'numeric' as const,
    maxLength: 6,
    w: 120,
    classNames: { input: 'oh-figures' },
    value: values[name],
    error: value === null,
    onChange: (event: { currentTarget: { value: string } }) => form.set(name, event.currentTarget.value),
  });
  return (
    <SettingsForm title={t('system.extensions')} hint={t('system.extensionsHint')} form={form} onSave={save}>
      {() => (
        <>
          <div className={styles.range}>
            <TextInput {...field('first', first)} />
            <TextInput {...field('last', last)} />
            <SettingsButtons form={form} fine={fine} />
          </div>
          {backwards && (
            <p className={styles.problem} role="alert">
              {t('system.rangeMalformed')}
            </p>
          )}
          {(first === null || last === null) && (
            <p className={styles.problem} role="alert">
              {t('system.digits')}
            </p>
          )}
          {fine && <FreeNumbers first={first} last={last} users={users} />}
        </>
      )}
    </SettingsForm>
  );
}

function FreeNumbers(props: {
  readonly first: number;
  readonly last: number;
  readonly users: readonly AdminUser[];
}) {
  const { t, i18n } = useTranslation('admin');
  const { first, last, users } = props;
  const count = last - first + 1;
  const taken = users.filter(({ extension }) => {
    const value = Number(extension);
    return String(value) === extension && value >= first && value <= last;
  }).length;
  const shown = (value: number) => value.toLocaleString(i18n.language === 'en' ? 'en-GB' : i18n.language);
  const free = count - taken;
  return (
    <div className={styles.free}>
      <div className={styles.meter} aria-hidden="true">
        <span style={{ width: `${(100 * taken) / count}%` }} data-full={free === 0 || undefined} />
      </div>
      <p role="status" className={free === 0 ? styles.problem : `oh-figures ${styles.hint}`}>
        {free === 0
          ? t('system.noneFree', { count })
          : t('system.free', { count, free: shown(free) }).replace(String(count), shown(count))}
      </p>
    </div>
  );
}

function draftOf({ extensionFirst, extensionLast }: AdminList<'settings'>) {
  return { first: String(extensionFirst), last: String(extensionLast) };
}

/** Null where it is no extension that the hub takes. */
function numberIn(text: string): number | null {
  const typed = text.trim();
  return /^[1-9]\d{1,5}$/.test(typed) ? Number(typed) : null;
}
