// "then …": one action, its kind and what it is done with.
import { Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { AutomationAction } from '#shared/domain/automation.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import type { OrderStatusId, UserId } from '#shared/domain/ids.ts';
import styles from './automations.module.css';
import { CallBackFields } from './call-back-fields.tsx';
import type { RowProblem } from './rule-draft.ts';
import { TemplateField } from './template-field.tsx';
import type { RuleChoices } from './use-rule-choices.ts';
import type { RuleWords } from './use-rule-words.ts';

export interface ActionFieldsProps {
  readonly action: AutomationAction | null;
  readonly choices: RuleChoices;
  readonly words: RuleWords;
  readonly problem: RowProblem | undefined;
  readonly fresh: boolean;
  onChange(action: AutomationAction): void;
}

type Do = AutomationAction['do'];
type ChangeRecord = Extract<AutomationAction, { do: 'changeRecord' }>;

const noStatus = '' as OrderStatusId;
const empty: { readonly [D in Do]: AutomationAction } = {
  addTag: { do: 'addTag', tag: '' },
  setOrderStatus: { do: 'setOrderStatus', statusId: noStatus },
  createOrder: { do: 'createOrder', statusId: noStatus, goods: '' },
  planCallBack: { do: 'planCallBack', afterMinutes: 60, own: false },
  createRecord: { do: 'createRecord', kind: 'lead' },
  changeRecord: { do: 'changeRecord', field: 'city', value: '' },
  assign: { do: 'assign', userId: '' as UserId },
  webhook: { do: 'webhook', url: '' },
  email: { do: 'email', to: [], subject: '', text: '' },
};
const kinds = Object.keys(empty) as Do[];
const mail = '{{record.email}}';

export function ActionFields(props: ActionFieldsProps) {
  const { action, problem, onChange } = props;
  const { t } = useTranslation('admin');
  return (
    <>
      <Select
        className={styles.what}
        aria-label={t('automations.action')}
        placeholder={t('automations.choose')}
        autoFocus={props.fresh}
        maxDropdownHeight={340}
        data={kinds.map((kind) => ({ value: kind, label: t(`automations.actionOf.${kind}`) }))}
        value={action?.do ?? null}
        error={problem?.field === 'what' && t(`automations.problem.${problem.word}`)}
        onChange={(kind) => kind !== null && kind !== action?.do && onChange(empty[kind as Do])}
      />
      {action && (
        <>
          <DoneWith {...props} action={action} />
          <p className={styles.hint}>{t(`automations.actionHint.${action.do}`)}</p>
        </>
      )}
    </>
  );
}

function DoneWith(props: ActionFieldsProps & { readonly action: AutomationAction }) {
  const { action, choices, words, problem, onChange } = props;
  const { t } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  const errorAt = (field: string) =>
    problem?.field === field ? t(`automations.problem.${problem.word}`) : undefined;
  const kindOptions = recordKind.options.map((kind) => ({ value: kind, label: tAll(`recordKind.${kind}`) }));
  const template = { fields: choices.fields, className: styles.wide };
  switch (action.do) {
    case 'setOrderStatus':
    case 'createOrder':
      return (
        <>
          <Select
            className={styles.wide}
            aria-label={t('automations.field.status')}
            placeholder={t('automations.choose')}
            data={choices.statuses.map(({ id, label }) => ({ value: id as string, label }))}
            value={action.statusId || null}
            error={errorAt('statusId')}
            onChange={(id) => id !== null && onChange({ ...action, statusId: id as OrderStatusId })}
          />
          {action.do === 'createOrder' && (
            <TemplateField
              {...template}
              className={styles.whole}
              label={t('automations.field.goods')}
              placeholder={t('automations.field.goodsPlaceholder')}
              maxLength={1_000}
              value={action.goods}
              error={errorAt('goods')}
              onChange={(goods) => onChange({ ...action, goods })}
            />
          )}
        </>
      );
    case 'planCallBack':
      return <CallBackFields action={action} error={errorAt('afterMinutes')} onChange={onChange} />;
    case 'createRecord':
      return (
        <Select
          className={styles.wide}
          aria-label={t('automations.field.kind')}
          data={kindOptions}
          value={action.kind}
          onChange={(kind) => kind !== null && onChange({ ...action, kind: kind as typeof action.kind })}
        />
      );
    case 'changeRecord':
      return (
        <>
          <Select
            className={styles.wide}
            aria-label={t('automations.field.ownField')}
            data={[
              ...['kind', 'city', 'description'],
              ...choices.fields.map(({ key }) => `fields.${key}`),
            ].map((field) => ({ value: field, label: words.recordField(field) }))}
            value={action.field}
            error={errorAt('field')}
            onChange={(field) =>
              field !== null &&
              field !== action.field &&
              onChange({
                do: 'changeRecord',
                field: field as ChangeRecord['field'],
                value: field === 'kind' ? 'customer' : '',
              })
            }
          />
          {action.field === 'kind' ? (
            <Select
              className={styles.wide}
              aria-label={t('automations.field.kind')}
              data={kindOptions}
              value={action.value}
              onChange={(value) => value !== null && onChange({ ...action, value })}
            />
          ) : (
            <TemplateField
              {...template}
              label={t('automations.field.newValue')}
              maxLength={1_000}
              value={action.value}
              error={errorAt('value')}
              onChange={(value) => onChange({ ...action, value })}
            />
          )}
        </>
      );
    case 'assign':
      return (
        <Select
          className={styles.wide}
          aria-label={t('automations.field.person')}
          placeholder={t('automations.choose')}
          searchable
          limit={50}
          data={choices.people.map(({ id, name, extension }) => ({
            value: id,
            label: `${name} (${extension})`,
          }))}
          value={action.userId || null}
          error={errorAt('userId')}
          onChange={(id) => id !== null && onChange({ ...action, userId: id as UserId })}
        />
      );
    case 'addTag':
      return (
        <TextInput
          className={styles.wide}
          aria-label={t('automations.field.tag')}
          placeholder={t('automations.field.tag')}
          maxLength={100}
          value={action.tag}
          error={errorAt('tag')}
          onChange={(event) => onChange({ ...action, tag: event.currentTarget.value })}
        />
      );
    case 'webhook':
      return (
        <TextInput
          className={styles.whole}
          aria-label={t('automations.field.url')}
          placeholder="https://"
          type="url"
          maxLength={2_000}
          value={action.url}
          error={errorAt('url')}
          onChange={(event) => onChange({ ...action, url: event.currentTarget.value.trim() })}
        />
      );
    case 'email':
      return (
        <>
          <TagsInput
            className={styles.whole}
            aria-label={t('automations.field.to')}
            placeholder={
              action.to.length === 0 ? t('automations.field.toPlaceholder', { example: mail }) : undefined
            }
            maxTags={20}
            maxLength={320}
            splitChars={[',', ';', ' ']}
            data={[mail]}
            value={[...action.to]}
            error={errorAt('to')}
            onChange={(to) => onChange({ ...action, to })}
          />
          <TemplateField
            {...template}
            className={styles.whole}
            label={t('automations.field.subject')}
            maxLength={500}
            value={action.subject}
            error={errorAt('subject')}
            onChange={(subject) => onChange({ ...action, subject })}
          />
          <TemplateField
            {...template}
            className={styles.whole}
            long
            label={t('automations.field.body')}
            maxLength={20_000}
            value={action.text}
            error={errorAt('text')}
            onChange={(text) => onChange({ ...action, text })}
          />
        </>
      );
    default:
      return assertNever(action);
  }
}
