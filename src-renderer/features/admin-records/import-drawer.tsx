// One import of records: set before it starts, started, and taken away. How it looks in each state is the part's.
import { useTranslation } from 'react-i18next';
import type { RecordImport } from '#shared/admin/records-contract.ts';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { ImportDrawer } from '../../parts/import-drawer.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { ImportSetup } from './import-setup.tsx';
import { useImportDraft } from './use-import-draft.ts';

export interface RecordImportDrawerProps {
  readonly drawer: DrawerControl;
  readonly shown: RecordImport;
  onRemoved(): void;
}

export function RecordImportDrawer({ drawer, shown, onRemoved }: RecordImportDrawerProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const start = useCommand('admin.recordImports.start');
  const remove = useCommand('admin.recordImports.remove');
  const problems = useCommand('admin.recordImports.problems');
  const draft = useImportDraft(shown);
  const isToBe = shown.state === 'uploaded';
  const settings = isToBe ? draft.settings : shown.settings;
  const go = async () => {
    if (!settings) return;
    const begun = await start.run({ id: shown.id, settings });
    if (begun) lists.put('records', (before) => before.map((each) => (each.id === begun.id ? begun : each)));
  };
  return (
    <ImportDrawer
      drawer={drawer}
      shown={shown}
      setup={<ImportSetup shown={shown} draft={draft} />}
      ready={settings !== null && (!isToBe || draft.ready)}
      badRows={draft.preview?.badRows ?? 0}
      starting={start.running}
      refusal={start.refusal ?? (isToBe ? draft.refusal : null)}
      onStart={() => void go()}
      doneText={t('records.doneText')}
      problems={problems}
      remove={remove}
      removeDoneHint={t('records.removeDoneHint')}
      onRemoved={() => {
        lists.put('records', (before) => before.filter(({ id }) => id !== shown.id));
        onRemoved();
      }}
    />
  );
}
