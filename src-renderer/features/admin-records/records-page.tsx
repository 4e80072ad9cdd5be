// Records as files and for good: their imports from CSV, and drawers to export them and to erase one. Looking at records
// and changing them is the agent window's. The page of imports itself is a part.
import { useTranslation } from 'react-i18next';
import type { RecordImport } from '#shared/admin/records-contract.ts';
import { useAdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { IconDownload, IconTrash } from '../../parts/icons.ts';
import { ImportsPage } from '../../parts/imports-page.tsx';
import { EraseRecord } from './erase-record.tsx';
import { ExportRecords } from './export-records.tsx';
import { RecordImportDrawer } from './import-drawer.tsx';

export function RecordsPage() {
  const { t } = useTranslation('admin');
  const imports = useAdminList('records');
  const readOnly = useReadOnly();
  const client = useClient();
  const lists = useAdminLists();
  return (
    <ImportsPage<RecordImport, 'export' | 'erase'>
      words={{
        title: t('nav.records'),
        add: t('records.import'),
        chooseTitle: t('records.importTitle'),
        chooseLead: t('records.importLead'),
        gone: t('records.goneText'),
        emptyTitle: t('records.emptyTitle'),
        empty: t('records.empty'),
      }}
      imports={imports}
      door={{
        begin: (file) => client.call('admin.recordImports.begin', file),
        addPiece: (piece) => client.call('admin.recordImports.addPiece', piece),
        remove: (of) => client.call('admin.recordImports.remove', of),
      }}
      onUploaded={(made) =>
        lists.put('records', (before) => [made, ...before.filter(({ id }) => id !== made.id)])
      }
      importDrawer={(shown, drawer, onRemoved) => (
        <RecordImportDrawer key={shown.id} drawer={drawer} shown={shown} onRemoved={onRemoved} />
      )}
      tools={(open) => (
        <>
          <Button icon={IconTrash} disabled={readOnly} onClick={() => open('erase')}>
            {t('records.erase')}
          </Button>
          <Button icon={IconDownload} disabled={readOnly} onClick={() => open('export')}>
            {t('records.export')}
          </Button>
        </>
      )}
      otherDrawer={(other, drawer) =>
        other === 'export' ? <ExportRecords drawer={drawer} /> : <EraseRecord drawer={drawer} />
      }
    />
  );
}
