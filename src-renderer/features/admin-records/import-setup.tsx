// An import before it starts: what each column is, beside its first values, what new records get, and what is wrong by row.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportProblem, ImportTarget, RecordImport } from '#shared/admin/records-contract.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { DrawerSection, FieldPair } from '../../parts/drawer.tsx';
import { Notice } from '../../parts/notice.tsx';
import { ImportColumns } from './import-columns.tsx';
import styles from './records.module.css';
import type { ImportDraft } from './use-import-draft.ts';

export function ImportSetup({ shown, draft }: { readonly shown: RecordImport; readonly draft: ImportDraft }) {
  const { t } = useTranslation('admin');
  const { preview, settings } = draft;
  if (!settings || !preview)
    return draft.refusal === null ? (
      <p className={styles.quiet} role="status">
        {t('records.looking')}
      </p>
    ) : null;
  const hasColumn = settings.columns.some((target: ImportTarget | null) => target !== null);
  return (
    <>
      <Verdict shown={shown} draft={draft} hasColumn={hasColumn} />
      <DrawerSection title={t('records.columnsTitle')} hint={t('records.columnsHint')}>
        <ImportColumns
          header={shown.header}
          firstRows={preview.firstRows}
          columns={settings.columns}
          ownFields={draft.ownFields}
          onChange={draft.setColumn}
        />
      </DrawerSection>
      <Defaults draft={draft} settings={settings} />
      {preview.problems.length > 0 && <Problems problems={preview.problems} badRows={preview.badRows} />}
    </>
  );
}

function Verdict(props: {
  readonly shown: RecordImport;
  readonly draft: ImportDraft;
  readonly hasColumn: boolean;
}) {
  const { t } = useTranslation('admin');
  const badRows = props.draft.preview?.badRows ?? 0;
  if (!props.hasColumn) return <Notice tone="warn">{t('records.noColumn')}</Notice>;
  if (props.draft.looking) return <Notice>{t('records.looking')}</Notice>;
  if (badRows === 0) return <Notice>{t('records.allGood')}</Notice>;
  if (badRows === props.shown.rows) return <Notice tone="bad">{t('records.allBad')}</Notice>;
  return <Notice tone="warn">{t('records.badRows', { count: badRows })}</Notice>;
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

interface ProblemsProps {
  readonly problems: readonly ImportProblem[];
  readonly badRows: number;
}

function Problems({ problems, badRows }: ProblemsProps) {
  const { t, i18n } = useTranslation('admin');
  const rows = problems.map((problem, index) => ({ ...problem, key: String(index) }));
  const textOf = ({ reason, message }: ImportProblem): string => {
    // The hub's own words where a newer one knows a reason that we do not.
    const text: unknown = i18n.getResource(i18n.language, 'admin', `importProblem.${reason}`);
    return typeof text === 'string' ? text : message;
  };
  const columns: readonly Column<(typeof rows)[number]>[] = [
    {
      key: 'row',
      title: t('records.row'),
      leastPx: 72,
      share: 0,
      cell: ({ row }) => <span className="oh-figures">{row}</span>,
    },
    {
      key: 'column',
      title: t('records.column'),
      leastPx: 112,
      share: 0,
      cell: ({ column }) => <span title={column ?? undefined}>{column ?? t('records.wholeRow')}</span>,
    },
    {
      key: 'problem',
      title: t('records.problem'),
      leastPx: 160,
      share: 1,
      cell: (problem) => <span title={textOf(problem)}>{textOf(problem)}</span>,
    },
  ];
  return (
    <DrawerSection
      title={t('records.problemList')}
      hint={badRows > rows.length ? t('records.firstProblems', { count: rows.length }) : undefined}
    >
      <div className={styles.problems} data-few={rows.length < 7 || undefined}>
        <DataTable
          label={t('records.problemList')}
          columns={columns}
          rows={rows}
          rowKey={({ key }) => key}
          chosen={null}
          onOpen={() => undefined}
          firstSorting={null}
          empty={null}
        />
      </div>
    </DrawerSection>
  );
}
