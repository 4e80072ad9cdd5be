// After a save has become final nothing is changed any more: corrections are added beside it, with name and time.
import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { DetailSection } from '../../parts/detail-page.tsx';
import { DispositionMark } from '../../parts/disposition-mark.tsx';
import { IconPencil } from '../../parts/icons.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './history-detail.module.css';

export interface CorrectionsProps {
  readonly entry: HistoryEntry;
  onAdded(): void;
}

export function Corrections({ entry, onAdded }: CorrectionsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [writing, setWriting] = useState(false);
  return (
    <DetailSection title={t('history.corrections')}>
      {entry.corrections.length > 0 && (
        <ul className={styles.list}>
          {entry.corrections.map((correction) => (
            <li key={correction.atMs} className={styles.correction}>
              <p className={styles.note}>{correction.note}</p>
              {correction.disposition && <DispositionMark disposition={correction.disposition} none="" />}
              <div className={styles.by}>
                {t('history.by', { author: correction.author, time: format.dateTime(correction.atMs) })}
              </div>
            </li>
          ))}
        </ul>
      )}
      {entry.state === 'finished' &&
        (writing ? (
          <CorrectionForm
            entry={entry}
            onDone={(added) => {
              setWriting(false);
              if (added) onAdded();
            }}
          />
        ) : (
          <Button size="small" icon={IconPencil} onClick={() => setWriting(true)}>
            {t('history.addCorrection')}
          </Button>
        ))}
    </DetailSection>
  );
}

function CorrectionForm({ entry, onDone }: { readonly entry: HistoryEntry; onDone(added: boolean): void }) {
  const { t } = useTranslation();
  const correct = useCommand('history.correct');
  const dispositions = useLive('dispositions').filter((each) => each.projectId === entry.projectId);
  const [note, setNote] = useState('');
  const [dispositionId, setDispositionId] = useState<string | null>(null);
  const add = async () => {
    const added = await correct.run({ callId: entry.callId, note: note.trim(), dispositionId });
    if (added) onDone(true);
  };
  return (
    <div className={styles.form}>
      <Textarea
        label={t('history.correctionNote')}
        description={t('history.correctionHint')}
        placeholder={t('history.correctionPlaceholder')}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={100_000}
        autoFocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {dispositions.length > 0 && (
        <Select
          label={t('history.disposition')}
          value={dispositionId ?? ''}
          onChange={(chosen) => setDispositionId(chosen === '' ? null : chosen)}
          data={[
            { value: '', label: t('history.keepDisposition') },
            ...dispositions.map((each) => ({ value: each.id, label: each.label })),
          ]}
        />
      )}
      <RefusalNotice reason={correct.refusal} />
      <div className={styles.buttons}>
        <Button
          tone="accent"
          disabled={correct.running || (note.trim() === '' && dispositionId === null)}
          onClick={() => void add()}
        >
          {t('history.saveCorrection')}
        </Button>
        <Button onClick={() => onDone(false)}>{t('common.cancel')}</Button>
      </div>
    </div>
  );
}
