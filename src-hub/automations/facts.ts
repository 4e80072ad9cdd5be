// What happened, as it was at that moment: kept with its event, so that a rule that runs later sees what set it off, whatever
// was corrected since. The record and the order are read when the rule runs. Pure.
import { z } from 'zod';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { AutomationCondition, AutomationTrigger } from '#shared/domain/automation.ts';
import { callOutcome, direction } from '#shared/domain/call-view.ts';
import { dialMode, outcomeButton } from '#shared/domain/dial-up.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import {
  type CallId,
  callId,
  dispositionId,
  type OrderStatusId,
  type SipCallId,
  userId,
} from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';

const factsOfCall = z.object({
  /** The desktop's; of a call that nobody answered, the exchange's Call-ID. */
  id: callId,
  direction,
  /** Null where withheld. */
  number: z.string().nullable(),
  outcome: callOutcome,
  startedAtMs: z.number(),
  /** 0 where nobody answered. */
  talkedMs: z.number(),
  dispositionId: dispositionId.nullable(),
  disposition: z.string(),
  note: z.string(),
});
export type FactsOfCall = z.output<typeof factsOfCall>;

const factsOfOutcome = z.object({
  mode: dialMode,
  button: outcomeButton,
  /** '' for a button with a usual word. */
  label: z.string(),
  note: z.string(),
});

export const facts = z.object({
  on: z.enum(['disposition', 'orderOutcome', 'missedCall', 'recordCreated']),
  call: factsOfCall.nullable(),
  outcome: factsOfOutcome.nullable(),
  agent: z.object({ id: userId, name: z.string() }).nullable(),
  kind: recordKind.nullable(),
});
export type Facts = z.output<typeof facts>;

/** What conditions look at, besides what happened. */
export interface Circumstances {
  readonly facts: Facts;
  readonly record: WholeRecord | null;
  /** Of the order that it is about. */
  readonly orderStatusId: OrderStatusId | null;
}

/** Whether it is of the kind that a rule waits for. */
export function setsOff(trigger: AutomationTrigger, { on, call, outcome, kind }: Facts): boolean {
  if (trigger.on !== on) return false;
  switch (trigger.on) {
    case 'disposition':
      return call?.dispositionId != null && anyOr(trigger.dispositionIds, call.dispositionId);
    case 'orderOutcome':
      return outcome !== null && anyOr(trigger.modes, outcome.mode) && anyOr(trigger.buttons, outcome.button);
    case 'missedCall':
      return true;
    case 'recordCreated':
      return kind !== null && anyOr(trigger.kinds, kind);
    default:
      return assertNever(trigger);
  }
}

/** What is not there (a call without record) holds nowhere. */
export function holds(
  condition: AutomationCondition,
  { facts, record, orderStatusId }: Circumstances,
): boolean {
  const { call, outcome, agent } = facts;
  switch (condition.field) {
    case 'direction':
      return call?.direction === condition.is;
    case 'callOutcome':
      return call !== null && condition.is.includes(call.outcome);
    case 'recordKind':
      return record !== null && condition.is.includes(record.kind);
    case 'hasRecord':
      return (record !== null) === condition.is;
    case 'tag': {
      const wanted = condition.tag.toLowerCase();
      return record !== null && record.tags.some((tag) => tag.toLowerCase() === wanted) === condition.has;
    }
    case 'orderStatus':
      return orderStatusId !== null && condition.is.includes(orderStatusId);
    case 'note': {
      const said = `${call?.note ?? ''}\n${outcome?.note ?? ''}`.toLowerCase();
      return said.includes(condition.contains.toLowerCase());
    }
    case 'talkedAtLeast':
      return call !== null && call.talkedMs >= condition.seconds * 1_000;
    case 'agent':
      return agent !== null && condition.is.includes(agent.id);
    case 'recordField':
      return record !== null && record.fields[condition.key] === condition.is;
    default:
      return assertNever(condition);
  }
}

/** The exchange knows a call by its Call-ID alone. */
export function callIdOf(id: SipCallId): CallId {
  return callId.parse(id.slice(0, 200));
}

/** A list that is empty means any. */
function anyOr<T>(wanted: readonly T[], is: T): boolean {
  return wanted.length === 0 || wanted.includes(is);
}
