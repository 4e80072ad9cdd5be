// One status in the list: colour, name, mode, tick, how many orders stand in it; and where they go before it is taken away.
import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dialMode } from '#shared/domain/dial-up.ts';
import { ColorChoice } from '../../parts/color-choice.tsx';
import { type ListItem, ListName, ListRemove, ListTick } from '../../parts/list-editor.tsx';
import type { StatusProblem } from '../../parts/status-rows.ts';
import { useModeNames } from '../../parts/use-mode-names.ts';
import { MoveAway } from './move-away.tsx';
import { type OrderStatusRow, withMode } from './order-status-rows.ts';
import styles from './order-statuses.module.css';

export interface StatusCellsProps {
  readonly row: OrderStatusRow;
  readonly item: ListItem<OrderStatusRow, StatusProblem>;
  /** That stand in it; null while it is not known. */
  readonly orders: number | null;
}

const none = '-';

export function StatusCells({ row, item, orders }: StatusCellsProps) {
  const { t } = useTranslation('admin');
  const modeName = useModeNames();
  const [leaving, setLeaving] = useState(false);
  const { problem, change } = item;
  const label = row.label.trim() || t('orderStatuses.unnamed');
  const stand = orders ?? 0;
  return (
    <>
      <span className={styles.color}>
        <ColorChoice color={row.color} of={label} onChange={(color) => change({ color })} />
      </span>
      <ListName
        label={t('orderStatuses.label')}
        placeholder={t('orderStatuses.labelPlaceholder')}
        maxLength={100}
        value={row.label}
        error={problem ? t(`orderStatuses.${problem}`) : undefined}
        fresh={item.fresh}
        onChange={(next) => change({ label: next })}
        onNext={item.next}
      />
      <Select
        aria-label={t('orderStatuses.mode', { label })}
        allowDeselect={false}
        data={[
          { value: none, label: t('callMode.noMode') },
          ...dialMode.options.map((mode) => ({ value: mode as string, label: modeName(mode) })),
        ]}
        value={row.mode ?? none}
        onChange={(mode) =>
          mode !== null && change(withMode(row, mode === none ? null : dialMode.parse(mode)))
        }
      />
      <ListTick className={styles.tick ?? ''}>
        <Checkbox
          label={t('orderStatuses.add_to')}
          aria-label={t('orderStatuses.addOf', { label })}
          title={row.mode === null ? t('orderStatuses.addNoMode') : undefined}
          disabled={row.mode === null}
          checked={row.addToDialUp}
          onChange={(event) => change({ addToDialUp: event.currentTarget.checked })}
        />
      </ListTick>
      <span className={`oh-figures ${styles.orders}`} data-none={stand === 0 || undefined}>
        {orders !== null && row.id !== null && t('orderStatuses.orders', { count: orders })}
      </span>
      <ListRemove
        word={t('orderStatuses.remove', { label })}
        {...(stand > 0 ? { hint: t('orderStatuses.removeHint') } : {})}
        onRemove={() => (stand > 0 ? setLeaving(true) : item.remove())}
      />
      {leaving && row.id !== null && (
        <div className={styles.leaving}>
          <MoveAway
            statusId={row.id}
            label={label}
            orders={stand}
            onKept={() => setLeaving(false)}
            onEmpty={() => {
              setLeaving(false);
              item.remove();
            }}
          />
        </div>
      )}
    </>
  );
}
