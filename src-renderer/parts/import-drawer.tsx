// One import in its drawer, by its state: looked at and set before it starts, then how far it is, then what became of it;
// and how it is taken away. What is set before it starts is the page's.
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandState } from '../client/desktop-context.tsx';
import { useReadOnly } from './admin-read-only.ts';
import { Button } from './button.tsx';
import { Confirm } from './confirm.tsx';
import { Drawer, DrawerAction } from './drawer.tsx';
import styles from './import-drawer.module.css';
import { ImportOutcome, type ImportOutcomeProps } from './import-outcome.tsx';
import type { DrawerControl } from './use-drawer.ts';

export interface ImportDrawerProps extends ImportOutcomeProps {
  readonly drawer: DrawerControl;
  /** Shown until it is started: what columns are, what else is to be said, and what is wrong with which row. */
  readonly setup: ReactNode;
  /** It can be started as it is set. */
  readonly ready: boolean;
  /** Rows that would be left out. */
  readonly badRows: number;
  readonly starting: boolean;
  /** Of starting it, or of looking at it. */
  readonly refusal: string | null;
  onStart(): void;
  readonly remove: CommandState<{ readonly id: string }, unknown>;
  /** What stays when an import that is done is taken off the list. */
  readonly removeDoneHint: string;
  onRemoved(): void;
}

const separators = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;

export function ImportDrawer(props: ImportDrawerProps) {
  const { shown } = props;
  const { t } = useTranslation('admin');
  const { state, encoding, separator } = shown;
  const isToBe = state === 'uploaded';
  const count = shown.rows - props.badRows;
  const saveWord = isToBe ? t('csvImport.start', { count }) : state === 'failed' ? t('csvImport.goOn') : null;
  const rows = t('csvImport.rowCount', { count: shown.rows });
  return (
    <Drawer
      drawer={props.drawer}
      title={shown.fileName}
      about={
        encoding && separator
          ? t('csvImport.about', {
              rows,
              encoding: t(`csvImport.encodings.${encoding}`),
              separator: t(`csvImport.separators.${separators[separator]}`),
            })
          : rows
      }
      typed={false}
      saveWord={saveWord}
      saveDisabled={!props.ready || (isToBe && count === 0)}
      running={props.starting}
      refusal={props.refusal}
      onSave={props.onStart}
      more={<RemoveImport {...props} />}
    >
      {isToBe ? (
        props.setup
      ) : (
        <ImportOutcome shown={shown} doneText={props.doneText} problems={props.problems} />
      )}
    </Drawer>
  );
}

const removeWords = {
  uploaded: 'removeUploaded',
  running: 'removeRunning',
  done: 'removeDone',
  failed: 'removeFailed',
} as const;

const removeHints = {
  uploaded: 'removeUploadedHint',
  running: 'removeRunningHint',
  failed: 'removeFailedHint',
} as const;

type RemoveImportProps = Pick<ImportDrawerProps, 'shown' | 'remove' | 'removeDoneHint' | 'onRemoved'>;

function RemoveImport({ shown, remove, removeDoneHint, onRemoved }: RemoveImportProps) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const [asking, setAsking] = useState(false);
  const { state } = shown;
  const word = t(`csvImport.${removeWords[state]}`);
  const hint = state === 'done' ? removeDoneHint : t(`csvImport.${removeHints[state]}`);
  // What has ended, or has not begun, loses nothing by it.
  const asks = state === 'running' || state === 'failed';
  const go = async () => {
    if ((await remove.run({ id: shown.id })) === undefined) setAsking(false);
    else onRemoved();
  };
  return (
    <div className={styles.remove}>
      <DrawerAction
        label=""
        hint={hint}
        below={
          asking && (
            <Confirm
              title={t('csvImport.removeAsk', { file: shown.fileName })}
              text={hint}
              word={word}
              running={remove.running}
              onYes={() => void go()}
              onNo={() => setAsking(false)}
            />
          )
        }
      >
        {!asking && (
          <Button
            size="small"
            disabled={readOnly || remove.running}
            onClick={() => (asks ? setAsking(true) : void go())}
          >
            {word}
          </Button>
        )}
      </DrawerAction>
    </div>
  );
}
