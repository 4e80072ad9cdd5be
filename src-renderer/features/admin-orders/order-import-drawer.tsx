// One import of orders: project, status and columns before it starts; then how far it is and what became of it.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type OrderImport, orderImportTarget } from '#shared/admin/dial-up-contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useAdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { DrawerSection, FieldPair } from '../../parts/drawer.tsx';
import { ImportColumns } from '../../parts/import-columns.tsx';
import { ImportDrawer } from '../../parts/import-drawer.tsx';
import { ImportProblemList } from '../../parts/import-problems.tsx';
import { targetsTwice } from '../../parts/import-targets.ts';
import { ImportLooking, ImportVerdict } from '../../parts/import-verdict.tsx';
import { Notice } from '../../parts/notice.tsx';
import { OrderStatusSelect } from '../../parts/order-status-select.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { targetGroups } from './order-import-targets.ts';
import { type OrderImportDraft, useOrderImportDraft } from './use-order-import-draft.ts';

export interface OrderImportDrawerProps {
  readonly drawer: DrawerControl;
  readonly shown: OrderImport;
  onRemoved(): void;
}

export function OrderImportDrawer({ drawer, shown, onRemoved }: OrderImportDrawerProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const start = useCommand('admin.orderImports.start');
  const remove = useCommand('admin.orderImports.remove');
  const problems = useCommand('admin.orderImports.problems');
  const draft = useOrderImportDraft(shown);
  const isToBe = shown.state === 'uploaded';
  const settings = isToBe ? draft.settings : shown.settings;
  const go = async () => {
    if (!settings) return;
    const begun = await start.run({ id: shown.id, settings });
    if (begun) {
      lists.put('orderImports', (before) => before.map((each) => (each.id === begun.id ? begun : each)));
    }
  };
  return (
    <ImportDrawer
      drawer={drawer}
      shown={shown}
      setup={<Setup shown={shown} draft={draft} />}
      ready={settings !== null && (!isToBe || draft.ready)}
      badRows={draft.preview?.badRows ?? 0}
      starting={start.running}
      refusal={start.refusal ?? (isToBe ? draft.refusal : null)}
      onStart={() => void go()}
      doneText={t('orders.importDone')}
      problems={problems}
      remove={remove}
      removeDoneHint={t('orders.importRemoveHint')}
      onRemoved={() => {
        lists.put('orderImports', (before) => before.filter(({ id }) => id !== shown.id));
        onRemoved();
      }}
    />
  );
}

function Setup({ shown, draft }: { readonly shown: OrderImport; readonly draft: OrderImportDraft }) {
  const { t } = useTranslation('admin');
  const { preview, columns, settings } = draft;
  if (!preview || !columns) return draft.refusal === null ? <ImportLooking /> : null;
  return (
    <>
      {settings === null ? (
        <Notice>{t('orders.importNeeds')}</Notice>
      ) : (
        <ImportVerdict
          rows={shown.rows}
          badRows={preview.badRows}
          looking={draft.looking}
          hasColumn={columns.some((target) => target !== null)}
        />
      )}
      <Defaults draft={draft} />
      <DrawerSection title={t('csvImport.columnsTitle')} hint={t('orders.importColumnsHint')}>
        <Columns shown={shown} firstRows={preview.firstRows} columns={columns} draft={draft} />
      </DrawerSection>
      {settings !== null && <ImportProblemList problems={preview.problems} badRows={preview.badRows} />}
    </>
  );
}

function Defaults({ draft }: { readonly draft: OrderImportDraft }) {
  const { t, i18n } = useTranslation('admin');
  const projects = useAdminList('projects').answer ?? [];
  const { compare } = new Intl.Collator(i18n.language, { numeric: true });
  return (
    <DrawerSection title={t('orders.importDefaults')}>
      <FieldPair>
        <Select
          label={t('orders.importProject')}
          placeholder={t('orders.choose')}
          searchable={projects.length > 8}
          allowDeselect={false}
          data={projects
            .map(({ id, settings }) => ({ value: String(id), label: settings.name }))
            .sort((a, b) => compare(a.label, b.label))}
          value={draft.projectId}
          onChange={(value) => draft.set({ projectId: value as ProjectId | null })}
        />
        <OrderStatusSelect
          label={t('orders.importStatus')}
          placeholder={t('orders.choose')}
          value={draft.statusId}
          onChange={(statusId) => draft.set({ statusId })}
        />
      </FieldPair>
    </DrawerSection>
  );
}

interface ColumnsProps {
  readonly shown: OrderImport;
  readonly firstRows: readonly (readonly string[])[];
  readonly columns: NonNullable<OrderImportDraft['columns']>;
  readonly draft: OrderImportDraft;
}

function Columns({ shown, firstRows, columns, draft }: ColumnsProps) {
  const { t } = useTranslation('admin');
  const own = draft.ownFields.map(({ key, label }) => ({ value: `fields.${key}`, label }));
  const choices = [
    ...targetGroups.map(({ group, targets }) => ({
      group: t(`orders.groups.${group}`),
      items: targets.map((target) => ({ value: target as string, label: t(`orders.targets.${target}`) })),
    })),
    ...(own.length > 0 ? [{ group: t('orders.groups.own'), items: own }] : []),
  ];
  return (
    <ImportColumns
      header={shown.header}
      firstRows={firstRows}
      columns={columns}
      choices={choices}
      twice={targetsTwice(columns)}
      parse={(value) => orderImportTarget.parse(value)}
      onChange={draft.setColumn}
    />
  );
}
