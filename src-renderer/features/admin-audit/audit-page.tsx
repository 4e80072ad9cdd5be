// The audit log (TEAM-8): newest first, searched and filtered at the hub, older pages as one scrolls; an entry opens beside
// the table with what was before and after.
import { Select } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#shared/admin/system-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AdminPage } from '../../parts/admin-page.tsx';
import { type Column, DataTable, type TableHandle } from '../../parts/data-table.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconClipboardList, IconSearch } from '../../parts/icons.ts';
import { When } from '../../parts/time.tsx';
import { type DrawerControl, useDrawer } from '../../parts/use-drawer.ts';
import styles from './audit.module.css';
import { useAuditWords } from './audit-words.ts';
import { ChangesTable } from './changes-table.tsx';
import { useAuditPages } from './use-audit-pages.ts';

const subjects = [
  'user',
  'team',
  'project',
  'dispositions',
  'callForm',
  'record',
  'order',
  'orderStatuses',
  'dialUp',
  'doNotCall',
  'statuses',
  'apiKey',
  'settings',
] as const;

export function AuditPage() {
  const { t } = useTranslation('admin');
  const [text, setText] = useState('');
  const [actorId, setActorId] = useState<UserId | null>(null);
  const [what, setWhat] = useState<string | null>(null);
  const pages = useAuditPages({ text, actorId, projectId: null, what: what === null ? null : `${what}.` });
  const users = useAdminList('users').answer;
  const table = useRef<TableHandle>(null);
  const drawer = useDrawer<AuditEntry>(() => table.current?.focus());
  const columns = useAuditColumns();
  const people = useMemo(
    () =>
      users
        ?.map((user) => ({ value: user.userId as string, label: `${user.firstName} ${user.lastName}` }))
        .toSorted((a, b) => a.label.localeCompare(b.label)) ?? [],
    [users],
  );
  const filtered = text !== '' || actorId !== null || what !== null;
  const { choice } = drawer;
  return (
    <AdminPage
      title={t('nav.audit')}
      search={{
        text,
        label: t('audit.search'),
        onChange: setText,
        onLeave: () => table.current?.focus(),
      }}
      filters={
        <>
          <Select
            className={styles.filter}
            aria-label={t('audit.who')}
            placeholder={t('audit.anyone')}
            searchable
            clearable
            limit={50}
            data={people}
            value={actorId}
            onChange={(value) => setActorId(value as UserId | null)}
          />
          <Select
            className={styles.filter}
            aria-label={t('audit.what')}
            placeholder={t('audit.anything')}
            clearable
            data={subjects.map((subject) => ({ value: subject, label: t(`auditSubject.${subject}`) }))}
            value={what}
            onChange={setWhat}
          />
        </>
      }
      refusal={pages.refusal}
      onEscape={choice ? drawer.close : undefined}
      drawer={choice && <EntryDrawer key={choice.id} drawer={drawer} entry={choice} />}
    >
      {pages.entries && (
        <DataTable
          ref={table}
          label={t('nav.audit')}
          columns={columns}
          rows={pages.entries}
          rowKey={(entry) => String(entry.id)}
          chosen={choice ? String(choice.id) : null}
          onOpen={drawer.open}
          firstSorting={null}
          onEndInSight={pages.askOlder}
          empty={
            filtered ? (
              <EmptyState icon={IconSearch} title={t('page.noneFoundTitle')} text={t('page.noneFound')} />
            ) : (
              <EmptyState icon={IconClipboardList} title={t('audit.emptyTitle')} text={t('audit.empty')} />
            )
          }
        />
      )}
    </AdminPage>
  );
}

function useAuditColumns(): readonly Column<AuditEntry>[] {
  const { t } = useTranslation('admin');
  const words = useAuditWords();
  return [
    {
      key: 'when',
      title: t('audit.when'),
      leastPx: 112,
      share: 0,
      cell: (entry) => <When atMs={entry.atMs} />,
    },
    {
      key: 'who',
      title: t('audit.who'),
      leastPx: 136,
      share: 2,
      cell: (entry) => words.actor(entry.actor),
    },
    {
      key: 'what',
      title: t('audit.what'),
      leastPx: 136,
      share: 2,
      cell: (entry) => <span className={styles.what}>{words.action(entry.action)}</span>,
    },
    {
      key: 'subject',
      title: t('audit.subject'),
      leastPx: 136,
      share: 2,
      cell: (entry) => words.subject(entry.subject),
    },
    {
      key: 'fields',
      title: t('audit.fields'),
      leastPx: 136,
      share: 3,
      cell: (entry) => (
        <span className={styles.fields}>
          {entry.changes?.map((change) => words.field(change.field)).join(', ') ?? t('audit.erased')}
        </span>
      ),
    },
  ];
}

function EntryDrawer({ drawer, entry }: { readonly drawer: DrawerControl; readonly entry: AuditEntry }) {
  const { t } = useTranslation('admin');
  const words = useAuditWords();
  const format = useFormat();
  return (
    <Drawer
      drawer={drawer}
      title={[words.action(entry.action), words.subject(entry.subject)].filter(Boolean).join(': ')}
      about={`${words.actor(entry.actor)} · ${format.full(entry.atMs)}`}
      typed={false}
      saveWord={null}
      running={false}
      refusal={null}
      onSave={() => undefined}
    >
      {entry.changes === null ? (
        <p className={styles.none}>{t('audit.erased')}</p>
      ) : entry.changes.length === 0 ? (
        <p className={styles.none}>{t('audit.noChanges')}</p>
      ) : (
        <ChangesTable changes={entry.changes} />
      )}
    </Drawer>
  );
}
