// One rule, new or as it is: it reads as sentences, is tried out beside them before it is saved, and is saved as a whole.
// Where two supervisors edit it at the same time, the second decides what both have changed.
import { Switch, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { AutomationRule } from '#shared/domain/automation.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { EditorPage, EditorPreview, EditorSection } from '../../parts/editor-page.tsx';
import { useUnsaved } from '../../parts/unsaved.ts';
import { useEdit } from '../../parts/use-edit.ts';
import { ActionFields } from './action-fields.tsx';
import styles from './automations.module.css';
import { ConditionFields } from './condition-fields.tsx';
import { EditorHead } from './editor-head.tsx';
import { RemoveRule } from './remove-rule.tsx';
import * as drafts from './rule-draft.ts';
import { RuleRows } from './rule-rows.tsx';
import { Sentence } from './sentence.tsx';
import { TriggerLine } from './trigger-line.tsx';
import { TryOut } from './try-out.tsx';
import type { RuleChoices } from './use-rule-choices.ts';
import { useRuleWords } from './use-rule-words.ts';
import { RenewSecret, ShownSecret } from './webhook-secret.tsx';

export interface RuleEditorProps {
  readonly project: AdminProject;
  /** As the hub has it; null while it is new. */
  readonly rule: AutomationRule | null;
  readonly choices: RuleChoices;
  onTyped(typed: boolean): void;
  onSaved(rule: AutomationRule): void;
  /** There may be a newer one. */
  onRefused(): void;
  onRemoved(id: AutomationRule['id']): void;
  onBack(): void;
}

export function RuleEditor(props: RuleEditorProps) {
  const { project, rule, choices } = props;
  const { t } = useTranslation('admin');
  const words = useRuleWords(choices);
  const refusalText = useRefusalText('admin');
  const readOnly = useReadOnly();
  const add = useCommand('admin.automations.add');
  const change = useCommand('admin.automations.change');
  const [secret, setSecret] = useState<string | null>(null);
  const [nameLeft, setNameLeft] = useState(false);
  useUnsaved(secret !== null, 'secret');
  const latest = useMemo(() => (rule ? drafts.draftOf(rule) : drafts.newRule), [rule]);
  const edit = useEdit<drafts.RuleDraft>(latest, rule?.version ?? 0);
  const { values } = edit;
  const command = rule ? change : add;
  const conditionProblems = useMemo(() => drafts.conditionProblems(values), [values]);
  const actionProblems = useMemo(() => drafts.actionProblems(values), [values]);
  const nameMissing = values.name.trim() === '';
  const whole = useMemo(
    () => drafts.ruleOf(values, project.id, t('automations.unnamed')),
    [values, project.id, t],
  );
  const known = useMemo(
    () => ({
      statuses: new Set<string>(choices.statuses.map(({ id }) => id)),
      users: new Set(choices.people.map(({ id }) => id)),
      fields: new Set(choices.fields.map(({ key }) => key)),
    }),
    [choices],
  );
  const place = drafts.placeOf(command.refusal, values, known);
  const placed = place.name || place.trigger || place.rows.size > 0;
  const refused = command.refusal === null ? undefined : refusalText(command.refusal);
  const refusedAt = (rowKey: string) => (place.rows.has(rowKey) ? refused : undefined);
  const said = {
    trigger: values.trigger,
    conditions: values.conditions.flatMap(({ condition }) => condition ?? []),
    actions: values.actions.flatMap(({ action }) => action ?? []),
  };

  const set = <F extends keyof drafts.RuleDraft & string>(field: F, value: drafts.RuleDraft[F]) => {
    command.forget();
    edit.set(field, value);
  };
  const save = async () => {
    if (!whole) return false;
    const answer = rule
      ? await change.run({ id: rule.id, version: edit.version, rule: whole })
      : await add.run({ rule: whole });
    if (!answer) {
      props.onRefused();
      return false;
    }
    if (answer.webhookSecret !== null) setSecret(answer.webhookSecret);
    props.onSaved(answer.rule);
    edit.saved(drafts.draftOf(answer.rule), answer.rule.version);
    return true;
  };
  const hasWebhook = rule?.actions.some((action) => action.do === 'webhook') === true;
  return (
    <div className={styles.page}>
      <EditorHead
        title={rule?.name ?? t('automations.newRule')}
        held={edit.typed || secret !== null}
        onBack={props.onBack}
      />
      <div className={styles.editor}>
        <EditorPage
          edit={edit}
          label={(field) =>
            field === 'name' || field === 'on'
              ? t(`automations.${field}`)
              : t(`automations.conflict.${field}`)
          }
          show={(field, value) => <ShownDraft field={field} value={value} words={words} />}
          problems={
            conditionProblems.size +
            actionProblems.size +
            (nameMissing ? 1 : 0) +
            (values.actions.length === 0 ? 1 : 0)
          }
          running={command.running}
          refusal={placed ? null : command.refusal}
          onTyped={props.onTyped}
          onSave={save}
          onDiscard={() => {
            command.forget();
            edit.saved(latest, rule?.version ?? 0);
          }}
          preview={
            <EditorPreview title={t('automations.reads')}>
              <p className={styles.reads}>
                <Sentence text={words.sentence(said)} />
              </p>
              <TryOut rule={whole} trigger={values.trigger} words={words} />
            </EditorPreview>
          }
        >
          {secret !== null && <ShownSecret secret={secret} onKept={() => setSecret(null)} />}
          <div className={styles.headFields}>
            <TextInput
              className={styles.name}
              label={t('automations.name')}
              placeholder={t('automations.namePlaceholder')}
              maxLength={100}
              autoFocus={rule === null}
              value={values.name}
              error={place.name ? refused : nameMissing && nameLeft && t('automations.problem.nameMissing')}
              onBlur={() => setNameLeft(true)}
              onChange={(event) => set('name', event.currentTarget.value)}
            />
            <Switch
              className={styles.onSwitch}
              label={t('automations.on')}
              description={t('automations.onHint')}
              disabled={readOnly}
              checked={values.on}
              onChange={(event) => set('on', event.currentTarget.checked)}
            />
          </div>
          <EditorSection title={t('automations.section.trigger')} hint={t('automations.section.triggerHint')}>
            <TriggerLine
              trigger={values.trigger}
              choices={choices}
              words={words}
              refused={place.trigger ? refused : undefined}
              onChange={(trigger) => set('trigger', trigger)}
            />
          </EditorSection>
          <EditorSection
            title={t('automations.section.conditions')}
            hint={t('automations.section.conditionsHint')}
          >
            <RuleRows<drafts.ConditionRow>
              label={t('automations.section.conditions')}
              rows={values.conditions}
              nameOf={({ condition }) => (condition ? words.condition(condition) : '')}
              unnamed={t('automations.condition')}
              lead={() => t('automations.lead.andIf')}
              problems={conditionProblems}
              refusedAt={refusedAt}
              addWord={t('automations.addCondition')}
              noneText={t('automations.noConditions')}
              make={(rowKey) => ({ rowKey, condition: null })}
              onChange={(rows) => set('conditions', rows)}
            >
              {({ condition }, { fresh, problem, change: changeRow }) => (
                <ConditionFields
                  condition={condition}
                  choices={choices}
                  problem={problem}
                  fresh={fresh}
                  onChange={(next) => changeRow({ condition: next })}
                />
              )}
            </RuleRows>
          </EditorSection>
          <EditorSection title={t('automations.section.actions')} hint={t('automations.section.actionsHint')}>
            <RuleRows<drafts.ActionRow>
              label={t('automations.section.actions')}
              rows={values.actions}
              nameOf={({ action }) => (action ? words.action(action) : '')}
              unnamed={t('automations.action')}
              lead={(at) => t(at === 0 ? 'automations.lead.first' : 'automations.lead.andThen')}
              problems={actionProblems}
              refusedAt={refusedAt}
              addWord={t('automations.addAction')}
              noneText={t('automations.noActions')}
              make={(rowKey) => ({ rowKey, action: null })}
              onChange={(rows) => set('actions', rows)}
            >
              {({ action }, { fresh, problem, change: changeRow }) => (
                <ActionFields
                  action={action}
                  choices={choices}
                  words={words}
                  problem={problem}
                  fresh={fresh}
                  onChange={(next) => changeRow({ action: next })}
                />
              )}
            </RuleRows>
          </EditorSection>
          {rule && hasWebhook && secret === null && <RenewSecret ruleId={rule.id} onRenewed={setSecret} />}
          {rule && <RemoveRule rule={rule} onRemoved={props.onRemoved} onRefused={props.onRefused} />}
        </EditorPage>
      </div>
    </div>
  );
}

interface ShownDraftProps {
  readonly field: keyof drafts.RuleDraft;
  readonly value: drafts.RuleDraft[keyof drafts.RuleDraft];
  readonly words: ReturnType<typeof useRuleWords>;
}

/** A field in words, for what two have changed at the same time. */
function ShownDraft({ field, value, words }: ShownDraftProps) {
  const { t } = useTranslation('admin');
  switch (field) {
    case 'name':
      return value as string;
    case 'on':
      return t(value === true ? 'common.yes' : 'common.no');
    case 'trigger':
      return <Sentence text={words.trigger(value as drafts.RuleDraft['trigger'])} />;
    case 'conditions':
      return (value as drafts.RuleDraft['conditions']).map(({ rowKey, condition }) => (
        <div key={rowKey}>{condition && <Sentence text={words.condition(condition)} />}</div>
      ));
    case 'actions':
      return (value as drafts.RuleDraft['actions']).map(({ rowKey, action }) => (
        <div key={rowKey}>{action && <Sentence text={words.action(action)} />}</div>
      ));
  }
}
