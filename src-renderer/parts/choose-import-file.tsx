// The first step of an import: a file is chosen or dropped, and uploaded. What it holds is looked at in the next.
import { useTranslation } from 'react-i18next';
import { useReadOnly } from './admin-read-only.ts';
import { Drawer } from './drawer.tsx';
import { FileDrop } from './file-drop.tsx';
import type { ImportJob } from './import-job.ts';
import { Notice } from './notice.tsx';
import { ProgressBar } from './progress-bar.tsx';
import type { DrawerControl } from './use-drawer.ts';
import { type UploadDoor, useUpload } from './use-upload.ts';

export interface ChooseImportFileProps<I extends ImportJob> {
  readonly drawer: DrawerControl;
  readonly title: string;
  readonly lead: string;
  readonly door: UploadDoor<I>;
  onUploaded(made: I): void;
}

export function ChooseImportFile<I extends ImportJob>(props: ChooseImportFileProps<I>) {
  const { t, i18n } = useTranslation('admin');
  const readOnly = useReadOnly();
  const upload = useUpload(props.door);
  const { progress, refusal } = upload;
  const disabled = readOnly || progress !== null;
  const take = async (file: File) => {
    const made = await upload.take(file);
    if (made) props.onUploaded(made);
  };
  const megabytes = (bytes: number) =>
    new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
      bytes / 1_000_000,
    );
  const isOurs = refusal === 'unreadable' || refusal === 'emptyFile';
  return (
    <Drawer
      drawer={props.drawer}
      title={props.title}
      about={props.lead}
      typed={false}
      saveWord={null}
      running={false}
      refusal={isOurs ? null : refusal}
      onSave={() => undefined}
    >
      <FileDrop
        first
        word={t('csvImport.choose')}
        accept=".csv,.txt,.tsv,text/csv"
        disabled={disabled}
        beside={t('csvImport.drop')}
        below={t('csvImport.formats')}
        onFile={(file) => void take(file)}
      />
      {progress && (
        <ProgressBar
          done={progress.doneBytes}
          total={progress.bytes}
          text={t('csvImport.uploading', {
            file: progress.file,
            done: megabytes(progress.doneBytes),
            total: megabytes(progress.bytes),
          })}
        />
      )}
      {isOurs && <Notice tone="bad">{t(`csvImport.${refusal}`)}</Notice>}
    </Drawer>
  );
}
