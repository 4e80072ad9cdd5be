// What a rule must be before it is saved: what it names is there, its texts name what can be put in, its webhooks go where they
// may. Called by rule-service.ts.
import type { AutomationAction, AutomationRule } from '#shared/domain/automation.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import type { DispositionId, OrderStatusId, ProjectId, UserId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { noSuchStatus } from '../orders/order-refusals.ts';
import { requireKnownNames } from './template.ts';
import { type AllowedTargets, mayBeAllowed } from './webhook-address.ts';

export type EditedRule = Omit<AutomationRule, 'id' | 'version'>;

export interface RuleChecksParts {
  isStatus(id: OrderStatusId): boolean;
  dispositionsOf(projectId: ProjectId): readonly DispositionId[];
  isUser(id: UserId): boolean;
  fieldsOf(projectId: ProjectId): readonly CustomField[];
  readonly hasMailServer: boolean;
}

/**
 * @param before as it was; what it named already is not looked at again, so that a rule can be corrected one thing at a time.
 * @throws CommandFailed 'noSuchStatus', 'noSuchDisposition', 'noSuchUser', 'noSuchField', 'unknownName',
 * 'addressNotAllowed', 'noMailServer'
 */
export function requireGoodRule(rule: EditedRule, parts: RuleChecksParts, allowed: AllowedTargets): void {
  const { trigger, conditions, actions, projectId } = rule;
  const fields = parts.fieldsOf(projectId);
  const hasField = (key: string) => fields.some((field) => field.key === key);
  if (trigger.on === 'disposition') {
    const there = parts.dispositionsOf(projectId);
    if (trigger.dispositionIds.some((id) => !there.includes(id))) {
      throw new CommandFailed(
        'noSuchDisposition',
        'A disposition that this rule waits for is no longer there. Nothing was changed; choose another one.',
      );
    }
  }
  for (const condition of conditions) {
    if (condition.field === 'orderStatus' && !condition.is.every(parts.isStatus)) throw noSuchStatus();
    if (condition.field === 'agent' && !condition.is.every(parts.isUser)) throw noSuchUser();
    if (condition.field === 'recordField' && !hasField(condition.key)) throw noSuchField(condition.key);
  }
  for (const action of actions) {
    requireGoodAction(action, parts, allowed, hasField);
    for (const text of textsOf(action)) requireKnownNames(text, hasField);
  }
}

function requireGoodAction(
  action: AutomationAction,
  parts: RuleChecksParts,
  allowed: AllowedTargets,
  hasField: (key: string) => boolean,
): void {
  if ((action.do === 'setOrderStatus' || action.do === 'createOrder') && !parts.isStatus(action.statusId)) {
    throw noSuchStatus();
  }
  if (action.do === 'assign' && !parts.isUser(action.userId)) throw noSuchUser();
  if (action.do === 'email' && !parts.hasMailServer) {
    throw new CommandFailed(
      'noMailServer',
      'This hub has no mail server yet. Nothing was changed; have its operator set one.',
    );
  }
  if (action.do === 'webhook' && !mayBeAllowed(new URL(action.url), allowed)) {
    throw new CommandFailed(
      'addressNotAllowed',
      'Webhooks go to public addresses only, without a name and password in them. Nothing was changed; take another ' +
        'address, or have a super admin allow this one.',
    );
  }
  if (action.do !== 'changeRecord') return;
  const { field, value } = action;
  if (field.startsWith('fields.')) {
    const key = field.slice('fields.'.length);
    if (!hasField(key)) throw noSuchField(key);
  }
  if (field === 'kind' && !value.includes('{{') && !recordKind.safeParse(value.trim()).success) {
    throw new CommandFailed('fieldMalformed', 'There is no such kind of record. Nothing was changed.');
  }
}

function textsOf(action: AutomationAction): string[] {
  switch (action.do) {
    case 'createOrder':
      return [action.goods];
    case 'changeRecord':
      return [action.value];
    case 'email':
      return [...action.to, action.subject, action.text];
    default:
      return [];
  }
}

function noSuchUser(): CommandFailed {
  return new CommandFailed(
    'noSuchUser',
    'Somebody whom this rule names is no longer there. Nothing was changed; choose another one.',
  );
}

function noSuchField(key: string): CommandFailed {
  return new CommandFailed(
    'noSuchField',
    `Records of this project have no field ${key}. Nothing was changed.`,
  );
}
