// Records as files and for good: imports from CSV that were made and that run, and drawers to import, to export, and to
// erase one. Looking at records and changing them is the agent window's.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAdminList } from '../../client/admin-lists.ts';
import { AdminPage } from '../../parts/admin-page.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { DataTable, type TableHandle } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { GoneDrawer } from '../../parts/gone-drawer.tsx';
import { IconDownload, IconTrash, IconUpload } from '../../parts/icons.ts';
import { useDrawer } from '../../parts/use-drawer.ts';
import { ChooseFile } from './choose-file.tsx';
import { EraseRecord } from './erase-record.tsx';
import { ExportRecords } from './export-records.tsx';
import { ImportDrawer } from './import-drawer.tsx';
import { useImportColumns } from './use-import-columns.tsx';

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
  const columns = useImportColumns();
  const { choice } = drawer;
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
          <ChooseFile drawer={drawer} onUploaded={(id) => drawer.replace({ kind: 'import', id })} />
        ) : choice?.kind === 'export' ? (
          <ExportRecords drawer={drawer} />
        ) : choice?.kind === 'erase' ? (
          <EraseRecord drawer={drawer} />
        ) : choice && chosen ? (
          <ImportDrawer
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
