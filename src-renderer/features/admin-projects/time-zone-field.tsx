// The project's time zone, searched by city, region or offset, with the time that it is there now.
import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clock } from '../../parts/opening-week.ts';
import { wallTime } from './opening-now.ts';
import styles from './projects.module.css';
import { searchTimeZones, timeZone, timeZones } from './time-zones.ts';

export interface TimeZoneFieldProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly nowMs: number;
  onChange(name: string): void;
}

const mostShown = 60;
const labelOf = (name: string) => name.replaceAll('_', ' ');

export function TimeZoneField({ value, error, nowMs, onChange }: TimeZoneFieldProps) {
  const { t } = useTranslation('admin');
  // Offsets change with the seasons, not while a form is open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const zones = useMemo(() => timeZones([value], nowMs), [value]);
  const byName = useMemo(() => new Map(zones.map((zone) => [zone.name, zone])), [zones]);
  const now = wallTime(value, nowMs);
  return (
    <Select
      label={t('projects.timeZone')}
      description={now ? t('projects.timeZoneHint', { time: clock(now.minute) }) : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={t('projects.timeZoneSearch')}
      nothingFoundMessage={t('projects.timeZoneNone')}
      searchable
      limit={mostShown}
      maxDropdownHeight={280}
      error={error}
      value={value}
      data={zones.map((zone) => ({ value: zone.name, label: labelOf(zone.name) }))}
      onFocus={(event) => event.currentTarget.select()}
      filter={({ search, limit }) =>
        // The chosen one's own name is no search.
        searchTimeZones(zones, search === labelOf(value) ? '' : search)
          .slice(0, limit)
          .map((zone) => ({ value: zone.name, label: labelOf(zone.name) }))
      }
      renderOption={({ option }) => {
        const zone = byName.get(option.value) ?? timeZone(option.value, nowMs);
        return (
          <span className={styles.zone}>
            <span>
              {zone.city} {zone.region && <span className={styles.quiet}>{zone.region}</span>}
            </span>
            <span className={`oh-figures ${styles.quiet}`}>{zone.offset}</span>
          </span>
        );
      }}
      onChange={(name) => name !== null && onChange(name)}
    />
  );
}
