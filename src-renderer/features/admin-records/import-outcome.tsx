// An import that has been started: how far it is, or what became of its rows, and the rows left out as a file.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordImport } from '#shared/admin/records-contract.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconDownload } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { ProgressBar } from './import-state.tsx';
import styles from './records.module.css';

export function ImportOutcome({ shown }: { readonly shown: RecordImport }) {
  const { t, i18n } = useTranslation('admin');
  const { state, rows, rowsDone, bad } = shown;
  const format = new Intl.NumberFormat(i18n.language);
  return (
    <>
      {state !== 'done' && (
        <ProgressBar
          done={rowsDone}
          total={rows}
          text={t('records.progress', { done: rowsDone, total: rows })}
        />
      )}
      {state === 'running' && <Notice>{t('records.runningText')}</Notice>}
      {state === 'done' && <Notice>{t('records.doneText')}</Notice>}
      {state === 'failed' && <Notice tone="bad">{t('records.failedText')}</Notice>}
      <dl className={styles.figures} aria-label={t('records.figures')}>
        {(['created', 'updated', 'bad'] as const).map((key) => (
          <div key={key} className={styles.figure}>
            <dt>{t(`records.${key}`)}</dt>
            <dd className={`oh-figures ${key === 'bad' && bad > 0 ? styles.bad : ''}`}>
              {format.format(shown[key])}
            </dd>
          </div>
        ))}
      </dl>
      {bad > 0 && state !== 'running' && <LeftOut shown={shown} />}
    </>
  );
}

function LeftOut({ shown }: { readonly shown: RecordImport }) {
  const { t } = useTranslation('admin');
  const ask = useCommand('admin.recordImports.problems');
  const save = useCommand('window.saveFile');
  const [savedAs, setSavedAs] = useState<string | null>(null);
  const run = async () => {
    setSavedAs(null);
    const told = await ask.run({ id: shown.id });
    if (!told) return;
    const saved = await save.run({ name: `${fileStem(shown.fileName)}-problems.csv`, text: told.csv });
    setSavedAs(saved?.path ?? null);
  };
  return (
    <Notice
      tone="warn"
      title={t('records.badTitle', { count: shown.bad })}
      actions={
        <Button
          size="small"
          icon={IconDownload}
          disabled={ask.running || save.running}
          onClick={() => void run()}
        >
          {t('records.saveProblems')}
        </Button>
      }
    >
      {savedAs === null ? t('records.badHint') : t('records.saved', { path: savedAs })}
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
