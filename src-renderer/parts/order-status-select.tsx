// Chooses one of the statuses that orders stand in, by mode: each with its colour, those of no mode last.
import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dialMode } from '#shared/domain/dial-up.ts';
import type { OrderStatusId } from '#shared/domain/ids.ts';
import { useAdminList } from '../client/admin-lists.ts';
import styles from './order-status-select.module.css';
import { useModeNames } from './use-mode-names.ts';

export interface OrderStatusSelectProps
  extends Omit<SelectProps, 'data' | 'value' | 'onChange' | 'renderOption'> {
  readonly value: OrderStatusId | null;
  /** What stands for none, as a choice; without it none cannot be chosen. */
  readonly noneText?: string;
  /** Left out of the choices. */
  readonly without?: OrderStatusId;
  onChange(statusId: OrderStatusId | null): void;
}

const none = '-';

export function OrderStatusSelect(props: OrderStatusSelectProps) {
  const { value, noneText, without, onChange, ...rest } = props;
  const { t } = useTranslation('admin');
  const modeName = useModeNames();
  const statuses = useAdminList('orderStatuses').answer?.statuses ?? [];
  const colors = new Map(statuses.map(({ id, color }) => [String(id), color]));
  const itemsOf = (mode: (typeof statuses)[number]['mode']) =>
    statuses
      .filter((each) => each.mode === mode && each.id !== without)
      .map(({ id, label }) => ({ value: String(id), label }));
  const groups = [
    ...dialMode.options.map((mode) => ({ group: modeName(mode), items: itemsOf(mode) })),
    { group: t('callMode.noMode'), items: itemsOf(null) },
  ].filter(({ items }) => items.length > 0);
  const color = value === null ? undefined : colors.get(value);
  return (
    <Select
      allowDeselect={false}
      searchable={statuses.length > 12}
      maxDropdownHeight={320}
      {...rest}
      leftSection={value === null ? undefined : <Dot color={color} />}
      data={[...(noneText === undefined ? [] : [{ value: none, label: noneText }]), ...groups]}
      value={value ?? (noneText === undefined ? null : none)}
      renderOption={({ option }) => (
        <span className={styles.option}>
          {option.value !== none && <Dot color={colors.get(option.value)} />}
          {option.label}
        </span>
      )}
      onChange={(chosen) => onChange(chosen === null || chosen === none ? null : (chosen as OrderStatusId))}
    />
  );
}

function Dot({ color }: { readonly color: string | undefined }) {
  return (
    <span
      className={styles.dot}
      style={{ background: `var(--mantine-color-${color ?? 'gray'}-6, var(--oh-faint))` }}
      aria-hidden="true"
    />
  );
}
