// Which columns a list shows.
import { Checkbox, Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordColumn } from '#shared/desktop/records-contract.ts';
import { IconColumns3 } from '../../parts/icons.ts';
import styles from './list-tools.module.css';
import { ToolButton } from './tool-button.tsx';
import type { ListSettingsControl } from './use-list-settings.ts';

export function ColumnsButton({ control }: { readonly control: ListSettingsControl }) {
  const { t } = useTranslation('records');
  const [opened, setOpened] = useState(false);
  const { settings, change } = control;
  if (!settings) return null;
  const chosen = new Set(settings.columns);
  return (
    <Popover opened={opened} onChange={setOpened} width={220} position="bottom-end" trapFocus>
      <Popover.Target>
        <ToolButton
          icon={IconColumns3}
          word={t('columns.button')}
          label={t('columns.button')}
          onClick={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('columns.title')}>
        <h2 className={styles.dropdownTitle}>{t('columns.title')}</h2>
        <p className={styles.hint}>{t('columns.hint')}</p>
        <div className={styles.checks}>
          {recordColumn.options.map((column) => (
            <Checkbox
              key={column}
              label={t(`column.${column}`)}
              checked={chosen.has(column)}
              onChange={(event) =>
                change({
                  columns: event.currentTarget.checked
                    ? [...settings.columns, column]
                    : settings.columns.filter((each) => each !== column),
                })
              }
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
