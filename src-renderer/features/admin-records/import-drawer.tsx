// One import in its drawer, by its state: looked at and set before it starts, then how far it is, then what became of it;
// and how it is taken away.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordImport } from '#shared/admin/records-contract.ts';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Drawer, DrawerAction } from '../../parts/drawer.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { ImportOutcome } from './import-outcome.tsx';
import { ImportSetup } from './import-setup.tsx';
import styles from './records.module.css';
import { useImportDraft } from './use-import-draft.ts';

export interface ImportDrawerProps {
  readonly drawer: DrawerControl;
  readonly shown: RecordImport;
  onRemoved(): void;
}

export function ImportDrawer({ drawer, shown, onRemoved }: ImportDrawerProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const start = useCommand('admin.recordImports.start');
  const draft = useImportDraft(shown);
  const { state, settings } = shown;
  const isToBe = state === 'uploaded';
  const toStart = isToBe ? draft.settings : state === 'failed' ? settings : null;
  const count = shown.rows - (draft.preview?.badRows ?? 0);
  const saveWord = isToBe ? t('records.start', { count }) : state === 'failed' ? t('records.goOn') : null;
  const go = async () => {
    if (!toStart) return;
    const begun = await start.run({ id: shown.id, settings: toStart });
    if (begun) lists.put('records', (before) => before.map((each) => (each.id === begun.id ? begun : each)));
  };
  const separators = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;
  return (
    <Drawer
      drawer={drawer}
      title={shown.fileName}
      about={t('records.about', {
        rows: t('records.rowCount', { count: shown.rows }),
        encoding: t(`records.encodings.${shown.encoding}`),
        separator: t(`records.separators.${separators[shown.separator]}`),
      })}
      typed={false}
      saveWord={saveWord}
      saveDisabled={!toStart || (isToBe && (!draft.ready || count === 0))}
      running={start.running}
      refusal={start.refusal ?? (isToBe ? draft.refusal : null)}
      onSave={() => void go()}
      more={<RemoveImport shown={shown} onRemoved={onRemoved} />}
    >
      {isToBe ? <ImportSetup shown={shown} draft={draft} /> : <ImportOutcome shown={shown} />}
    </Drawer>
  );
}

const removeWords = {
  uploaded: 'removeUploaded',
  running: 'removeRunning',
  done: 'removeDone',
  failed: 'removeFailed',
} as const;

function RemoveImport({ shown, onRemoved }: { readonly shown: RecordImport; onRemoved(): void }) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const readOnly = useReadOnly();
  const remove = useCommand('admin.recordImports.remove');
  const [asking, setAsking] = useState(false);
  const word = removeWords[shown.state];
  // What has ended, or has not begun, loses nothing by it.
  const asks = shown.state === 'running' || shown.state === 'failed';
  const go = async () => {
    if ((await remove.run({ id: shown.id })) === undefined) return setAsking(false);
    lists.put('records', (before) => before.filter(({ id }) => id !== shown.id));
    onRemoved();
  };
  return (
    <div className={styles.remove}>
      <DrawerAction
        label=""
        hint={t(`records.${word}Hint`)}
        below={
          asking && (
            <Confirm
              title={t('records.removeAsk', { file: shown.fileName })}
              text={t(`records.${word}Hint`)}
              word={t(`records.${word}`)}
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
            {t(`records.${word}`)}
          </Button>
        )}
      </DrawerAction>
    </div>
  );
}
