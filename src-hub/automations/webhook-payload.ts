// What a webhook carries, in the shape that Standard Webhooks recommends: type, timestamp, data. Pure. docs/hub.md describes it.
import type { Order } from '#shared/domain/order.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { Running, WholeThings } from './action-runner.ts';
import type { NamedValues } from './template.ts';

const types = {
  disposition: 'call.disposition',
  orderOutcome: 'order.outcome',
  missedCall: 'call.missed',
  recordCreated: 'record.created',
} as const;

/** @returns JSON. The record and the order as the rule's actions before this one have left them. */
export function payloadOf(
  { rule, facts, atMs }: Running,
  { projectName, order: named, whole }: NamedValues & { readonly whole: WholeThings },
): string {
  const { call, outcome, agent } = facts;
  return JSON.stringify({
    type: types[facts.on],
    timestamp: new Date(atMs).toISOString(),
    data: {
      rule: { id: rule.id, name: rule.name },
      project: { id: rule.projectId, name: projectName },
      agent,
      call: call && {
        id: call.id,
        direction: call.direction,
        number: call.number,
        outcome: call.outcome,
        startedAt: new Date(call.startedAtMs).toISOString(),
        talkedSeconds: Math.round(call.talkedMs / 1_000),
        disposition: call.dispositionId === null ? null : { id: call.dispositionId, label: call.disposition },
        note: call.note,
      },
      outcome,
      record: whole.record && recordOf(whole.record),
      order: whole.order && orderOf(whole.order, named?.status ?? ''),
    },
  });
}

function recordOf({ createdAtMs: _made, changedAtMs: _changed, version: _version, ...record }: WholeRecord) {
  return record;
}

function orderOf(
  { id, externalId, statusId, goods, sumMinor, currency, delivery, fields }: Order,
  status: string,
) {
  return {
    id,
    externalId,
    status: { id: statusId, label: status },
    goods,
    sumMinor,
    currency,
    delivery,
    fields,
  };
}
