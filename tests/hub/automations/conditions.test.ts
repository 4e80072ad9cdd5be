// Which rules something sets off, and which conditions hold; what is not there holds nowhere.
import { expect, it } from 'vitest';
import type { AutomationCondition, AutomationTrigger } from '#shared/domain/automation.ts';
import { callId, dispositionId, orderStatusId, userId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import { type Facts, holds, setsOff } from '../../../src-hub/automations/facts.ts';
import { filled, requireKnownNames } from '../../../src-hub/automations/template.ts';
import { content, id } from '../records/records-at-work.ts';

const sold = dispositionId.parse('sold');
const ann = { id: userId.parse('ann'), name: 'Ann Archer' };
const call: Facts = {
  on: 'disposition',
  call: {
    ...{ id: callId.parse('c'), direction: 'inbound', number: '+44', outcome: 'accepted', startedAtMs: 0 },
    ...{ talkedMs: 61_000, dispositionId: sold, disposition: 'Sold', note: 'Wants TWO lamps' },
  },
  outcome: null,
  agent: ann,
  kind: null,
};
const nothing = { call: null, outcome: null, agent: null, kind: null };
const outcome = { mode: 'newLeads', button: 'refused', label: '', note: 'never' } as const;
const order: Facts = { ...nothing, on: 'orderOutcome', outcome };
const record: WholeRecord = {
  ...content({ kind: 'lead', tags: ['VIP'], fields: { seats: 4 } }),
  ...{ id: id('r'), version: 1, createdAtMs: 0, changedAtMs: 0 },
};

it.each<[AutomationTrigger, Facts, boolean]>([
  [{ on: 'disposition', dispositionIds: [] }, call, true],
  [{ on: 'disposition', dispositionIds: [sold] }, call, true],
  [{ on: 'disposition', dispositionIds: [dispositionId.parse('other')] }, call, false],
  [{ on: 'missedCall' }, call, false],
  [{ on: 'orderOutcome', modes: [], buttons: ['refused'] }, order, true],
  [{ on: 'orderOutcome', modes: ['beforeBuyout'], buttons: [] }, order, false],
  [{ on: 'recordCreated', kinds: ['lead'] }, { ...nothing, on: 'recordCreated', kind: 'lead' }, true],
  [{ on: 'recordCreated', kinds: ['company'] }, { ...nothing, on: 'recordCreated', kind: 'lead' }, false],
])('is set off or not: %j', (trigger, facts, expected) => {
  expect(setsOff(trigger, facts)).toBe(expected);
});

const here = { facts: call, record, orderStatusId: orderStatusId.parse('new') };
const nobody = { facts: order, record: null, orderStatusId: null };

it.each<[AutomationCondition, boolean, boolean]>([
  [{ field: 'direction', is: 'inbound' }, true, false],
  [{ field: 'callOutcome', is: ['accepted'] }, true, false],
  [{ field: 'recordKind', is: ['lead'] }, true, false],
  [{ field: 'hasRecord', is: true }, true, false],
  [{ field: 'hasRecord', is: false }, false, true],
  [{ field: 'tag', has: true, tag: 'vip' }, true, false],
  [{ field: 'tag', has: false, tag: 'vip' }, false, false],
  [{ field: 'orderStatus', is: [orderStatusId.parse('new')] }, true, false],
  [{ field: 'note', contains: 'two' }, true, false],
  [{ field: 'note', contains: 'NEVER' }, false, true],
  [{ field: 'talkedAtLeast', seconds: 61 }, true, false],
  [{ field: 'talkedAtLeast', seconds: 62 }, false, false],
  [{ field: 'agent', is: [ann.id] }, true, false],
  [{ field: 'recordField', key: 'seats', is: 4 }, true, false],
  [{ field: 'recordField', key: 'seats', is: '4' }, false, false],
])('%j holds of a call with a record, and of an outcome without', (condition, ofCall, ofNothing) => {
  expect([holds(condition, here), holds(condition, nobody)]).toEqual([ofCall, ofNothing]);
});

it('puts values in place of names, nothing of what is not there, and never what a value says', () => {
  const values = { facts: { ...call, agent: { ...ann, name: '{{call.note}}' } }, projectName: 'Northwind' };
  const text =
    '{{agent.name}} of {{ project.name }}: {{call.disposition}} {{record.fields.seats}}{{order.goods}}!';
  expect(filled(text, { ...values, record: null, order: null })).toBe('{{call.note}} of Northwind: Sold !');
});

it('knows which names there are', () => {
  const has = (key: string) => key === 'seats';
  expect(() => requireKnownNames('{{record.name}} {{record.fields.seats}}', has)).not.toThrow();
  for (const wrong of ['{{record.surname}}', '{{record.fields.colour}}', '{{}}', '{{constructor}}']) {
    expect(() => requireKnownNames(wrong, has)).toThrow(/could stand for/);
  }
});
