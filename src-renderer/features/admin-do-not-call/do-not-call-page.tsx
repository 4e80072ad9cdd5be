// Call mode > Do not call (DIAL-10): the numbers that nobody may call, searched by their digits; many are added by paste,
// one is removed by a super admin.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoNotCallEntry } from '#shared/admin/dial-up-contract.ts';
import { useClient, useLive, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { AdminPage } from '../../parts/admin-page.tsx';
import { type Column, DataTable, type TableHandle } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { GoneDrawer } from '../../parts/gone-drawer.tsx';
import { IconBan, IconSearch } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { numberAsWritten } from '../../parts/number-as-written.ts';
import { When } from '../../parts/time.tsx';
import { useDrawer } from '../../parts/use-drawer.ts';
import { AddNumbers } from './add-numbers.tsx';
import styles from './do-not-call.module.css';
import { EntryDrawer } from './entry-drawer.tsx';

type Choice = { readonly kind: 'add' } | { readonly kind: 'entry'; readonly number: string };

export function DoNotCallPage() {
  const { t } = useTranslation('admin');
  const client = useClient();
  const online = useLive('network').state === 'online';
  const [search, setSearch] = useState('');
  const digits = search.replaceAll(/\D/g, '');
  const ask = useCallback(() => client.call('admin.doNotCall.list', { digits }), [client, digits]);
  const { answer, refusal, again } = useAsked(ask);
  useEffect(() => {
    if (online) again();
  }, [online, again]);
  useMainEvent('admin.changed', ({ kind }) => {
    if (kind === 'doNotCall') again();
  });
  const table = useRef<TableHandle>(null);
  const drawer = useDrawer<Choice>(() => table.current?.focus());
  const columns = useColumns();
  const { choice } = drawer;
  const entries = answer?.entries ?? [];
  const chosen =
    choice?.kind === 'entry' ? entries.find(({ number }) => number === choice.number) : undefined;
  const total = answer?.total ?? 0;
  return (
    <AdminPage
      title={t('nav.doNotCall')}
      count={answer && t('doNotCall.count', { count: total })}
      search={{
        text: search,
        label: t('doNotCall.search'),
        onChange: setSearch,
        onLeave: () => table.current?.focus(),
      }}
      add={{ word: t('doNotCall.add'), onAdd: () => drawer.open({ kind: 'add' }) }}
      refusal={refusal}
      notice={
        digits === '' && total > entries.length ? (
          <Notice>{t('doNotCall.first', { count: entries.length })}</Notice>
        ) : undefined
      }
      onEscape={choice ? drawer.close : undefined}
      drawer={
        choice?.kind === 'add' ? (
          <AddNumbers drawer={drawer} onAdded={again} />
        ) : chosen ? (
          <EntryDrawer
            key={chosen.number}
            drawer={drawer}
            entry={chosen}
            onRemoved={() => {
              again();
              drawer.replace(null);
            }}
          />
        ) : choice && answer ? (
          <GoneDrawer drawer={drawer} text={t('doNotCall.entryGone')} />
        ) : null
      }
    >
      {answer && (
        <DataTable
          ref={table}
          label={t('nav.doNotCall')}
          columns={columns}
          rows={entries}
          rowKey={({ number }) => number}
          chosen={chosen?.number ?? null}
          onOpen={({ number }) => drawer.open({ kind: 'entry', number })}
          firstSorting={{ column: 'addedAt', direction: 'descending' }}
          empty={
            digits === '' ? (
              <EmptyState icon={IconBan} title={t('doNotCall.emptyTitle')} text={t('doNotCall.empty')} />
            ) : (
              <EmptyState
                icon={IconSearch}
                title={t('page.noneFoundTitle')}
                text={t('doNotCall.noneFound')}
              />
            )
          }
        />
      )}
    </AdminPage>
  );
}

function useColumns(): readonly Column<DoNotCallEntry>[] {
  const { t } = useTranslation('admin');
  return useMemo(
    () => [
      {
        key: 'number',
        title: t('doNotCall.number'),
        leastPx: 176,
        share: 1,
        figures: true,
        sortBy: ({ number }) => number,
        cell: ({ number }) => <span className={styles.number}>{numberAsWritten(number)}</span>,
      },
      {
        key: 'reason',
        title: t('doNotCall.reason'),
        leastPx: 160,
        share: 3,
        sortBy: ({ reason }) => reason.toLowerCase(),
        cell: ({ reason }) => reason || '–',
        hint: ({ reason }) => reason,
      },
      {
        key: 'addedBy',
        title: t('doNotCall.addedBy'),
        leastPx: 120,
        share: 1,
        rank: 1,
        quiet: true,
        sortBy: ({ addedBy }) => addedBy.toLowerCase(),
        cell: ({ addedBy }) => addedBy,
        hint: ({ addedBy }) => addedBy,
      },
      {
        key: 'addedAt',
        title: t('doNotCall.addedAt'),
        leastPx: 136,
        share: 0,
        quiet: true,
        sortBy: ({ addedAtMs }) => addedAtMs,
        cell: ({ addedAtMs }) => <When atMs={addedAtMs} />,
      },
    ],
    [t],
  );
}
