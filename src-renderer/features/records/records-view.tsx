// Leads or Contacts: the list with its search and filters, and beside it the record that is chosen or being written.
import { TextInput } from '@mantine/core';
import { type ReactNode, useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListName, RecordColumn, RecordRow } from '#shared/desktop/records-contract.ts';
import type { CallId, RecordId } from '#shared/domain/ids.ts';
import { useClient, useCommand, useLive, useMainEvent } from '../../client/desktop-context.tsx';
import { Button, IconButton } from '../../parts/button.tsx';
import { detailSideMark, useDetailSide } from '../../parts/detail-side.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconAddressBook, IconPlus, IconSearch, IconTargetArrow, IconX } from '../../parts/icons.ts';
import { isTyping, useWindowKeys } from '../../parts/keyboard.ts';
import { mostRows, PagedTable, type TableHandle } from '../../parts/paged-table.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { usePagedRows } from '../../parts/use-paged-rows.ts';
import { ActiveFilters } from './active-filters.tsx';
import { ColumnsButton } from './columns-button.tsx';
import { FilterButton } from './filter-button.tsx';
import { useListState } from './list-state.ts';
import { NewRecord } from './new-record.tsx';
import { RecordDetail } from './record-detail.tsx';
import styles from './records-view.module.css';
import { SavedFilters } from './saved-filters.tsx';
import { useListSettings } from './use-list-settings.ts';
import { sortKey, useRecordColumns } from './use-record-columns.tsx';
import { useUnsavedKnown } from './use-unsaved.ts';

/** 'new' is one that is being written. */
export type RecordChoice = RecordId | 'new';

export interface RecordsViewProps {
  readonly list: ListName;
  readonly chosen: RecordChoice | null;
  onChoose(choice: RecordChoice | null): void;
  onOpenCall(callId: CallId): void;
}

export function RecordsView({ list, chosen, onChoose, onOpenCall }: RecordsViewProps) {
  const { t } = useTranslation('records');
  const taken = useDetailSide();
  // What was typed before is in the form from its first drawing on.
  const unsavedKnown = useUnsavedKnown();
  return (
    <div className={styles.both} data-chosen={chosen !== null || taken !== null || undefined}>
      <section className={styles.list} aria-label={t(`list.${list}.title`)}>
        <RecordList list={list} chosen={chosen} onChoose={onChoose} />
      </section>
      {taken && (
        <section className={styles.detail} {...detailSideMark}>
          {taken.content}
        </section>
      )}
      {!taken && chosen !== null && unsavedKnown && (
        <section className={styles.detail} {...detailSideMark}>
          {chosen === 'new' ? (
            <NewRecord list={list} onDone={onChoose} />
          ) : (
            <RecordDetail
              key={chosen}
              recordId={chosen}
              onClose={() => onChoose(null)}
              onOpenCall={onOpenCall}
            />
          )}
        </section>
      )}
    </div>
  );
}

const noColumns: readonly RecordColumn[] = [];

type RecordListProps = Omit<RecordsViewProps, 'onOpenCall'>;

