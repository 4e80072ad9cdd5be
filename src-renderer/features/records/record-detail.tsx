// One record beside the list: who, how to reach them, what is still to do, notes, calls; edited where it stands.
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordPage } from '#shared/desktop/records-contract.ts';
import type { CallId, RecordId } from '#shared/domain/ids.ts';
import { recordName } from '#shared/domain/record.ts';
import { recordDraft } from '#shared/domain/record-draft.ts';
import { useClient, useCommand, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Chip } from '../../parts/chip.tsx';
import { IconClipboardList, IconPencil, IconPhone, IconUser, IconX } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { SyncMark } from '../../parts/sync-mark.tsx';
import { EditRecord } from './edit-record.tsx';
import { RecordCalls } from './record-calls.tsx';
import styles from './record-detail.module.css';
import { RecordFacts } from './record-facts.tsx';
import { RecordNotes } from './record-notes.tsx';
import { RecordNumbers } from './record-numbers.tsx';
import { PlannedCallBacks, RecordOrders, useRecordOrders } from './record-orders.tsx';
import { useUnsaved } from './use-unsaved.ts';

export interface RecordDetailProps {
  readonly recordId: RecordId;
  onClose(): void;
  onOpenCall(callId: CallId): void;
}

export function RecordDetail({ recordId, onClose, onOpenCall }: RecordDetailProps) {
  const client = useClient();
  const { t } = useTranslation('records');
  const { answer, refusal, again } = useAsked(
    useCallback(() => client.call('records.get', { recordId }), [client, recordId]),
  );
  useMainEvent('records.changed', ({ recordIds }) => {
    if (recordIds === null || recordIds.includes(recordId)) again();
  });
  if (refusal) {
    return (
      <div className={styles.gone}>
        <RefusalNotice
          before="records"
          reason={refusal}
          actions={
            <Button size="small" onClick={onClose}>
              {t('record.back')}
            </Button>
          }
        />
      </div>
    );
  }
  if (!answer) return null;
  return <Page page={answer} onClose={onClose} onOpenCall={onOpenCall} />;
}

interface PageProps {
  readonly page: RecordPage;
  onClose(): void;
  onOpenCall(callId: CallId): void;
}

function Page({ page, onClose, onOpenCall }: PageProps) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const dial = useCommand('calls.dial');
  const { record, state } = page;
  const orders = useRecordOrders(record.id);
  const unsaved = useUnsaved(`record:${record.id}`, record.id, recordDraft);
  const [editing, setEditing] = useState(unsaved.value !== null);
  const name = recordName(record);
  const [first] = record.numbers;
  const call = (number: string) => {
    if (!dial.running) void dial.run({ target: number });
  };
  return (
    <article className={styles.page}>
      <header className={styles.head}>
        <div className={styles.who}>
          <h2 className={styles.name}>
            {first && name !== '' ? (
              <button
                type="button"
                className={styles.dialName}
                title={t('list.call', { name })}
                onClick={() => call(first.number)}
              >
                <bdi className={styles.clamp}>{name}</bdi>
              </button>
            ) : (
              <bdi className={styles.clamp}>{name === '' ? t('list.noName') : name}</bdi>
            )}
          </h2>
        </div>
        <div className={styles.actions}>
          {first && (
            <Button tone="go" icon={IconPhone} disabled={dial.running} onClick={() => call(first.number)}>
              {t('record.call')}
            </Button>
          )}
          {!editing && (
            <Button icon={IconPencil} onClick={() => setEditing(true)}>
              {t('record.edit')}
            </Button>
          )}
          <IconButton icon={IconX} label={t('record.back')} onClick={onClose} />
        </div>
        <div className={styles.line}>
          <Chip icon={IconUser} tone="accent">
            {common(`recordKind.${record.kind}`)}
          </Chip>
          <SyncMark state={state} />
          {page.projectName && <span className={styles.project}>{page.projectName}</span>}
        </div>
      </header>
      <RefusalNotice reason={dial.refusal} />
      <Tasks tasks={page.openTasks} onOpenCall={onOpenCall} />
      <PlannedCallBacks orders={orders} />
      {editing ? (
        <EditRecord
          record={record}
          unsaved={unsaved}
          onDone={() => {
            unsaved.end();
            setEditing(false);
          }}
        />
      ) : (
        <>
          <RecordNumbers page={page} onCall={call} />
          <RecordNotes page={page} />
          <RecordFacts page={page} />
        </>
      )}
      {editing && <RecordNotes page={page} />}
      <RecordOrders orders={orders} />
      <RecordCalls calls={page.calls} onOpenCall={onOpenCall} />
    </article>
  );
}

interface TasksProps {
  readonly tasks: RecordPage['openTasks'];
  onOpenCall(callId: CallId): void;
}

function Tasks({ tasks, onOpenCall }: TasksProps) {
  const { t } = useTranslation('records');
  const format = useFormat();
  if (tasks.length === 0) return null;
  return (
    <div className={styles.tasks}>
      {tasks.map(({ callId, kind, atMs }) => (
        <Notice
          key={callId}
          tone="warn"
          actions={
            <Button size="small" icon={IconClipboardList} onClick={() => onOpenCall(callId)}>
              {t('tasks.open')}
            </Button>
          }
        >
          {t(`tasks.${kind}`, { time: format.dateTime(atMs) })}
        </Notice>
      ))}
    </div>
  );
}
