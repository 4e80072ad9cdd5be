// From where new users get their extensions, and how many are left there.
import { TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import { type AdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { useUnsaved } from '../../parts/unsaved.ts';
import { useEdit } from '../../parts/use-edit.ts';
import styles from './system.module.css';

interface RangeDraft {
  readonly first: string;
  readonly last: string;
}

export interface ExtensionRangeProps {
  readonly settings: AdminList<'settings'>;
  readonly users: readonly AdminUser[];
}

export function ExtensionRange({ settings, users }: ExtensionRangeProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const readOnly = useReadOnly();
  const command = useCommand('admin.settings.set');
  const latest = useMemo(() => draftOf(settings), [settings]);
  const edit = useEdit<RangeDraft>(latest, settings.version);
  useUnsaved(edit.typed);
  const [first, last] = [numberIn(edit.values.first), numberIn(edit.values.last)];
  const backwards = first !== null && last !== null && first > last;
  const fine = first !== null && last !== null && !backwards;

  const save = async () => {
    if (!fine) return;
    const after = await command.run({
      ...settings,
      version: edit.version,
      extensionFirst: first,
      extensionLast: last,
    });
    if (!after) return void lists.ask('settings');
    lists.put('settings', () => after);
    edit.saved(draftOf(after), after.version);
  };
  const field = (name: keyof RangeDraft, value: number | null) => ({
    label: t(`system.${name}`),
    inputMode: 'numeric' as const,
    maxLength: 6,
    w: 120,
    classNames: { input: 'oh-figures' },
    value: edit.values[name],
    error: value === null,
    onChange: (event: { currentTarget: { value: string } }) => {
      command.forget();
      edit.set(name, event.currentTarget.value);
    },
  });
  return (
    <section className={styles.section} aria-labelledby="extensions-title">
      <div className={styles.about}>
        <h2 id="extensions-title" className={styles.title}>
          {t('system.extensions')}
        </h2>
        <p className={styles.hint}>{t('system.extensionsHint')}</p>
      </div>
      <form
        className={styles.body}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!command.running && !readOnly && edit.typed && edit.conflicts.length === 0) void save();
        }}
      >
        <ChangedMeanwhile edit={edit} label={(name) => t(`system.${name}`)} show={(_field, value) => value} />
        <div className={styles.range}>
          <TextInput {...field('first', first)} />
          <TextInput {...field('last', last)} />
          <Button
            type="submit"
            tone={edit.typed ? 'accent' : 'soft'}
            disabled={!edit.typed || !fine || edit.conflicts.length > 0 || command.running || readOnly}
          >
            {t('drawer.save')}
          </Button>
          {edit.typed && (
            <Button
              tone="plain"
              onClick={() => {
                command.forget();
                edit.saved(latest, settings.version);
              }}
            >
              {t('drawer.cancel')}
            </Button>
          )}
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
        <RefusalNotice reason={command.refusal} />
      </form>
    </section>
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

function draftOf({ extensionFirst, extensionLast }: AdminList<'settings'>): RangeDraft {
  return { first: String(extensionFirst), last: String(extensionLast) };
}

/** Null where it is no extension that the hub takes. */
function numberIn(text: string): number | null {
  const typed = text.trim();
  return /^[1-9]\d{1,5}$/.test(typed) ? Number(typed) : null;
}
