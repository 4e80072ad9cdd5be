// Imports of orders from CSV (DIAL-11), and the way back to the orders in line. The page itself is a part.
import { useTranslation } from 'react-i18next';
import type { OrderImport } from '#shared/admin/dial-up-contract.ts';
import { useAdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconListNumbers } from '../../parts/icons.ts';
import { ImportsPage } from '../../parts/imports-page.tsx';
import { OrderImportDrawer } from './order-import-drawer.tsx';

export function OrderImportsPage({ onLine }: { onLine(): void }) {
  const { t } = useTranslation('admin');
  const imports = useAdminList('orderImports');
  const client = useClient();
  const lists = useAdminLists();
  return (
    <ImportsPage<OrderImport>
      words={{
        title: t('orders.importsTitle'),
        add: t('orders.import'),
        chooseTitle: t('orders.importTitle'),
        chooseLead: t('orders.importLead'),
        gone: t('orders.importGone'),
        emptyTitle: t('orders.importsEmptyTitle'),
        empty: t('orders.importsEmpty'),
      }}
      imports={imports}
      door={{
        begin: (file) => client.call('admin.orderImports.begin', file),
        addPiece: (piece) => client.call('admin.orderImports.addPiece', piece),
        remove: (of) => client.call('admin.orderImports.remove', of),
      }}
      onUploaded={(made) =>
        lists.put('orderImports', (before) => [made, ...before.filter(({ id }) => id !== made.id)])
      }
      importDrawer={(shown, drawer, onRemoved) => (
        <OrderImportDrawer key={shown.id} drawer={drawer} shown={shown} onRemoved={onRemoved} />
      )}
      tools={() => (
        <Button icon={IconListNumbers} onClick={onLine}>
          {t('orders.toLine')}
        </Button>
      )}
    />
  );
}
