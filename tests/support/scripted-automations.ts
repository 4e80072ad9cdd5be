// The scripted company's automations: rules that are listed, changed and tried out, runs, deliveries; and what of call mode
// a rule's editor asks for. It keeps versions and tells changes, as the hub does, no more.
import type {
  ActionResult,
  AutomationDelivery,
  AutomationRun,
  adminAutomationCommands,
} from '#shared/admin/automations-contract.ts';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import type { AutomationRule } from '#shared/domain/automation.ts';
import { usualDialUpSettings, usualFreeModes, usualOrderStatuses } from '#shared/domain/dial-up-usual.ts';
import type {
  AutomationRuleId,
  DispositionId,
  OrderStatusId,
  ProjectId,
  RecordId,
} from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Handlers, ReplyOf } from '#shared/wire/contract.ts';

export interface ScriptedAutomations {
  rules: AutomationRule[];
  runs: AutomationRun[];
  deliveries: AutomationDelivery[];
  candidates: ReplyOf<DesktopContract, 'admin.automations.candidates'>;
}

type Names =
  | keyof typeof adminAutomationCommands
  | 'admin.orderStatuses.get'
  | 'admin.dialUp.freeModes'
  | 'admin.dialUp.get';

export const secretSample = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

const minuteMs = 60_000;
const parcels = 'parcels' as ProjectId;
const status = (id: string) => id as OrderStatusId;

export function sampleRule(id: string, over: Partial<AutomationRule> = {}): AutomationRule {
  return {
    id: id as AutomationRuleId,
    version: 1,
    projectId: parcels,
    name: 'Tell the shop',
    on: true,
    trigger: { on: 'disposition', dispositionIds: ['delivered' as DispositionId] },
    conditions: [{ field: 'hasRecord', is: true }],
    actions: [
      { do: 'addTag', tag: 'hot' },
      { do: 'webhook', url: 'https://shop.nordwind.example/hooks/offhook?key=1' },
    ],
    ...over,
  };
}

export function sampleAutomations(over: Partial<ScriptedAutomations> = {}): ScriptedAutomations {
  const shop = sampleRule('r-shop');
  const callBack = sampleRule('r-back', {
    name: 'Try those again who hung up after a long talk',
    trigger: { on: 'orderOutcome', modes: ['newLeads', 'reconfirmation'], buttons: ['hangUp', 'noAnswer'] },
    conditions: [
      { field: 'talkedAtLeast', seconds: 60 },
      { field: 'tag', has: false, tag: 'do not disturb' },
    ],
    actions: [{ do: 'planCallBack', afterMinutes: 2_880, own: false }],
  });
  const missed = sampleRule('r-missed', {
    name: 'Nobody answered',
    on: false,
    trigger: { on: 'missedCall' },
    conditions: [],
    actions: [
      { do: 'createRecord', kind: 'lead' },
      { do: 'createOrder', statusId: status('new'), goods: 'Call from {{record.number}}' },
      {
        do: 'email',
        to: ['dispatch@nordwind.example', '{{record.email}}'],
        subject: 'We missed your call, {{record.name}}',
        text: 'We will call you back.',
      },
    ],
  });
  const results = (
    rule: AutomationRule,
    ...states: [ActionResult['state'], string?, string?][]
  ): ActionResult[] =>
    rule.actions.flatMap((action, place) => {
      const [state, reason = null, detail = null] = states[place] ?? [];
      return state ? [{ action, state, reason, detail }] : [];
    });
  const run = (id: string, rule: AutomationRule, minutesAgo: number, part: Partial<AutomationRun>) => ({
    ...{ id, ruleId: rule.id, ruleName: rule.name, projectId: parcels, state: 'done' as const },
    triggeredAtMs: Date.now() - minutesAgo * minuteMs,
    endedAtMs: Date.now() - minutesAgo * minuteMs + 900,
    about: { callId: null, orderId: null, recordId: 'nadia' as RecordId, name: 'Nadia Brandt' },
    results: [],
    ...part,
  });
  const delivery = (id: string, part: Partial<AutomationDelivery>): AutomationDelivery => ({
    ...{
      id,
      runId: 'run-1',
      ruleId: shop.id,
      ruleName: shop.name,
      kind: 'webhook',
      state: 'sent',
      attempts: 1,
    },
    to: 'https://shop.nordwind.example/hooks/offhook',
    ...{ nextAtMs: null, lastAtMs: Date.now() - 4 * minuteMs, lastError: null, repeatPossible: false },
    ...part,
  });
  return {
    rules: [shop, callBack, missed],
    runs: [
      run('run-1', shop, 4, { results: results(shop, ['done'], ['sent', undefined, 'HTTP 204']) }),
      run('run-2', shop, 11, {
        state: 'waiting',
        endedAtMs: null,
        about: { callId: null, orderId: null, recordId: null, name: '+49 30 23125 040' },
        results: results(shop, ['nothingToDo', 'noRecord'], ['waiting', 'refusedThere', 'HTTP 503']),
      }),
      run('run-3', callBack, 38, { state: 'didNotApply', results: [] }),
      run('run-4', missed, 190, {
        state: 'failed',
        about: { callId: null, orderId: null, recordId: null, name: '' },
        results: results(missed, ['done'], ['failed', 'noSuchStatus'], ['dead', 'noAnswer', 'ETIMEDOUT']),
      }),
    ],
    deliveries: [
      delivery('msg-5', {
        state: 'waiting',
        attempts: 3,
        nextAtMs: Date.now() + 8 * minuteMs,
        lastError: 'HTTP 503',
      }),
      delivery('msg-4', {}),
      delivery('msg-3', { kind: 'email', to: '2', ruleName: missed.name, repeatPossible: true }),
      delivery('msg-2', {
        state: 'dead',
        attempts: 10,
        lastError: 'HTTP 500',
        lastAtMs: Date.now() - 2_000 * minuteMs,
      }),
      delivery('msg-1', {
        state: 'dead',
        attempts: 10,
        lastError: 'Timeout (15 s)',
        repeatPossible: true,
        lastAtMs: Date.now() - 2_900 * minuteMs,
      }),
    ],
    candidates: [
      { id: 'c-1', atMs: Date.now() - 6 * minuteMs, name: 'Nadia Brandt', what: 'Delivery arranged' },
      { id: 'c-2', atMs: Date.now() - 44 * minuteMs, name: '+49 30 23125 040', what: 'Delivery arranged' },
      { id: 'c-3', atMs: Date.now() - 300 * minuteMs, name: '', what: 'Delivery arranged' },
    ],
    ...over,
  };
}

