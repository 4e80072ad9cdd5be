// Notes of a record, and a new one at any time, with or without the hub (OFF-2). What is typed stays until it is saved.
import { Textarea } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { RecordPage } from '#shared/desktop/records-contract.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { DetailSection } from '../../parts/detail-page.tsx';
import { IconCheck, IconNote } from '../../parts/icons.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { SyncMark } from '../../parts/sync-mark.tsx';
import styles from './record-detail.module.css';
import { type Unsaved, useUnsaved } from './use-unsaved.ts';

const noteText = z.string();

export function RecordNotes({ page }: { readonly page: RecordPage }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const { record, notes } = page;
  const unsaved = useUnsaved(`note:${record.id}`, record.id, noteText);
  const text = unsaved.value;
  return (
    <DetailSection title={t('notes.title')}>
      {text === null ? (
        <Button size="small" icon={IconNote} onClick={() => unsaved.keep('')}>
          {t('notes.add')}
        </Button>
      ) : (
        <NoteForm recordId={record.id} text={text} unsaved={unsaved} />
      )}
      {notes.length === 0 && text === null && <p className={styles.noneBelow}>{t('notes.none')}</p>}
      <ul className={styles.notes}>
        {notes.map((note) => (
          <li key={note.id} className={styles.note}>
            <p className={styles.noteText}>{note.text}</p>
            <div className={styles.by}>
              <span>
                {t('notes.by', { author: note.authorName, time: format.dateTime(note.writtenAtMs) })}
              </span>
              <SyncMark state={note.state} />
            </div>
          </li>
        ))}
      </ul>
    </DetailSection>
  );
}

interface NoteFormProps {
  readonly recordId: RecordPage['record']['id'];
  readonly text: string;
  readonly unsaved: Unsaved<string>;
}

function NoteForm({ recordId, text, unsaved }: NoteFormProps) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const add = useCommand('notes.add');
  const empty = text.trim() === '';
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  const save = async () => {
    if (empty || add.running) return;
    const saved = await add.run({ recordId, text: text.trim() });
    // What was typed while it was being saved stays.
    if (saved && latest.current === text) unsaved.end();
  };
  return (
    <div className={styles.noteForm}>
      <Textarea
        aria-label={t('notes.field')}
        placeholder={t('notes.placeholder')}
        autosize
        autoFocus
        minRows={2}
        maxRows={12}
        maxLength={100_000}
        value={text}
        onChange={(event) => unsaved.keep(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void save();
          } else if (event.key === 'Escape' && empty) {
            event.stopPropagation();
            unsaved.end();
          }
        }}
      />
      <RefusalNotice before="records" reason={add.refusal ?? unsaved.refusal} />
      <div className={styles.buttons}>
        <Button
          size="small"
          tone="accent"
          icon={IconCheck}
          keys={`${common('keys.ctrl')} ${common('keys.enter')}`}
          shortcut="Control+Enter"
          disabled={empty || add.running}
          onClick={() => void save()}
        >
          {t('notes.save')}
        </Button>
        <Button size="small" tone="plain" onClick={unsaved.end}>
          {t('record.cancel')}
        </Button>
      </div>
    </div>
  );
}
