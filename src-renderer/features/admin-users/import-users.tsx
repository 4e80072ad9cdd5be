// Users from a CSV file: looked through at the hub first, with everything that is wrong listed by row; added only then, all
// rows or none.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CsvProblem, ImportProgress } from '#shared/admin/users-contract.ts';
import { csvColumns } from '#shared/admin/users-contract.ts';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useCommand, useMainEvent } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Drawer, DrawerSection } from '../../parts/drawer.tsx';
import { FileDrop } from '../../parts/file-drop.tsx';
import { IconDownload } from '../../parts/icons.ts';
import { ImportProblems } from '../../parts/import-problems.tsx';
import { Notice } from '../../parts/notice.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import type { UserFiles } from './export-users.tsx';
import styles from './import-users.module.css';
import { type ReadFile, readCsvFile } from './read-csv-file.ts';
import { useCsvProblemText } from './use-csv-problem-text.ts';

type Face =
  | { readonly kind: 'choose' }
  | { readonly kind: 'checking'; readonly file: string }
  | { readonly kind: 'unfit'; readonly why: 'tooLarge' | 'unreadable' | 'empty' }
  | {
      readonly kind: 'checked';
      readonly csv: string;
      readonly file: string;
      readonly rows: number;
      readonly problems: readonly CsvProblem[];
    }
  | { readonly kind: 'done'; readonly added: number };

export interface ImportUsersProps {
  readonly drawer: DrawerControl;
  readonly files: UserFiles;
}

export function ImportUsers({ drawer, files }: ImportUsersProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const readOnly = useReadOnly();
  const run = useCommand('admin.users.importCsv');
  const [face, setFace] = useState<Face>({ kind: 'choose' });
  const problemText = useCsvProblemText();
  /** Null as long as the hub has told of none: an import of a few is over before. */
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  useMainEvent('admin.users.importing', setProgress);

  const check = async (read: ReadFile, file: string) => {
    if (!read.ok) return setFace({ kind: 'unfit', why: read.why });
    setFace({ kind: 'checking', file });
    setProgress(null);
    const tried = await run.run({ csv: read.text, tryOnly: true });
    if (!tried) setFace({ kind: 'choose' });
    else if (tried.rows === 0 && tried.problems.length === 0) setFace({ kind: 'unfit', why: 'empty' });
    else setFace({ kind: 'checked', csv: read.text, file, rows: tried.rows, problems: tried.problems });
  };
  const take = async (file: File) => check(await readCsvFile(file), file.name);
  const addAll = async () => {
    if (face.kind !== 'checked') return;
    setProgress(null);
    const result = await run.run({ csv: face.csv, tryOnly: false });
    if (!result) return;
    // Somebody may have taken a username since it was looked through.
    if (result.problems.length > 0) setFace({ ...face, problems: result.problems });
    else {
      setFace({ kind: 'done', added: result.added });
      await lists.ask('users');
    }
  };
  const fine = face.kind === 'checked' && face.problems.length === 0;
  return (
    <Drawer
      drawer={drawer}
      title={t('csv.title')}
      about={t('csv.lead')}
      typed={false}
      saveWord={fine ? t(run.running ? 'csv.importing' : 'csv.doImport') : null}
      running={run.running}
      refusal={run.refusal}
      onSave={() => void addAll()}
      more={
        <DrawerSection
          title={t('csv.columns')}
          hint={t('csv.columnsHint')}
          tools={
            <Button
              size="small"
              icon={IconDownload}
              disabled={files.running}
              onClick={() => void files.saveTemplate()}
            >
              {t('csv.template')}
            </Button>
          }
        >
          <p className={styles.columns}>{csvColumns.join(', ')}</p>
        </DrawerSection>
      }
    >
      <FileDrop
        word={t('csvImport.choose')}
        {...(face.kind === 'choose' ? {} : { buttonWord: t('csv.chooseOther') })}
        accept=".csv,text/csv"
        disabled={readOnly || run.running}
        beside={
          <>
            {(face.kind === 'checked' || face.kind === 'checking') && (
              <span className={styles.file}>{face.file}</span>
            )}
            {face.kind === 'checked' && (
              <span className="oh-figures">{t('csvImport.rowCount', { count: face.rows })}</span>
            )}
          </>
        }
        onFile={(file) => void take(file)}
      />
      {face.kind === 'checking' && (
        <p className={styles.rows} role="status">
          {t('csv.checking', { file: face.file })}
        </p>
      )}
      {run.running && progress && (
        <ProgressBar
          done={progress.done}
          total={progress.total}
          text={t(`csv.${progress.doing}`, { done: progress.done, total: progress.total })}
        />
      )}
      {face.kind === 'unfit' && <Notice tone="bad">{t(`csv.${face.why}`)}</Notice>}
      {face.kind === 'checked' && fine && <Notice>{t('csv.fine', { count: face.rows })}</Notice>}
      {face.kind === 'checked' && !fine && (
        <>
          <Notice tone="bad">{t('csv.problems', { count: face.problems.length })}</Notice>
          <ImportProblems problems={face.problems} textOf={problemText} />
        </>
      )}
      {face.kind === 'done' && <Notice>{t('csv.done', { count: face.added })}</Notice>}
    </Drawer>
  );
}
