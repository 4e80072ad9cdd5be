// "and if …": one condition, its kind and what it is compared with.
import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { AutomationCondition } from '#shared/domain/automation.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { callOutcome, direction } from '#shared/domain/call-view.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { CustomValue } from '#shared/domain/record.ts';
import styles from './automations.module.css';
import { NumberField } from './number-field.tsx';
import type { RowProblem } from './rule-draft.ts';
import { SomeOf } from './some-of.tsx';
import type { RuleChoices } from './use-rule-choices.ts';

export interface ConditionFieldsProps {
  readonly condition: AutomationCondition | null;
  readonly choices: RuleChoices;
  readonly problem: RowProblem | undefined;
  /** Just added: its kind has the keyboard. */
  readonly fresh: boolean;
  onChange(condition: AutomationCondition): void;
}

type Field = AutomationCondition['field'];

const empty: { readonly [F in Field]: AutomationCondition } = {
  direction: { field: 'direction', is: 'inbound' },
  callOutcome: { field: 'callOutcome', is: [] },
  recordKind: { field: 'recordKind', is: [] },
  hasRecord: { field: 'hasRecord', is: true },
  tag: { field: 'tag', has: true, tag: '' },
  orderStatus: { field: 'orderStatus', is: [] },
  note: { field: 'note', contains: '' },
  talkedAtLeast: { field: 'talkedAtLeast', seconds: 30 },
  agent: { field: 'agent', is: [] },
  recordField: { field: 'recordField', key: '', is: '' },
};
const fields = Object.keys(empty) as Field[];

export function ConditionFields(props: ConditionFieldsProps) {
  const { condition, problem, onChange } = props;
  const { t } = useTranslation('admin');
  return (
    <>
      <Select
        className={styles.what}
        aria-label={t('automations.condition')}
        placeholder={t('automations.choose')}
        autoFocus={props.fresh}
        data={fields.map((field) => ({ value: field, label: t(`automations.conditionOf.${field}`) }))}
        value={condition?.field ?? null}
        error={problem?.field === 'what' && t(`automations.problem.${problem.word}`)}
        onChange={(field) => field !== null && field !== condition?.field && onChange(empty[field as Field])}
      />
      {condition && <ComparedWith {...props} condition={condition} />}
    </>
  );
}

