// Import and export, beside the button that adds.
import { useTranslation } from 'react-i18next';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { IconDownload, IconUpload } from '../../parts/icons.ts';
import type { UserFiles } from './export-users.tsx';

export function UserTools({ files, onImport }: { readonly files: UserFiles; onImport(): void }) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  return (
    <>
      <Button icon={IconUpload} disabled={readOnly} onClick={onImport}>
        {t('csv.import')}
      </Button>
      <Button icon={IconDownload} disabled={readOnly || files.running} onClick={() => void files.exportAll()}>
        {t('csv.export')}
      </Button>
    </>
  );
}
