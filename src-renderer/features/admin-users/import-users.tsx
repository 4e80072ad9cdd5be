// Users from a CSV file: looked through at the hub first, with everything that is wrong listed by row; added only then, all
// rows or none.
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CsvProblem, ImportProgress } from '#shared/admin/users-contract.ts';
import { csvColumns } from '#shared/admin/users-contract.ts';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useCommand, useMainEvent } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Drawer, DrawerSection } from '../../parts/drawer.tsx';
import { IconDownload, IconUpload } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
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
  const input = useRef<HTMLInputElement>(null);
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
  const take = async (file: File | undefined) => {
    if (file && !readOnly) await check(await readCsvFile(file), file.name);
  };
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
      <section
        aria-label={t('csv.choose')}
        className={styles.drop}
        onDragOver={(event: DragEvent) => event.preventDefault()}
        onDrop={(event: DragEvent) => {
          event.preventDefault();
          void take(event.dataTransfer.files[0]);
        }}
      >
        <input
          ref={input}
          className="oh-unseen"
          type="file"
          accept=".csv,text/csv"
          tabIndex={-1}
          aria-label={t('csv.choose')}
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            const [file] = event.currentTarget.files ?? [];
            // The same file, corrected, must be taken again.
            event.currentTarget.value = '';
            void take(file);
          }}
        />
        <Button icon={IconUpload} disabled={readOnly || run.running} onClick={() => input.current?.click()}>
          {t(face.kind === 'choose' ? 'csv.choose' : 'csv.chooseOther')}
        </Button>
        {(face.kind === 'checked' || face.kind === 'checking') && (
          <span className={styles.file}>{face.file}</span>
        )}
        {face.kind === 'checked' && (
          <span className={`oh-figures ${styles.rows}`}>{t('csv.rows', { count: face.rows })}</span>
        )}
      </section>
      {face.kind === 'checking' && (
        <p className={styles.rows} role="status">
          {t('csv.checking', { file: face.file })}
        </p>
      )}
      {run.running && progress && <HowFar progress={progress} />}
      {face.kind === 'unfit' && <Notice tone="bad">{t(`csv.${face.why}`)}</Notice>}
      {face.kind === 'checked' && fine && <Notice>{t('csv.fine', { count: face.rows })}</Notice>}
      {face.kind === 'checked' && !fine && (
        <>
          <Notice tone="bad">{t('csv.problems', { count: face.problems.length })}</Notice>
          <ProblemList problems={face.problems} />
        </>
      )}
      {face.kind === 'done' && <Notice>{t('csv.done', { count: face.added })}</Notice>}
    </Drawer>
  );
}

function HowFar({ progress }: { readonly progress: ImportProgress }) {
  const { t } = useTranslation('admin');
  const { doing, done, total } = progress;
  const text = t(`csv.${doing}`, { done, total });
  return (
    <div className={styles.progress}>
      <progress max={total} value={done} aria-label={text} />
      <p className={`oh-figures ${styles.rows}`}>{text}</p>
    </div>
  );
}

function ProblemList({ problems }: { readonly problems: readonly CsvProblem[] }) {
  const { t } = useTranslation('admin');
  const text = useCsvProblemText();
  const rows = problems.map((problem, index) => ({ ...problem, key: String(index) }));
  const columns: readonly Column<(typeof rows)[number]>[] = [
    {
      key: 'row',
      title: t('csv.row'),
      leastPx: 48,
      share: 0,
      cell: ({ row }) => <span className="oh-figures">{row}</span>,
    },
    {
      key: 'column',
      title: t('csv.column'),
      leastPx: 88,
      share: 0,
      cell: ({ column }) => column ?? t('csv.wholeRow'),
    },
    {
      key: 'problem',
      title: t('csv.problem'),
      leastPx: 160,
      share: 1,
      cell: (problem) => <span title={text(problem)}>{text(problem)}</span>,
    },
  ];
  return (
    <div className={styles.problems}>
      <DataTable
        label={t('csv.problemList')}
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
        chosen={null}
        onOpen={() => undefined}
        firstSorting={null}
        empty={null}
      />
    </div>
  );
}
