// The columns of the list of projects.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import { formatDuration } from '../../i18n/use-format.ts';
import { Chip } from '../../parts/chip.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { shownNumber } from './phone-numbers.ts';
import styles from './projects.module.css';
import { useOpeningText } from './use-opening-text.ts';

export function useProjectColumns(nowMs: number): readonly Column<AdminProject>[] {
  const { t } = useTranslation('admin');
  const openingText = useOpeningText();
  // The texts change with the language only, which `t` does too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('projects.column.name'),
        leastPx: 160,
        share: 3,
        sortBy: ({ settings }) => settings.name,
        cell: ({ settings }) => <span className={styles.name}>{settings.name}</span>,
      },
      {
        key: 'numbers',
        title: t('projects.column.numbers'),
        leastPx: 208,
        share: 1,
        sortBy: ({ settings }) => settings.numbers[0] ?? null,
        cell: ({ settings: { numbers } }) => {
          const [first] = numbers;
          if (first === undefined) return <span className={styles.quiet}>{t('projects.noNumber')}</span>;
          const number = shownNumber(first);
          return (
            <span className="oh-figures" title={numbers.map(shownNumber).join(', ')}>
              {numbers.length === 1
                ? number
                : t('projects.moreNumbers', { number, count: numbers.length - 1 })}
            </span>
          );
        },
      },
      {
        key: 'members',
        title: t('projects.column.members'),
        leastPx: 88,
        share: 0,
        sortBy: ({ settings }) => settings.memberIds.length,
        cell: ({ settings: { memberIds } }) =>
          memberIds.length === 0 ? (
            <span className={styles.quiet}>{t('projects.nobody')}</span>
          ) : (
            <span className="oh-figures">{memberIds.length}</span>
          ),
      },
      {
        key: 'open',
        title: t('projects.column.open'),
        leastPx: 176,
        share: 1,
        sortBy: ({ settings }) => openingText(settings, nowMs).text,
        cell: ({ settings }) => {
          const { text, tone } = openingText(settings, nowMs);
          return <Chip tone={tone}>{text}</Chip>;
        },
      },
      {
        key: 'rung',
        title: t('projects.column.rung'),
        leastPx: 152,
        share: 1,
        sortBy: ({ settings }) => settings.distribution,
        cell: ({ settings }) => (
          <span className="oh-figures">
            {t(`projects.rung.${settings.distribution}`, {
              seconds: Math.round(settings.ringTimeoutMs / 1000),
            })}
          </span>
        ),
      },
      {
        key: 'waiting',
        title: t('projects.column.waiting'),
        leastPx: 120,
        share: 1,
        sortBy: ({ settings }) => settings.mostWaiting,
        cell: ({ settings }) =>
          settings.mostWaiting === 0 ? (
            <span className={styles.quiet}>{t('projects.waitingNobody')}</span>
          ) : (
            <span className="oh-figures">
              {t('projects.waiting', {
                count: settings.mostWaiting,
                time: formatDuration(settings.longestWaitMs),
              })}
            </span>
          ),
      },
    ],
    [t, nowMs],
  );
}