/** @param tell says that something of automations has changed */
export function scriptedAutomations(
  kept: ScriptedAutomations,
  tell: () => void,
): Pick<Handlers<DesktopContract>, Names> {
  let made = 0;
  const found = (id: string) => {
    const rule = kept.rules.find((each) => each.id === id);
    if (!rule) throw new CommandFailed('noSuchRule', 'The script knows no such rule.');
    return rule;
  };
  const latest = (id: string, version: number) => {
    const rule = found(id);
    if (rule.version !== version) throw new CommandFailed('changedMeanwhile', 'The script has a newer one.');
    return rule;
  };
  const hasWebhook = ({ actions }: Pick<AutomationRule, 'actions'>) =>
    actions.some((action) => action.do === 'webhook');
  const nameIsFree = (name: string, but: string | null) => {
    if (kept.rules.some((each) => each.name === name && each.id !== but))
      throw new CommandFailed('labelTaken', 'Taken in the script.');
  };
  return {
    'admin.orderStatuses.get': () => ({ version: 1, statuses: [...usualOrderStatuses] }),
    'admin.dialUp.freeModes': () => ({ version: 1, modes: [...usualFreeModes] }),
    'admin.dialUp.get': () => ({ version: 0, settings: usualDialUpSettings(usualOrderStatuses) }),
    'admin.automations.list': ({ projectId }) => kept.rules.filter((rule) => rule.projectId === projectId),
    'admin.automations.add': ({ rule }) => {
      nameIsFree(rule.name, null);
      made += 1;
      const added: AutomationRule = { ...rule, id: `r-new-${made}` as AutomationRuleId, version: 1 };
      kept.rules = [...kept.rules, added];
      tell();
      return { rule: added, webhookSecret: hasWebhook(added) ? secretSample : null };
    },
    'admin.automations.change': ({ id, version, rule }) => {
      const before = latest(id, version);
      nameIsFree(rule.name, id);
      const after: AutomationRule = { ...rule, id, version: version + 1 };
      kept.rules = kept.rules.map((each) => (each.id === id ? after : each));
      tell();
      return { rule: after, webhookSecret: hasWebhook(after) && !hasWebhook(before) ? secretSample : null };
    },
    'admin.automations.remove': ({ id, version }) => {
      latest(id, version);
      kept.rules = kept.rules.filter((each) => each.id !== id);
      tell();
      return null;
    },
    'admin.automations.renewSecret': ({ id }) => {
      found(id);
      return { webhookSecret: secretSample };
    },
    'admin.automations.candidates': () => kept.candidates,
    // Whoever has a name has a record.
    'admin.automations.tryOut': ({ rule, id }) => {
      const candidate = kept.candidates.find((each) => each.id === id);
      if (!candidate) throw new CommandFailed('noSuchCall', 'The script knows no such call.');
      const known = /^[A-Z]/.test(candidate.name);
      const conditions = rule.conditions.map(
        (condition) => condition.field !== 'hasRecord' || condition.is === known,
      );
      const applies = !conditions.includes(false);
      const results = rule.actions.map((action): ActionResult => {
        if (action.do === 'createRecord' && known)
          return { action, state: 'nothingToDo', reason: 'recordThere', detail: null };
        const sent = action.do === 'webhook' || action.do === 'email';
        return { action, state: sent ? 'waiting' : 'done', reason: null, detail: null };
      });
      const payload = JSON.stringify({
        type: 'call.disposition',
        timestamp: new Date(candidate.atMs).toISOString(),
        data: { rule: { id: null, name: rule.name }, record: known ? { name: candidate.name } : null },
      });
      return {
        applies,
        conditions,
        results: applies ? results : [],
        payload: applies && hasWebhook(rule) ? payload : null,
      };
    },
    'admin.automations.runs': ({ ruleId }) => ({
      runs: kept.runs.filter((run) => ruleId === null || run.ruleId === ruleId),
      cursor: null,
    }),
    'admin.automations.deliveries': ({ state }) => ({
      deliveries: kept.deliveries.filter((delivery) => state === null || delivery.state === state),
      cursor: null,
    }),
    'admin.automations.resend': ({ deliveryIds }) => {
      const dead = kept.deliveries.filter(({ id, state }) => deliveryIds.includes(id) && state === 'dead');
      if (dead.length === 0) throw new CommandFailed('notDead', 'None of these is.');
      kept.deliveries = kept.deliveries.map((each) =>
        dead.includes(each) ? { ...each, state: 'waiting', attempts: 0, nextAtMs: Date.now() } : each,
      );
      tell();
      return { resent: dead.length };
    },
  };
}
