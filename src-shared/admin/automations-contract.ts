// Automations as supervisors make and watch them: rules, a try-out that changes nothing, every run with its results,
// deliveries that wait, were sent, or failed for good (AUTO-2).
import { z } from 'zod';
import { automationAction, automationRule } from '../domain/automation.ts';
import { automationRuleId, callId, orderId, projectId, recordId } from '../domain/ids.ts';
import { command } from '../wire/contract.ts';

export const runState = z.enum(['done', 'waiting', 'failed', 'didNotApply']);

/** What one action did, would do, or why it did nothing. */
export const actionResult = z.strictObject({
  action: automationAction,
  state: z.enum(['done', 'nothingToDo', 'waiting', 'sent', 'failed', 'dead']),
  /** A reason code of ours for people to read in their language; null where there is nothing to say. */
  reason: z.string().max(100).nullable(),
  /** Of the world outside: an HTTP status, an SMTP answer, at most a line. */
  detail: z.string().max(500).nullable(),
});
export type ActionResult = z.output<typeof actionResult>;

export const automationRun = z.strictObject({
  id: z.string(),
  ruleId: automationRuleId,
  ruleName: z.string(),
  projectId,
  triggeredAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  /** What set it off; at least one of them. */
  about: z.strictObject({
    /** Of a call that nobody answered: the exchange's Call-ID. */
    callId: callId.nullable(),
    orderId: orderId.nullable(),
    recordId: recordId.nullable(),
    /** A name to read; '' where there is none (any more). */
    name: z.string(),
  }),
  state: runState,
  results: z.array(actionResult),
});
export type AutomationRun = z.output<typeof automationRun>;

export const automationDelivery = z.strictObject({
  /** The webhook-id, and part of the Message-ID: the same in every attempt. */
  id: z.string(),
  runId: z.string(),
  ruleId: automationRuleId,
  ruleName: z.string(),
  kind: z.enum(['webhook', 'email']),
  /** An address without its query, or how many addressees. */
  to: z.string().max(2_000),
  state: z.enum(['waiting', 'sent', 'dead']),
  attempts: z.number().int(),
  nextAtMs: z.number().nullable(),
  lastAtMs: z.number().nullable(),
  lastError: z.string().max(500).nullable(),
  /** An attempt ended without an answer, so the other side may have had it twice. */
  repeatPossible: z.boolean(),
});
export type AutomationDelivery = z.output<typeof automationDelivery>;

const rule = z.strictObject({ id: automationRuleId });
const edited = automationRule.omit({ id: true, version: true });
const page = { cursor: z.string().max(200).nullable(), limit: z.number().int().min(1).max(200) };

/** Refused in common: 'notAllowed', 'noSuchProject', 'noSuchRule', 'changedMeanwhile'. */
export const adminAutomationCommands = {
  'admin.automations.list': command(z.strictObject({ projectId }), z.array(automationRule)),
  /**
   * `webhookSecret` is told this once, where the rule has a webhook. Refused: 'labelTaken', 'noSuchStatus',
   * 'noSuchDisposition', 'noSuchUser', 'noSuchField', 'unknownName' (in double braces), 'addressNotAllowed' (an address that
   * is not public), 'noMailServer'.
   */
  'admin.automations.add': command(
    z.strictObject({ rule: edited }),
    z.strictObject({ rule: automationRule, webhookSecret: z.string().nullable() }),
  ),
  /** As 'add'; the secret is told where the rule had no webhook before. */
  'admin.automations.change': command(
    z.strictObject({ id: automationRuleId, version: z.number().int(), rule: edited }),
    z.strictObject({ rule: automationRule, webhookSecret: z.string().nullable() }),
  ),
  'admin.automations.remove': command(rule.extend({ version: z.number().int() }), z.null()),
  /** The old one signs beside it for a day. */
  'admin.automations.renewSecret': command(rule, z.strictObject({ webhookSecret: z.string() })),
  /** Calls (and orders, records) that the rule may be tried out against; the last first. */
  'admin.automations.candidates': command(
    z.strictObject({ rule: edited }),
    z.array(
      z.strictObject({ id: z.string(), atMs: z.number(), name: z.string(), what: z.string().max(200) }),
    ),
  ),
  /** What would happen. Nothing is changed, nothing is sent. `id`: of a candidate. Refused: 'noSuchCall'. */
  'admin.automations.tryOut': command(
    z.strictObject({ rule: edited, id: z.string().max(200) }),
    z.strictObject({
      applies: z.boolean(),
      /** By place in the rule. */
      conditions: z.array(z.boolean()),
      results: z.array(actionResult),
      /** What a webhook would carry, as JSON; null where there is none. */
      payload: z.string().nullable(),
    }),
  ),
  'admin.automations.runs': command(
    z.strictObject({ projectId, ruleId: automationRuleId.nullable(), ...page }),
    z.strictObject({ runs: z.array(automationRun), cursor: z.string().nullable() }),
  ),
  'admin.automations.deliveries': command(
    z.strictObject({ projectId, state: automationDelivery.shape.state.nullable(), ...page }),
    z.strictObject({ deliveries: z.array(automationDelivery), cursor: z.string().nullable() }),
  ),
  /** Dead letters, once more from the beginning, under the same id. Refused: 'notDead'. */
  'admin.automations.resend': command(
    z.strictObject({ deliveryIds: z.array(z.string().max(100)).min(1).max(200) }),
    z.strictObject({ resent: z.number().int() }),
  ),
} as const;