function ComparedWith(props: ConditionFieldsProps & { readonly condition: AutomationCondition }) {
  const { condition, choices, problem, onChange } = props;
  const { t } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  const error = problem && problem.field !== 'what' ? t(`automations.problem.${problem.word}`) : undefined;
  switch (condition.field) {
    case 'direction':
      return (
        <Select
          className={styles.wide}
          aria-label={t('automations.field.direction')}
          data={direction.options.map((each) => ({ value: each, label: t(`automations.direction.${each}`) }))}
          value={condition.is}
          onChange={(is) => is !== null && onChange({ ...condition, is: is as typeof condition.is })}
        />
      );
    case 'callOutcome':
      return (
        <SomeOf
          className={styles.wide}
          label={t('automations.field.outcomes')}
          anyText={t('automations.choose')}
          options={callOutcome.options.map((each) => ({ value: each, label: tAll(`outcome.${each}`) }))}
          chosen={condition.is}
          error={error}
          onChange={(is) => onChange({ ...condition, is })}
        />
      );
    case 'recordKind':
      return (
        <SomeOf
          className={styles.wide}
          label={t('automations.field.kinds')}
          anyText={t('automations.choose')}
          options={recordKind.options.map((kind) => ({ value: kind, label: tAll(`recordKind.${kind}`) }))}
          chosen={condition.is}
          error={error}
          onChange={(is) => onChange({ ...condition, is })}
        />
      );
    case 'hasRecord':
      return (
        <YesNo
          label={t('automations.field.record')}
          yes={t('automations.hasRecord.yes')}
          no={t('automations.hasRecord.no')}
          value={condition.is}
          onChange={(is) => onChange({ ...condition, is })}
        />
      );
    case 'tag':
      return (
        <>
          <YesNo
            label={t('automations.field.has')}
            yes={t('automations.hasTag.yes')}
            no={t('automations.hasTag.no')}
            value={condition.has}
            onChange={(has) => onChange({ ...condition, has })}
          />
          <TextInput
            className={styles.wide}
            aria-label={t('automations.field.tag')}
            placeholder={t('automations.field.tag')}
            maxLength={100}
            value={condition.tag}
            error={error}
            onChange={(event) => onChange({ ...condition, tag: event.currentTarget.value })}
          />
        </>
      );
    case 'orderStatus':
      return (
        <SomeOf
          className={styles.wide}
          label={t('automations.field.statuses')}
          anyText={t('automations.choose')}
          options={choices.statuses.map(({ id, label }) => ({ value: id, label }))}
          chosen={condition.is}
          error={error}
          onChange={(is) => onChange({ ...condition, is })}
        />
      );
    case 'note':
      return (
        <TextInput
          className={styles.wide}
          aria-label={t('automations.field.text')}
          placeholder={t('automations.field.text')}
          maxLength={200}
          value={condition.contains}
          error={error}
          onChange={(event) => onChange({ ...condition, contains: event.currentTarget.value })}
        />
      );
    case 'talkedAtLeast':
      return (
        <NumberField
          label={t('automations.field.seconds')}
          unit={t('automations.field.seconds')}
          value={condition.seconds}
          error={error}
          onChange={(seconds) => onChange({ ...condition, seconds })}
        />
      );
    case 'agent':
      return (
        <SomeOf<UserId>
          className={styles.wide}
          label={t('automations.field.agents')}
          anyText={t('automations.choose')}
          options={choices.people.map(({ id, name }) => ({ value: id as UserId, label: name }))}
          chosen={condition.is}
          error={error}
          onChange={(is) => onChange({ ...condition, is })}
        />
      );
    case 'recordField':
      return (
        <>
          <Select
            className={styles.wide}
            aria-label={t('automations.field.ownField')}
            placeholder={t('automations.choose')}
            data={choices.fields.map(({ key, label }) => ({ value: key, label }))}
            value={condition.key || null}
            error={problem?.field === 'key' && error}
            onChange={(key) => {
              const field = choices.fields.find((each) => each.key === key);
              if (field) onChange({ field: 'recordField', key: field.key, is: firstValueOf(field) });
            }}
          />
          <OwnValue
            field={choices.fields.find(({ key }) => key === condition.key)}
            value={condition.is}
            error={problem?.field === 'is' ? error : undefined}
            onChange={(is) => onChange({ ...condition, is })}
          />
        </>
      );
    default:
      return assertNever(condition);
  }
}

function firstValueOf({ type, choices }: CustomField): CustomValue {
  if (type === 'yesNo') return true;
  if (type === 'number') return 0;
  return type === 'choice' ? (choices[0] ?? '') : '';
}

interface OwnValueProps {
  /** Undefined until one is chosen, and where it is not there any more. */
  readonly field: CustomField | undefined;
  readonly value: CustomValue;
  readonly error: string | undefined;
  onChange(value: CustomValue): void;
}

function OwnValue({ field, value, error, onChange }: OwnValueProps) {
  const { t } = useTranslation('admin');
  const label = t('automations.field.value');
  if (field?.type === 'yesNo') {
    return (
      <YesNo
        label={label}
        yes={t('common.yes')}
        no={t('common.no')}
        value={value === true}
        onChange={onChange}
      />
    );
  }
  if (field?.type === 'number') {
    return <NumberField label={label} value={Number(value)} error={error} onChange={onChange} />;
  }
  if (field?.type === 'choice') {
    return (
      <Select
        className={styles.wide}
        aria-label={label}
        data={[...field.choices]}
        value={String(value)}
        onChange={(chosen) => chosen !== null && onChange(chosen)}
      />
    );
  }
  return (
    <TextInput
      className={styles.wide}
      aria-label={label}
      placeholder={label}
      type={field?.type === 'date' ? 'date' : 'text'}
      maxLength={1_000}
      value={String(value)}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export interface YesNoProps {
  readonly label: string;
  readonly yes: string;
  readonly no: string;
  readonly value: boolean;
  onChange(value: boolean): void;
}

export function YesNo({ label, yes, no, value, onChange }: YesNoProps) {
  return (
    <Select
      className={styles.wide}
      aria-label={label}
      data={[
        { value: 'yes', label: yes },
        { value: 'no', label: no },
      ]}
      value={value ? 'yes' : 'no'}
      onChange={(chosen) => chosen !== null && onChange(chosen === 'yes')}
    />
  );
}
