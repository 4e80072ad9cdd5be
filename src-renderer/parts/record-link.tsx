// A record by its name, which leads to its page where the window has one. Used where a call says whom it was with.
import { useTranslation } from 'react-i18next';
import type { RecordBrief } from '#shared/domain/call-form-view.ts';
import { Button } from './button.tsx';
import { IconAddressBook } from './icons.ts';
import { useOpenRecord } from './open-record.tsx';

export function RecordLink({ record }: { readonly record: RecordBrief }) {
  const { t } = useTranslation();
  const open = useOpenRecord();
  const name = (record.name || record.number) ?? t(`recordKind.${record.kind}`);
  if (!open) return <bdi>{name}</bdi>;
  return (
    <Button tone="plain" size="small" icon={IconAddressBook} onClick={() => open(record.recordId)}>
      <bdi>{name}</bdi>
    </Button>
  );
}
