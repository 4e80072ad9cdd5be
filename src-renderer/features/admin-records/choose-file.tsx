// The first step of an import: a file is chosen or dropped, and uploaded. What it holds is looked at in the next.
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { IconUpload } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { ProgressBar } from './import-state.tsx';
import styles from './records.module.css';
import { useUpload } from './use-upload.ts';

export function ChooseFile(props: { readonly drawer: DrawerControl; onUploaded(id: string): void }) {
  const { t, i18n } = useTranslation('admin');
  const lists = useAdminLists();
  const readOnly = useReadOnly();
  const upload = useUpload();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const { progress, refusal } = upload;
  const disabled = readOnly || progress !== null;
  const take = async (file: File | undefined) => {
    if (!file || disabled) return;
    const made = await upload.take(file);
    if (!made) return;
    lists.put('records', (before) => [made, ...before.filter(({ id }) => id !== made.id)]);
    props.onUploaded(made.id);
  };
  const megabytes = (bytes: number) =>
    new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
      bytes / 1_000_000,
    );
  const isOurs = refusal === 'unreadable' || refusal === 'emptyFile';
  return (
    <Drawer
      drawer={props.drawer}
      title={t('records.importTitle')}
      about={t('records.importLead')}
      typed={false}
      saveWord={null}
      running={false}
      refusal={isOurs ? null : refusal}
      onSave={() => undefined}
    >
      <section
        aria-label={t('records.choose')}
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={(event: DragEvent) => {
          event.preventDefault();
          setOver(!disabled);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event: DragEvent) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
      >
        <input
          ref={input}
          className="oh-unseen"
          type="file"
          accept=".csv,.txt,.tsv,text/csv"
          tabIndex={-1}
          aria-label={t('records.choose')}
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            const [file] = event.currentTarget.files ?? [];
            // The same file, corrected, must be taken again.
            event.currentTarget.value = '';
            void take(file);
          }}
        />
        <Button
          autoFocus
          tone="accent"
          icon={IconUpload}
          disabled={disabled}
          onClick={() => input.current?.click()}
        >
          {t('records.choose')}
        </Button>
        <span className={styles.quiet}>{t('records.drop')}</span>
        <p className={styles.formats}>{t('records.formats')}</p>
      </section>
      {progress && (
        <ProgressBar
          done={progress.doneBytes}
          total={progress.bytes}
          text={t('records.uploading', {
            file: progress.file,
            done: megabytes(progress.doneBytes),
            total: megabytes(progress.bytes),
          })}
        />
      )}
      {isOurs && <Notice tone="bad">{t(`records.${refusal}`)}</Notice>}
    </Drawer>
  );
}
