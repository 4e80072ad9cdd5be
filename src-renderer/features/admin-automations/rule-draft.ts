// A rule while it is edited (pure): conditions and actions as rows, some not finished yet; what is wrong with each, and
// which of them a refusal is about.
import {
  type AutomationAction,
  type AutomationCondition,
  type AutomationRule,
  type AutomationTrigger,
  automationAction,
  automationCondition,
  automationRule,
  templateNames,
} from '#shared/domain/automation.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { customFieldKey } from '#shared/domain/record.ts';

export type EditedRule = Omit<AutomationRule, 'id' | 'version'>;

export interface ConditionRow {
  readonly rowKey: string;
  /** Null until its kind is chosen; texts and ids may be '' still. */
  readonly condition: AutomationCondition | null;
}

export interface ActionRow {
  readonly rowKey: string;
  readonly action: AutomationAction | null;
}

export interface RuleDraft {
  readonly name: string;
  readonly on: boolean;
  readonly trigger: AutomationTrigger;
  readonly conditions: readonly ConditionRow[];
  readonly actions: readonly ActionRow[];
}

export type ProblemWord = 'choose' | 'write' | 'number' | 'url' | 'address' | 'addressWrong' | 'unknownName';

/** `field` is a key of the condition or action; 'what' where its kind is not chosen. */
export interface RowProblem {
  readonly field: string;
  readonly word: ProblemWord;
}

export const mostRows = 20;

export const newRule: RuleDraft = {
  name: '',
  on: true,
  trigger: { on: 'disposition', dispositionIds: [] },
  conditions: [],
  actions: [],
};

export function draftOf({ name, on, trigger, conditions, actions }: AutomationRule): RuleDraft {
  return {
    ...{ name, on, trigger },
    conditions: conditions.map((condition, place) => ({ rowKey: `condition ${place}`, condition })),
    actions: actions.map((action, place) => ({ rowKey: `action ${place}`, action })),
  };
}

/** @returns null where something is missing or wrong; its name may be missing, as it is for trying out */
export function ruleOf(draft: RuleDraft, projectId: ProjectId, unnamed: string): EditedRule | null {
  if (conditionProblems(draft).size > 0 || actionProblems(draft).size > 0) return null;
  const read = automationRule.omit({ id: true, version: true }).safeParse({
    ...{ projectId, name: draft.name.trim() || unnamed, on: draft.on, trigger: draft.trigger },
    conditions: draft.conditions.map(({ condition }) => condition),
    actions: draft.actions.map(({ action }) => action),
  });
  return read.success ? read.data : null;
}

const words: Readonly<Record<string, ProblemWord>> = {
  tag: 'write',
  contains: 'write',
  value: 'write',
  subject: 'write',
  text: 'write',
  goods: 'write',
  seconds: 'number',
  afterMinutes: 'number',
  url: 'url',
  to: 'address',
};

export function conditionProblems({ conditions }: RuleDraft): ReadonlyMap<string, RowProblem> {
  const problems = new Map<string, RowProblem>();
  for (const { rowKey, condition } of conditions) {
    const problem = conditionProblem(condition);
    if (problem) problems.set(rowKey, problem);
  }
  return problems;
}

export function actionProblems({ actions }: RuleDraft): ReadonlyMap<string, RowProblem> {
  const problems = new Map<string, RowProblem>();
  for (const { rowKey, action } of actions) {
    const problem = actionProblem(action);
    if (problem) problems.set(rowKey, problem);
  }
  return problems;
}

function conditionProblem(condition: AutomationCondition | null): RowProblem | null {
  if (condition === null) return { field: 'what', word: 'choose' };
  if (condition.field === 'recordField' && condition.is === '') return { field: 'is', word: 'write' };
  const read = automationCondition.safeParse(condition);
  return read.success ? null : problemAt(read.error.issues[0]?.path[0]);
}

function actionProblem(action: AutomationAction | null): RowProblem | null {
  if (action === null) return { field: 'what', word: 'choose' };
  const read = automationAction.safeParse(action);
  if (!read.success) return problemAt(read.error.issues[0]?.path[0]);
  if (action.do === 'email') {
    if (action.subject.trim() === '') return { field: 'subject', word: 'write' };
    const wrong = action.to.some((each) => !/^\s*\{\{[^{}]*\}\}\s*$|^[^\s@]+@[^\s@]+$/.test(each));
    if (wrong) return { field: 'to', word: 'addressWrong' };
  }
  const field = templatesOf(action).find(([, texts]) => texts.some(hasUnknownName))?.[0];
  return field === undefined ? null : { field, word: 'unknownName' };
}

function problemAt(field: PropertyKey | undefined): RowProblem {
  const name = typeof field === 'string' ? field : 'what';
  return { field: name, word: words[name] ?? 'choose' };
}

function templatesOf(
  action: AutomationAction,
): readonly (readonly [field: string, texts: readonly string[]])[] {
  if (action.do === 'createOrder') return [['goods', [action.goods]]];
  if (action.do === 'changeRecord') return [['value', [action.value]]];
  if (action.do !== 'email') return [];
  return [
    ['to', action.to],
    ['subject', [action.subject]],
    ['text', [action.text]],
  ];
}

const known: ReadonlySet<string> = new Set(templateNames);

/** Of a field of the project only the hub knows whether it is there. */
function hasUnknownName(text: string): boolean {
  return [...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].some(([, name = '']) => {
    const [prefix, key] = [name.slice(0, 14), name.slice(14)];
    return !known.has(name) && !(prefix === 'record.fields.' && customFieldKey.safeParse(key).success);
  });
}

export interface KnownIds {
  readonly statuses: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
}

/** Where a refusal is said: at the name, the trigger, or these rows; nowhere in particular where all are empty. */
export interface RefusalPlace {
  readonly name: boolean;
  readonly trigger: boolean;
  readonly rows: ReadonlySet<string>;
}

export function placeOf(reason: string | null, draft: RuleDraft, ids: KnownIds): RefusalPlace {
  const rows = new Set<string>();
  for (const { rowKey, condition } of draft.conditions) {
    if (condition && isAboutCondition(reason, condition, ids)) rows.add(rowKey);
  }
  for (const { rowKey, action } of draft.actions) {
    if (action && isAboutAction(reason, action, ids)) rows.add(rowKey);
  }
  return { name: reason === 'labelTaken', trigger: reason === 'noSuchDisposition', rows };
}

function isAboutCondition(reason: string | null, condition: AutomationCondition, ids: KnownIds): boolean {
  switch (reason) {
    case 'noSuchStatus':
      return condition.field === 'orderStatus' && condition.is.some((id) => !ids.statuses.has(id));
    case 'noSuchUser':
      return condition.field === 'agent' && condition.is.some((id) => !ids.users.has(id));
    case 'noSuchField':
      return condition.field === 'recordField' && !ids.fields.has(condition.key);
    default:
      return false;
  }
}

function isAboutAction(reason: string | null, action: AutomationAction, ids: KnownIds): boolean {
  switch (reason) {
    case 'noSuchStatus':
      return 'statusId' in action && !ids.statuses.has(action.statusId);
    case 'noSuchUser':
      return action.do === 'assign' && !ids.users.has(action.userId);
    case 'noSuchField':
      return (
        action.do === 'changeRecord' &&
        action.field.startsWith('fields.') &&
        !ids.fields.has(action.field.slice(7))
      );
    case 'unknownName':
      return templatesOf(action).some(([, texts]) => texts.some((text) => text.includes('{{')));
    case 'addressNotAllowed':
      return action.do === 'webhook';
    case 'noMailServer':
      return action.do === 'email';
    default:
      return false;
  }
}
