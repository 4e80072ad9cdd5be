// The columns of a file of records, and what each can be of a record.
import { useTranslation } from 'react-i18next';
import { type ImportTarget, importTarget } from '#shared/admin/records-contract.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { ImportColumns } from '../../parts/import-columns.tsx';
import { targetsTwice } from '../../parts/import-targets.ts';
import { mayRepeat, targetGroups, targetWord } from './import-targets.ts';

export interface RecordColumnsProps {
  readonly header: readonly string[];
  readonly firstRows: readonly (readonly string[])[];
  readonly columns: readonly (ImportTarget | null)[];
  readonly ownFields: readonly CustomField[];
  onChange(place: number, target: ImportTarget | null): void;
}

export function RecordColumns({ ownFields, ...rest }: RecordColumnsProps) {
  const { t } = useTranslation('admin');
  const own = ownFields.map(({ key, label }) => ({ value: `fields.${key}`, label }));
  const choices = [
    ...targetGroups.map(({ group, targets }) => ({
      group: t(`records.groups.${group}`),
      items: targets.map((target) => ({
        value: target,
        label: t(`records.targets.${targetWord(target)}`),
      })),
    })),
    ...(own.length > 0 ? [{ group: t('records.groups.own'), items: own }] : []),
  ];
  return (
    <ImportColumns
      {...rest}
      choices={choices}
      twice={targetsTwice(rest.columns, mayRepeat)}
      parse={(value) => importTarget.parse(value)}
    />
  );
}