function RecordList({ list, chosen, onChoose }: RecordListProps) {
  const { t, i18n } = useTranslation('records');
  const control = useListState(list);
  const settings = useListSettings(list);
  const { filter, sort } = control;
  const client = useClient();
  const records = usePagedRows(
    useCallback(
      (offset: number, limit: number) => client.call('records.list', { filter, sort, offset, limit }),
      [client, filter, sort],
    ),
  );
  useMainEvent('records.changed', records.refresh);
  const dial = useCommand('calls.dial');
  const field = useRef<HTMLInputElement>(null);
  const table = useRef<TableHandle>(null);
  useWindowKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === '/') {
      field.current?.focus();
      field.current?.select();
    } else if (event.key === 'n') onChoose('new');
    else if (event.key === 'Escape' && chosen !== null) onChoose(null);
    else return;
    event.preventDefault();
  });
  const total = records.total ?? 0;
  const formatted = Math.min(total, mostRows).toLocaleString(i18n.language);
  const callRow = (row: RecordRow) => {
    if (row.number !== null && !dial.running) void dial.run({ target: row.number });
  };
  const columns = useRecordColumns(settings.settings?.columns ?? noColumns, callRow);
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t(`list.${list}.title`)}</h1>
        {records.total !== null && (
          <span className={`oh-figures ${styles.count}`} role="status">
            {total > mostRows
              ? t('list.countAtLeast', { formatted })
              : t('list.count', { count: total, formatted })}
          </span>
        )}
        <Button
          className={styles.add ?? ''}
          tone="accent"
          icon={IconPlus}
          keys="N"
          shortcut="n"
          onClick={() => onChoose('new')}
        >
          {t(`list.${list}.add`)}
        </Button>
      </header>
      <div className={styles.tools}>
        <TextInput
          ref={field}
          type="search"
          className={styles.search ?? ''}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
          rightSection={
            control.filter.text === '' ? null : (
              <IconButton
                icon={IconX}
                size="small"
                label={t('list.clear')}
                onClick={() => control.setFilter({ text: '' })}
              />
            )
          }
          aria-label={t(`list.${list}.search`)}
          aria-keyshortcuts="/"
          placeholder={t('list.searchHint')}
          maxLength={200}
          value={control.filter.text}
          onChange={(event) => control.setFilter({ text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') table.current?.focus();
            else if (event.key === 'Escape' && control.filter.text !== '') control.setFilter({ text: '' });
            else return;
            event.preventDefault();
          }}
        />
        <FilterButton list={list} control={control} />
        <SavedFilters control={control} settings={settings} />
        <ColumnsButton control={settings} />
      </div>
      <ActiveFilters list={list} control={control} sample={records.rowAt(0)} />
      <div className={styles.notices}>
        <RefusalNotice before="records" reason={records.refusal ?? settings.refusal} />
        <RefusalNotice reason={dial.refusal} />
      </div>
      <div className={styles.rows}>
        {settings.settings && (
          <PagedTable
            ref={table}
            label={t('list.label', { title: t(`list.${list}.title`) })}
            columns={columns}
            rows={records}
            rowKey={({ id }) => id}
            sorting={{ column: sort.by, direction: sort.descending ? 'descending' : 'ascending' }}
            onSort={({ column, direction }) => {
              const by = sortKey(column);
              if (by) control.setSort({ by, descending: direction === 'descending' });
            }}
            chosen={chosen === 'new' ? null : chosen}
            onOpen={({ id }) => onChoose(id)}
            onRowKey={(key, row) => {
              if (key.toLowerCase() !== 'c') return false;
              callRow(row);
              return true;
            }}
            shortcuts="Enter c"
            empty={<NoRecords list={list} narrowed={control.narrowed} onClear={control.clear} />}
          />
        )}
      </div>
    </>
  );
}

interface NoRecordsProps {
  readonly list: ListName;
  readonly narrowed: boolean;
  onClear(): void;
}

function NoRecords({ list, narrowed, onClear }: NoRecordsProps): ReactNode {
  const { t, i18n } = useTranslation('records');
  const { pulling } = useLive('sync');
  if (narrowed) {
    return (
      <EmptyState icon={IconSearch} title={t('list.noneTitle')} text={t('list.none')}>
        <Button onClick={onClear}>{t('list.clearFilter')}</Button>
      </EmptyState>
    );
  }
  if (pulling) {
    return (
      <EmptyState
        icon={IconAddressBook}
        title={t('list.pullingTitle')}
        text={t('list.pulling', shownFigures(pulling, i18n.language))}
      />
    );
  }
  return (
    <EmptyState
      icon={list === 'leads' ? IconTargetArrow : IconAddressBook}
      title={t(`list.${list}.emptyTitle`)}
      text={t(`list.${list}.empty`)}
    />
  );
}

/** In the language's own way of writing. */
function shownFigures({ done, total }: { done: number; total: number }, language: string) {
  return { done: done.toLocaleString(language), total: total.toLocaleString(language) };
}
