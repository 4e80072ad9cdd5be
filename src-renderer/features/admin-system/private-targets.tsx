// To which private addresses webhooks of rules may go besides public ones: a list, empty at first, one entry in a line.
import { Textarea } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type AdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { useUnsaved } from '../../parts/unsaved.ts';
import { useEdit } from '../../parts/use-edit.ts';
import styles from './system.module.css';

interface TargetsDraft {
  readonly targets: string;
}

export function PrivateTargets({ settings }: { readonly settings: AdminList<'settings'> }) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const readOnly = useReadOnly();
  const command = useCommand('admin.settings.set');
  const latest = useMemo(() => draftOf(settings), [settings]);
  const edit = useEdit<TargetsDraft>(latest, settings.version);
  useUnsaved(edit.typed);

  const save = async () => {
    const privateTargets = edit.values.targets
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const after = await command.run({ ...settings, version: edit.version, privateTargets });
    if (!after) return void lists.ask('settings');
    lists.put('settings', () => after);
    edit.saved(draftOf(after), after.version);
  };
  return (
    <section className={styles.section} aria-labelledby="targets-title">
      <div className={styles.about}>
        <h2 id="targets-title" className={styles.title}>
          {t('system.targets')}
        </h2>
        <p className={styles.hint}>{t('system.targetsHint')}</p>
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
        <Textarea
          aria-labelledby="targets-title"
          autosize
          minRows={2}
          maxRows={8}
          maw={420}
          maxLength={20_000}
          spellCheck={false}
          readOnly={readOnly}
          value={edit.values.targets}
          onChange={(event) => {
            command.forget();
            edit.set('targets', event.currentTarget.value);
          }}
        />
        {edit.typed && (
          <div className={styles.range}>
            <Button
              type="submit"
              tone="accent"
              disabled={edit.conflicts.length > 0 || command.running || readOnly}
            >
              {t('drawer.save')}
            </Button>
            <Button
              tone="plain"
              onClick={() => {
                command.forget();
                edit.saved(latest, settings.version);
              }}
            >
              {t('drawer.cancel')}
            </Button>
          </div>
        )}
        <RefusalNotice reason={command.refusal} />
      </form>
    </section>
  );
}

function draftOf({ privateTargets }: AdminList<'settings'>): TargetsDraft {
  return { targets: privateTargets.join('\n') };
}
