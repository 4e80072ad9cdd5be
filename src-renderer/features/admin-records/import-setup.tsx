// An import before it starts: what each column is, beside its first values, what new records get, and what is wrong by row.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportTarget, RecordImport } from '#shared/admin/records-contract.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { DrawerSection, FieldPair } from '../../parts/drawer.tsx';
import { ImportProblemList } from '../../parts/import-problems.tsx';
import { ImportLooking, ImportVerdict } from '../../parts/import-verdict.tsx';
import { RecordColumns } from './import-columns.tsx';
import type { ImportDraft } from './use-import-draft.ts';

export function ImportSetup({ shown, draft }: { readonly shown: RecordImport; readonly draft: ImportDraft }) {
  const { t } = useTranslation('admin');
  const { preview, settings } = draft;
  if (!settings || !preview) return draft.refusal === null ? <ImportLooking /> : null;
  const hasColumn = settings.columns.some((target: ImportTarget | null) => target !== null);
  return (
    <>
      <ImportVerdict
        rows={shown.rows}
        badRows={preview.badRows}
        looking={draft.looking}
        hasColumn={hasColumn}
      />
      <DrawerSection title={t('csvImport.columnsTitle')} hint={t('records.columnsHint')}>
        <RecordColumns
          header={shown.header}
          firstRows={preview.firstRows}
          columns={settings.columns}
          ownFields={draft.ownFields}
          onChange={draft.setColumn}
        />
      </DrawerSection>
      <Defaults draft={draft} settings={settings} />
      <ImportProblemList problems={preview.problems} badRows={preview.badRows} />
    </>
  );
}

const none = 'none';

function Defaults({
  draft,
  settings,
}: {
  readonly draft: ImportDraft;
  readonly settings: NonNullable<ImportDraft['settings']>;
}) {
  const { t } = useTranslation('admin');
  const { t: tAll, i18n } = useTranslation();
  const projects = useAdminList('projects').answer ?? [];
  const users = useAdminList('users').answer ?? [];
  const { compare } = new Intl.Collator(i18n.language, { numeric: true });
  const byLabel = (a: { label: string }, b: { label: string }) => compare(a.label, b.label);
  return (
    <DrawerSection title={t('records.defaultsTitle')}>
      <FieldPair>
        <Select
          label={t('records.project')}
          searchable={projects.length > 8}
          allowDeselect={false}
          data={[
            { value: none, label: t('records.everybody') },
            ...projects
              .map(({ id, settings: { name } }) => ({ value: String(id), label: name }))
              .sort(byLabel),
          ]}
          value={settings.projectId ?? none}
          onChange={(value) => draft.set({ projectId: value === none ? null : (value as ProjectId) })}
        />
        <Select
          label={t('records.kind')}
          allowDeselect={false}
          data={recordKind.options.map((kind) => ({ value: kind, label: tAll(`recordKind.${kind}`) }))}
          value={settings.kind}
          onChange={(value) => draft.set({ kind: recordKind.parse(value) })}
        />
      </FieldPair>
      <Select
        label={t('records.owner')}
        searchable
        limit={50}
        allowDeselect={false}
        data={[
          { value: none, label: t('records.nobody') },
          ...users
            .map(({ userId, firstName, lastName }) => ({
              value: String(userId),
              label: `${firstName} ${lastName}`.trim(),
            }))
            .sort(byLabel),
        ]}
        value={settings.ownerId ?? none}
        onChange={(value) => draft.set({ ownerId: value === none ? null : (value as UserId) })}
      />
    </DrawerSection>
  );
}
