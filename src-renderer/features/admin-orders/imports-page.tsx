// Imports of orders from CSV (DIAL-11): those that were made and that run, and the drawer in which one is set and started.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderImport } from '#shared/admin/dial-up-contract.ts';
import { useAdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { AdminPage } from '../../parts/admin-page.tsx';
import { Button } from '../../parts/button.tsx';
import { ChooseImportFile } from '../../parts/choose-import-file.tsx';
import { DataTable, type TableHandle } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { GoneDrawer } from '../../parts/gone-drawer.tsx';
import { IconListNumbers, IconUpload } from '../../parts/icons.ts';
import { useDrawer } from '../../parts/use-drawer.ts';
import { useImportListColumns } from '../../parts/use-import-list-columns.tsx';
import type { UploadDoor } from '../../parts/use-upload.ts';
import { OrderImportDrawer } from './order-import-drawer.tsx';

type Choice = { readonly kind: 'choose' } | { readonly kind: 'import'; readonly id: string };

export function ImportsPage({ onLine }: { onLine(): void }) {
  const { t } = useTranslation('admin');
  const { answer: imports, refusal } = useAdminList('orderImports');
  const client = useClient();
  const lists = useAdminLists();
  const table = useRef<TableHandle>(null);
  const drawer = useDrawer<Choice>(() => table.current?.focus());
  const columns = useImportListColumns();
  const door: UploadDoor<OrderImport> = {
    begin: (file) => client.call('admin.orderImports.begin', file),
    addPiece: (piece) => client.call('admin.orderImports.addPiece', piece),
    remove: (of) => client.call('admin.orderImports.remove', of),
  };
  const { choice } = drawer;
  const chosen = choice?.kind === 'import' ? imports?.find(({ id }) => id === choice.id) : undefined;
  return (
    <AdminPage
      title={t('orders.importsTitle')}
      add={{ word: t('orders.import'), onAdd: () => drawer.open({ kind: 'choose' }) }}
      tools={
        <Button icon={IconListNumbers} onClick={onLine}>
          {t('orders.toLine')}
        </Button>
      }
      refusal={refusal}
      wideDrawer={choice?.kind === 'import'}
      onEscape={choice ? drawer.close : undefined}
      drawer={
        choice?.kind === 'choose' ? (
          <ChooseImportFile
            drawer={drawer}
            title={t('orders.importTitle')}
            lead={t('orders.importLead')}
            door={door}
            onUploaded={(made) => {
              lists.put('orderImports', (before) => [made, ...before.filter(({ id }) => id !== made.id)]);
              drawer.replace({ kind: 'import', id: made.id });
            }}
          />
        ) : chosen ? (
          <OrderImportDrawer
            key={chosen.id}
            drawer={drawer}
            shown={chosen}
            onRemoved={() => drawer.replace(null)}
          />
        ) : choice && imports ? (
          <GoneDrawer drawer={drawer} text={t('orders.importGone')} />
        ) : null
      }
    >
      {imports && (
        <DataTable
          ref={table}
          label={t('orders.importsTitle')}
          columns={columns}
          rows={imports}
          rowKey={({ id }) => id}
          chosen={chosen?.id ?? null}
          onOpen={({ id }) => drawer.open({ kind: 'import', id })}
          firstSorting={{ column: 'when', direction: 'descending' }}
          empty={
            <EmptyState
              icon={IconUpload}
              title={t('orders.importsEmptyTitle')}
              text={t('orders.importsEmpty')}
            />
          }
        />
      )}
    </AdminPage>
  );
}
