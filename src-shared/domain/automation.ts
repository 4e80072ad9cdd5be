// A company's own automations: when something has happened in a project, and it is of this kind, do that (AUTO-1). Each rule
// reads as a sentence: trigger, conditions, actions.
import { z } from 'zod';
import { callOutcome, direction } from './call-view.ts';
import { dialMode, outcomeButton } from './dial-up.ts';
import { recordKind } from './disposition.ts';
import { automationRuleId, dispositionId, orderStatusId, projectId, userId } from './ids.ts';
import { customFieldKey, customValue } from './record.ts';

/** Lists that are empty mean any. */
export const automationTrigger = z.discriminatedUnion('on', [
  /** Saved, undo over; a correction that gives another disposition, too. */
  z.strictObject({ on: z.literal('disposition'), dispositionIds: z.array(dispositionId).max(200) }),
  z.strictObject({
    on: z.literal('orderOutcome'),
    modes: z.array(dialMode).max(5),
    buttons: z.array(outcomeButton).max(20),
  }),
  /** Of a whole call: nobody has answered it. */
  z.strictObject({ on: z.literal('missedCall') }),
  z.strictObject({ on: z.literal('recordCreated'), kinds: z.array(recordKind).max(6) }),
]);
export type AutomationTrigger = z.output<typeof automationTrigger>;

/** All of a rule's must hold; what is not there (a call without record) holds nowhere. */
export const automationCondition = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal('direction'), is: direction }),
  z.strictObject({ field: z.literal('callOutcome'), is: z.array(callOutcome).min(1).max(20) }),
  z.strictObject({ field: z.literal('recordKind'), is: z.array(recordKind).min(1).max(6) }),
  z.strictObject({ field: z.literal('hasRecord'), is: z.boolean() }),
  z.strictObject({
    field: z.literal('tag'),
    has: z.boolean(),
    tag: z.string().trim().min(1).max(100),
  }),
  z.strictObject({ field: z.literal('orderStatus'), is: z.array(orderStatusId).min(1).max(200) }),
  z.strictObject({ field: z.literal('note'), contains: z.string().trim().min(1).max(200) }),
  /** In seconds, of the talk. */
  z.strictObject({ field: z.literal('talkedAtLeast'), seconds: z.number().int().min(1).max(86_400) }),
  z.strictObject({ field: z.literal('agent'), is: z.array(userId).min(1).max(200) }),
  /** One of the project's own fields of the record. */
  z.strictObject({ field: z.literal('recordField'), key: customFieldKey, is: customValue }),
]);
export type AutomationCondition = z.output<typeof automationCondition>;

/**
 * Text may hold these names in double braces, such as {{record.name}}, and fields of the project as {{record.fields.<key>}};
 * one that is not known is refused when the rule is saved.
 */
export const templateNames = [
  'record.name',
  'record.kind',
  'record.number',
  'record.email',
  'record.city',
  'record.description',
  'call.number',
  'call.direction',
  'call.outcome',
  'call.disposition',
  'call.note',
  'order.goods',
  'order.status',
  'order.delivery',
  'order.sum',
  'order.outcome',
  'order.note',
  'agent.name',
  'project.name',
] as const;
export type TemplateName = (typeof templateNames)[number];

const template = (most: number) => z.string().max(most);

export const automationAction = z.discriminatedUnion('do', [
  /** Of the order that it is about, else of the record's orders in this project that was changed last. */
  z.strictObject({ do: z.literal('setOrderStatus'), statusId: orderStatusId }),
  /** DIAL-11: for the record that it is about. */
  z.strictObject({ do: z.literal('createOrder'), statusId: orderStatusId, goods: template(1_000) }),
  z.strictObject({
    do: z.literal('planCallBack'),
    afterMinutes: z.number().int().min(1).max(525_600),
    own: z.boolean(),
  }),
  /** For a caller who has none; does nothing where there is one. */
  z.strictObject({ do: z.literal('createRecord'), kind: recordKind }),
  z.strictObject({
    do: z.literal('changeRecord'),
    field: z.union([z.enum(['kind', 'city', 'description']), z.templateLiteral(['fields.', customFieldKey])]),
    value: template(1_000),
  }),
  z.strictObject({ do: z.literal('assign'), userId }),
  z.strictObject({ do: z.literal('addTag'), tag: z.string().trim().min(1).max(100) }),
  /** Signed (Standard Webhooks). The secret is the rule's own and never told again. */
  z.strictObject({ do: z.literal('webhook'), url: z.url({ protocol: /^https?$/ }).max(2_000) }),
  z.strictObject({
    do: z.literal('email'),
    /** Addresses, or {{record.email}}. */
    to: z.array(template(320)).min(1).max(20),
    subject: template(500),
    text: template(20_000),
  }),
]);
export type AutomationAction = z.output<typeof automationAction>;

export const automationRule = z.strictObject({
  id: automationRuleId,
  version: z.number().int().positive(),
  projectId,
  name: z.string().trim().min(1).max(100),
  on: z.boolean(),
  trigger: automationTrigger,
  conditions: z.array(automationCondition).max(20),
  /** In this order; what changes in the hub is one transaction. */
  actions: z.array(automationAction).min(1).max(20),
});
export type AutomationRule = z.output<typeof automationRule>;
