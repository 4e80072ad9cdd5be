// A new order by hand: the person is searched for among the records, then what the order is about.
import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundRecord } from '#shared/admin/records-contract.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Order } from '#shared/domain/order.ts';
import { recordName } from '#shared/domain/record.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { Drawer, DrawerSection, FieldPair } from '../../parts/drawer.tsx';
import { useFieldErrors } from '../../parts/field-errors.ts';
import { Notice } from '../../parts/notice.tsx';
import { OrderStatusSelect } from '../../parts/order-status-select.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { FindPerson } from './find-person.tsx';
import { contentOf, emptyOrder, isFine, type OrderDraft, problemsOf } from './order-draft.ts';
import styles from './orders.module.css';
import { useOrderFields } from './use-order-fields.ts';

export interface AddOrderProps {
  readonly drawer: DrawerControl;
  onAdded(order: Order): void;
}

type Field = 'externalId' | 'timeZone' | 'statusId';
const fieldOf: Readonly<Record<string, Field>> = {
  externalIdTaken: 'externalId',
  timeZoneUnknown: 'timeZone',
  noSuchStatus: 'statusId',
};

export function AddOrder({ drawer, onAdded }: AddOrderProps) {
  const { t } = useTranslation('admin');
  const projects = useAdminList('projects').answer ?? [];
  const command = useCommand('admin.orders.add');
  const [person, setPerson] = useState<FoundRecord | null>(null);
  const [draft, setDraft] = useState<OrderDraft>(() => ({
    ...emptyOrder,
    projectId: projects.length === 1 ? (projects[0]?.id ?? null) : null,
  }));
  const [tried, setTried] = useState(false);
  const defined = useOrderFields(draft.projectId);
  const problems = problemsOf(draft, defined);
  const fine = person !== null && isFine(problems);
  const errors = useFieldErrors<Field>(command.refusal, fieldOf, {
    statusId: tried && problems.statusMissing ? t('orders.statusMissing') : undefined,
  });
  const set = (part: Partial<OrderDraft>) => {
    setDraft({ ...draft, ...part });
    command.forget();
  };
  const save = async () => {
    setTried(true);
    const { projectId, statusId } = draft;
    if (!fine || projectId === null || statusId === null) return;
    const order = await command.run({ content: contentOf(draft, person.id, projectId, statusId, defined) });
    if (order) onAdded(order);
  };
  const text = (field: 'goods' | 'delivery' | 'externalId' | 'timeZone') => ({
    label: t(`orders.${field}`),
    value: draft[field],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [field]: event.currentTarget.value }),
  });
  return (
    <Drawer
      drawer={drawer}
      title={t('orders.addTitle')}
      about={t('orders.addAbout')}
      typed={person !== null || draft.goods !== '' || draft.statusId !== null}
      saveWord={t('drawer.create')}
      running={command.running}
      refusal={errors.elsewhere}
      onSave={() => void save()}
    >
      {person ? (
        <div className={styles.person}>
          <div className={styles.personWords}>
            <div className={styles.name}>{recordName(person) || t('orders.noName')}</div>
            <div className={styles.personAbout}>{t('orders.person')}</div>
          </div>
          <Button size="small" onClick={() => setPerson(null)}>
            {t('orders.personOther')}
          </Button>
        </div>
      ) : (
        <FindPerson
          error={tried ? t('orders.personMissing') : undefined}
          onChosen={(record) => setPerson(record)}
        />
      )}
      <FieldPair>
        <Select
          label={t('orders.filter.project')}
          placeholder={t('orders.choose')}
          allowDeselect={false}
          searchable={projects.length > 8}
          data={projects.map(({ id, settings }) => ({ value: String(id), label: settings.name }))}
          value={draft.projectId}
          error={tried && problems.projectMissing && t('orders.projectMissing')}
          onChange={(id) => set({ projectId: id as ProjectId | null, fields: {} })}
        />
        <OrderStatusSelect
          label={t('orders.status')}
          placeholder={t('orders.choose')}
          value={draft.statusId}
          error={errors.at('statusId')}
          onChange={(statusId) => set({ statusId })}
        />
      </FieldPair>
      <Textarea {...text('goods')} autosize minRows={2} maxRows={6} maxLength={10_000} />
      <FieldPair>
        <TextInput
          label={t('orders.sum')}
          description={t('orders.sumHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          classNames={{ input: 'oh-figures' }}
          inputMode="decimal"
          maxLength={30}
          value={draft.sum}
          error={problems.sum ? t('orders.sumMalformed') : undefined}
          onChange={(event) => set({ sum: event.currentTarget.value })}
        />
        <TextInput
          label={t('orders.currency')}
          description={t('orders.currencyHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={3}
          value={draft.currency}
          error={tried && problems.currency ? t('orders.currencyMalformed') : undefined}
          onChange={(event) => set({ currency: event.currentTarget.value })}
        />
      </FieldPair>
      <Textarea {...text('delivery')} autosize minRows={2} maxRows={6} maxLength={10_000} />
      <FieldPair>
        <TextInput {...text('externalId')} maxLength={200} error={errors.at('externalId')} />
        <TextInput
          {...text('timeZone')}
          description={t('orders.timeZoneHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={100}
          error={errors.at('timeZone')}
        />
      </FieldPair>
      {defined.length > 0 && (
        <DrawerSection title={t('orders.groups.own')}>
          {defined.map((field) => {
            const problem = problems.fields.get(field.key);
            return (
              <OwnField
                key={field.key}
                field={field}
                value={draft.fields[field.key] ?? ''}
                error={
                  problem && (tried || problem === 'fieldMalformed') ? t(`orders.${problem}`) : undefined
                }
                onChange={(value) => set({ fields: { ...draft.fields, [field.key]: value } })}
              />
            );
          })}
        </DrawerSection>
      )}
      {tried && !fine && <Notice tone="bad">{t('listEditor.inTheWay')}</Notice>}
    </Drawer>
  );
}

interface OwnFieldProps {
  readonly field: CustomField;
  readonly value: string;
  readonly error: string | undefined;
  onChange(value: string): void;
}

function OwnField({ field, value, error, onChange }: OwnFieldProps) {
  const { t } = useTranslation('admin');
  const shared = { label: field.label, value, error, withAsterisk: field.required };
  if (field.type === 'choice' || field.type === 'yesNo') {
    const data =
      field.type === 'choice'
        ? field.choices
        : [
            { value: 'yes', label: t('common.yes') },
            { value: 'no', label: t('common.no') },
          ];
    return (
      <Select
        {...shared}
        value={value || null}
        clearable
        data={data}
        onChange={(next) => onChange(next ?? '')}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      type={field.type === 'date' ? 'date' : 'text'}
      inputMode={field.type === 'number' ? 'decimal' : 'text'}
      maxLength={1000}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
