// What of the line is looked at: by project, mode, bucket, status, agent, due.
import { Select } from '@mantine/core';
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type OrderFilter, orderFilter } from '#shared/admin/dial-up-contract.ts';
import { bucket, dialMode } from '#shared/domain/dial-up.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { IconButton } from '../../parts/button.tsx';
import { IconFilterOff } from '../../parts/icons.ts';
import { useModeNames } from '../../parts/use-mode-names.ts';
import { allOrders, isAll } from './order-filter.ts';

export interface LineFiltersProps {
  readonly filter: OrderFilter;
  onChange(filter: OrderFilter): void;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

const all = '-';
const widthPx = 152;
const dueChoices = ['any', 'now', 'later'] as const;

/** Each choice is drawn when it or its list has changed: not with another choice, nor with every page of rows that comes. */
export const LineFilters = memo(function LineFilters({ filter, onChange }: LineFiltersProps) {
  const { t, i18n } = useTranslation('admin');
  const modeName = useModeNames();
  const freeModes = useAdminList('freeModes').answer;
  const projects = useAdminList('projects').answer;
  const statuses = useAdminList('orderStatuses').answer?.statuses;
  const users = useAdminList('users').answer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: modeName changes with the free modes and the language
  const choices = useMemo(() => {
    const { compare } = new Intl.Collator(i18n.language, { numeric: true });
    const byLabel = (a: Choice, b: Choice) => compare(a.label, b.label);
    const named = (value: string, label: string): Choice => ({ value, label });
    const withAll = (word: string, some: readonly Choice[]) => [named(all, word), ...some];
    return {
      projectId: withAll(
        t('orders.filter.allProjects'),
        (projects ?? []).map(({ id, settings }) => named(id, settings.name)).sort(byLabel),
      ),
      mode: withAll(
        t('orders.filter.allModes'),
        dialMode.options.map((mode) => named(mode, modeName(mode))),
      ),
      bucket: withAll(
        t('orders.filter.allBuckets'),
        bucket.options.map((each) => named(each, t(`callMode.buckets.${each}`))),
      ),
      statusId: withAll(
        t('orders.filter.allStatuses'),
        (statuses ?? [])
          .filter(({ mode, addToDialUp }) => mode !== null && addToDialUp)
          .map(({ id, label }) => named(id, label)),
      ),
      agentId: withAll(
        t('orders.filter.allAgents'),
        (users ?? [])
          .map(({ userId, firstName, lastName }) => named(userId, `${firstName} ${lastName}`.trim()))
          .sort(byLabel),
      ),
      due: dueChoices.map((due) => named(due, t(`orders.filter.${due}`))),
    };
  }, [t, i18n.language, freeModes, projects, statuses, users]);
  const latest = useRef(filter);
  useEffect(() => {
    latest.current = filter;
  });
  const choose = useCallback(
    (field: keyof OrderFilter, value: string | null) =>
      onChange(orderFilter.parse({ ...latest.current, [field]: value })),
    [onChange],
  );
  const one = (field: keyof OrderFilter, label: string) => (
    <FilterSelect
      field={field}
      label={label}
      choices={choices[field]}
      value={filter[field]}
      onChoose={choose}
    />
  );
  return (
    <>
      {one('projectId', t('orders.filter.project'))}
      {one('mode', t('orders.filter.mode'))}
      {one('bucket', t('orders.filter.bucket'))}
      {one('statusId', t('orders.filter.status'))}
      {one('agentId', t('orders.filter.agent'))}
      {one('due', t('orders.filter.due'))}
      {!isAll(filter) && (
        <IconButton
          icon={IconFilterOff}
          label={t('orders.filter.clear')}
          onClick={() => onChange(allOrders)}
        />
      )}
    </>
  );
});

interface FilterSelectProps {
  readonly field: keyof OrderFilter;
  readonly label: string;
  readonly choices: readonly Choice[];
  /** Null: all. */
  readonly value: string | null;
  onChoose(field: keyof OrderFilter, value: string | null): void;
}

const combobox = { width: 240, position: 'bottom-start' } as const;

const FilterSelect = memo(function FilterSelect(props: FilterSelectProps) {
  const { field, label, choices, value, onChoose } = props;
  return (
    <Select
      w={widthPx}
      aria-label={label}
      allowDeselect={false}
      searchable={choices.length > 9}
      limit={100}
      comboboxProps={combobox}
      data={choices}
      value={value ?? all}
      onChange={(chosen) => onChoose(field, chosen === all ? null : chosen)}
    />
  );
});
