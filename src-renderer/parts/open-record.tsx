// The way to a record's page from wherever it is named. The agent window provides it; in windows that have no record page
// there is none, and what names a record then is only text.
import { createContext, type ReactNode, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordId } from '#shared/domain/ids.ts';
import { Button } from './button.tsx';
import { IconAddressBook } from './icons.ts';

type OpenRecord = (recordId: RecordId) => void;

const OpenRecordContext = createContext<OpenRecord | null>(null);

export function OpenRecordProvider(props: { readonly open: OpenRecord; readonly children: ReactNode }) {
  return <OpenRecordContext value={props.open}>{props.children}</OpenRecordContext>;
}

/** Null where this window cannot show a record. */
export function useOpenRecord(): OpenRecord | null {
  return useContext(OpenRecordContext);
}

/** Draws nothing where there is no record, or no way to it. */
export function OpenRecordButton({ recordId }: { readonly recordId: RecordId | null }) {
  const { t } = useTranslation('records');
  const open = useOpenRecord();
  if (!open || recordId === null) return null;
  return (
    <Button icon={IconAddressBook} onClick={() => open(recordId)}>
      {t('open')}
    </Button>
  );
}
