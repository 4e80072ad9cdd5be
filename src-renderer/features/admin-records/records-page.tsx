// Records as files and for good: imports from CSV that were made and that run, and drawers to import, to export, and to
// erase one. Looking at records and changing them is the agent window's.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordImport } from '#shared/admin/records-contract.ts';
import { useAdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { AdminPage } from '../../parts/admin-page.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { ChooseImportFile } from '../../parts/choose-import-file.tsx';
import { DataTable, type TableHandle } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { GoneDrawer } from '../../parts/gone-drawer.tsx';
import { IconDownload, IconTrash, IconUpload } from '../../parts/icons.ts';
import { useDrawer } from '../../parts/use-drawer.ts';
import { useImportListColumns } from '../../parts/use-import-list-columns.tsx';
import type { UploadDoor } from '../../parts/use-upload.ts';
import { EraseRecord } from './erase-record.tsx';
import { ExportRecords } from './export-records.tsx';
import { RecordImportDrawer } from './import-drawer.tsx';

type Choice =
  | { readonly kind: 'choose' }
  | { readonly kind: 'import'; readonly id: string }
  | { readonly kind: 'export' }
  | { readonly kind: 'erase' };

export function RecordsPage() {
  const { t } = useTranslation('admin');
  const { answer: imports, refusal } = useAdminList('records');
  const readOnly = useReadOnly();
  const table = useRef<TableHandle>(null);
  const drawer = useDrawer<Choice>(() => table.current?.focus());
  const columns = useImportListColumns();
  const { choice } = drawer;
  const client = useClient();
  const lists = useAdminLists();
  const door: UploadDoor<RecordImport> = {
    begin: (file) => client.call('admin.recordImports.begin', file),
    addPiece: (piece) => client.call('admin.recordImports.addPiece', piece),
    remove: (of) => client.call('admin.recordImports.remove', of),
  };
  const chosen = choice?.kind === 'import' ? imports?.find(({ id }) => id === choice.id) : undefined;
  return (
    <AdminPage
      title={t('nav.records')}
      add={{ word: t('records.import'), onAdd: () => drawer.open({ kind: 'choose' }) }}
      tools={
        <>
          <Button icon={IconTrash} disabled={readOnly} onClick={() => drawer.open({ kind: 'erase' })}>
            {t('records.erase')}
          </Button>
          <Button icon={IconDownload} disabled={readOnly} onClick={() => drawer.open({ kind: 'export' })}>
            {t('records.export')}
          </Button>
        </>
      }
      refusal={refusal}
      wideDrawer={choice?.kind === 'import'}
      onEscape={choice ? drawer.close : undefined}
      drawer={
        choice?.kind === 'choose' ? (
          <ChooseImportFile
            drawer={drawer}
            title={t('records.importTitle')}
            lead={t('records.importLead')}
            door={door}
            onUploaded={(made) => {
              lists.put('records', (before) => [made, ...before.filter(({ id }) => id !== made.id)]);
              drawer.replace({ kind: 'import', id: made.id });
            }}
          />
        ) : choice?.kind === 'export' ? (
          <ExportRecords drawer={drawer} />
        ) : choice?.kind === 'erase' ? (
          <EraseRecord drawer={drawer} />
        ) : choice && chosen ? (
          <RecordImportDrawer
            key={chosen.id}
            drawer={drawer}
            shown={chosen}
            onRemoved={() => drawer.replace(null)}
          />
        ) : choice && imports ? (
          <GoneDrawer drawer={drawer} text={t('records.goneText')} />
        ) : null
      }
    >
      {imports && (
        <DataTable
          ref={table}
          label={t('nav.records')}
          columns={columns}
          rows={imports}
          rowKey={({ id }) => id}
          chosen={chosen?.id ?? null}
          onOpen={({ id }) => drawer.open({ kind: 'import', id })}
          firstSorting={{ column: 'when', direction: 'descending' }}
          empty={<EmptyState icon={IconUpload} title={t('records.emptyTitle')} text={t('records.empty')} />}
        />
      )}
    </AdminPage>
  );
}
