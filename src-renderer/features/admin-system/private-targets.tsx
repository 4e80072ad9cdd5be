// To which private addresses webhooks of rules may go besides public ones: a list, empty at first, one entry in a line.
import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AdminList } from '../../client/admin-lists.ts';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { SettingsButtons, SettingsForm, useSettingsEdit } from './settings-form.tsx';
import styles from './system.module.css';

export function PrivateTargets({ settings }: { readonly settings: AdminList<'settings'> }) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const form = useSettingsEdit(settings, draftOf);
  const { targets } = form.edit.values;
  const save = () => {
    const lines = targets.split('\n').map((line) => line.trim());
    void form.save({ privateTargets: lines.filter((line) => line !== '') });
  };
  return (
    <SettingsForm title={t('system.targets')} hint={t('system.targetsHint')} form={form} onSave={save}>
      {(titleId) => (
        <>
          <Textarea
            aria-labelledby={titleId}
            autosize
            minRows={2}
            maxRows={8}
            maw={420}
            maxLength={20_000}
            spellCheck={false}
            readOnly={readOnly}
            value={targets}
            onChange={(event) => form.set('targets', event.currentTarget.value)}
          />
          {form.edit.typed && (
            <div className={styles.range}>
              <SettingsButtons form={form} fine />
            </div>
          )}
        </>
      )}
    </SettingsForm>
  );
}

function draftOf({ privateTargets }: AdminList<'settings'>) {
  return { targets: privateTargets.join('\n') };
}
