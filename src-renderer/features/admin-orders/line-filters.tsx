// What of the line is looked at: by project, mode, bucket, status, agent, due.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OrderFilter } from '#shared/admin/dial-up-contract.ts';
import { bucket, dialMode } from '#shared/domain/dial-up.ts';
import type { OrderStatusId, ProjectId, UserId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { Button } from '../../parts/button.tsx';
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

export function LineFilters({ filter, onChange }: LineFiltersProps) {
  const { t, i18n } = useTranslation('admin');
  const modeName = useModeNames();
  const projects = useAdminList('projects').answer ?? [];
  const statuses = useAdminList('orderStatuses').answer?.statuses ?? [];
  const users = useAdminList('users').answer ?? [];
  const { compare } = new Intl.Collator(i18n.language, { numeric: true });
  const byLabel = (a: Choice, b: Choice) => compare(a.label, b.label);
  const one = <F extends 'projectId' | 'mode' | 'bucket' | 'statusId' | 'agentId'>(
    field: F,
    label: string,
    allWord: string,
    choices: readonly Choice[],
    parse: (value: string) => OrderFilter[F],
  ) => (
    <Select
      w={widthPx}
      aria-label={label}
      allowDeselect={false}
      searchable={choices.length > 8}
      limit={100}
      comboboxProps={{ width: 240, position: 'bottom-start' }}
      data={[{ value: all, label: allWord }, ...choices]}
      value={filter[field] ?? all}
      onChange={(value) =>
        onChange({ ...filter, [field]: value === null || value === all ? null : parse(value) })
      }
    />
  );
  return (
    <>
      {one(
        'projectId',
        t('orders.filter.project'),
        t('orders.filter.allProjects'),
        projects.map(({ id, settings }) => ({ value: String(id), label: settings.name })).sort(byLabel),
        (value) => value as ProjectId,
      )}
      {one(
        'mode',
        t('orders.filter.mode'),
        t('orders.filter.allModes'),
        dialMode.options.map((mode) => ({ value: mode, label: modeName(mode) })),
        (value) => dialMode.parse(value),
      )}
      {one(
        'bucket',
        t('orders.filter.bucket'),
        t('orders.filter.allBuckets'),
        bucket.options.map((each) => ({ value: each, label: t(`callMode.buckets.${each}`) })),
        (value) => bucket.parse(value),
      )}
      {one(
        'statusId',
        t('orders.filter.status'),
        t('orders.filter.allStatuses'),
        statuses
          .filter(({ mode, addToDialUp }) => mode !== null && addToDialUp)
          .map(({ id, label }) => ({ value: String(id), label })),
        (value) => value as OrderStatusId,
      )}
      {one(
        'agentId',
        t('orders.filter.agent'),
        t('orders.filter.allAgents'),
        users
          .map(({ userId, firstName, lastName }) => ({
            value: String(userId),
            label: `${firstName} ${lastName}`.trim(),
          }))
          .sort(byLabel),
        (value) => value as UserId,
      )}
      <Select
        w={widthPx}
        aria-label={t('orders.filter.due')}
        allowDeselect={false}
        data={(['any', 'now', 'later'] as const).map((due) => ({
          value: due,
          label: t(`orders.filter.${due}`),
        }))}
        value={filter.due}
        onChange={(due) => onChange({ ...filter, due: due as OrderFilter['due'] })}
      />
      {!isAll(filter) && (
        <Button tone="plain" onClick={() => onChange(allOrders)}>
          {t('orders.filter.clear')}
        </Button>
      )}
    </>
  );
}
