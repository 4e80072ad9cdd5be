// An import that has been started: how far it is, or what became of its rows, and the rows left out as a file.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CommandState, useCommand } from '../client/desktop-context.tsx';
import { Button } from './button.tsx';
import { IconDownload } from './icons.ts';
import type { ImportJob } from './import-job.ts';
import styles from './import-outcome.module.css';
import { Notice } from './notice.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { useImportProblemText } from './use-import-problem-text.ts';

export interface ImportOutcomeProps {
  readonly shown: ImportJob;
  /** What there is to say once it is done. */
  readonly doneText: string;
  /** Asks for all problems by row, as CSV. */
  readonly problems: CommandState<{ readonly id: string }, { readonly csv: string }>;
}

export function ImportOutcome({ shown, doneText, problems }: ImportOutcomeProps) {
  const { t, i18n } = useTranslation('admin');
  const { state, rows, rowsDone, bad } = shown;
  const format = new Intl.NumberFormat(i18n.language);
  return (
    <>
      {state !== 'done' && (
        <ProgressBar
          done={rowsDone}
          total={rows}
          text={t('csvImport.progress', { done: rowsDone, total: rows })}
        />
      )}
      {state === 'running' && <Notice>{t('csvImport.runningText')}</Notice>}
      {state === 'done' && <Notice>{doneText}</Notice>}
      {state === 'failed' && <Notice tone="bad">{t('csvImport.failedText')}</Notice>}
      <dl className={styles.figures} aria-label={t('csvImport.figures')}>
        {(['created', 'updated', 'bad'] as const).map((key) => (
          <div key={key} className={styles.figure}>
            <dt>{t(`csvImport.${key}`)}</dt>
            <dd className={`oh-figures ${key === 'bad' && bad > 0 ? styles.bad : ''}`}>
              {format.format(shown[key])}
            </dd>
          </div>
        ))}
      </dl>
      {bad > 0 && state !== 'running' && <LeftOut shown={shown} problems={problems} />}
    </>
  );
}

function LeftOut({ shown, problems: ask }: Pick<ImportOutcomeProps, 'shown' | 'problems'>) {
  const { t } = useTranslation('admin');
  const textOf = useImportProblemText();
  const save = useCommand('window.saveFile');
  const [savedAs, setSavedAs] = useState<string | null>(null);
  const run = async () => {
    setSavedAs(null);
    const told = await ask.run({ id: shown.id });
    if (!told) return;
    const { problemFile } = await import('./import-problem-file.ts');
    const words = {
      row: t('csvImport.row'),
      column: t('csvImport.column'),
      problem: t('csvImport.problem'),
      wholeRow: t('csvImport.wholeRow'),
      textOf,
    };
    const text = problemFile(told.csv, shown.separator ?? ',', words);
    const saved = await save.run({ name: `${fileStem(shown.fileName)}-problems.csv`, text });
    setSavedAs(saved?.path ?? null);
  };
  return (
    <Notice
      tone="warn"
      title={t('csvImport.badTitle', { count: shown.bad })}
      actions={
        <Button
          size="small"
          icon={IconDownload}
          disabled={ask.running || save.running}
          onClick={() => void run()}
        >
          {t('csvImport.saveProblems')}
        </Button>
      }
    >
      {savedAs === null ? t('csvImport.badHint') : t('csvImport.saved', { path: savedAs })}
      <RefusalNotice reason={ask.refusal ?? save.refusal} />
    </Notice>
  );
}

/** As much of it as `window.saveFile` takes for a name. */
function fileStem(fileName: string): string {
  const plain = fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[^\p{L}\p{N} ._-]/gu, '_')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 60);
  return plain === '' ? 'import' : plain;
}
