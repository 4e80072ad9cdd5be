// Runs the rules that something set off: all that they change in the hub, their runs and what is to be delivered, in one
// transaction with the mark that it is done. A hub that dies in between has done nothing of it, and the next one begins anew:
// what changes here happens once (AUTO-2).
import { randomUUID } from 'node:crypto';
import type { ActionResult, AutomationRun } from '#shared/admin/automations-contract.ts';
import type { AutomationRule } from '#shared/domain/automation.ts';
import { recordName } from '#shared/domain/record.ts';
import type { HubClock } from '../hub-clock.ts';
import type { HubLog } from '../hub-log.ts';
import { readRecordNumber } from '../records/record-number.ts';
import type { RecordServiceParts } from '../records/record-service.ts';
import type { RecordStore } from '../records/record-store.ts';
import { stampAtEnd } from '../sync/sync-stamp-store.ts';
import type { ActionRunner, Running } from './action-runner.ts';
import type { AutomationEventStore, Happening, StoredHappening } from './automation-event-store.ts';
import type { CandidateStore } from './candidate-store.ts';
import { holds, setsOff } from './facts.ts';
import type { RuleStore } from './rule-store.ts';
import { besideErasures, type RunDatabase, type RunStore, stateOf } from './run-store.ts';
import { payloadOf } from './webhook-payload.ts';

export interface RunServiceParts {
  readonly events: AutomationEventStore;
  readonly rules: Pick<RuleStore, 'all'>;
  readonly runs: Pick<RunStore, 'add' | 'finish'>;
  readonly runner: ActionRunner;
  readonly records: Pick<RecordStore, 'inTransaction'>;
  readonly lookup: Pick<CandidateStore, 'recordOfNumber'>;
  readonly countryOf: RecordServiceParts['countryOf'];
  readonly clock: HubClock;
  readonly log: HubLog;
}

/** What could not be run for a reason that nobody thought of is tried again, so often. */
const mostFailures = 5;
const againAfterMs = 5_000;

export interface TriedOut {
  readonly applies: boolean;
  readonly conditions: boolean[];
  readonly results: ActionResult[];
  readonly payload: string | null;
}

export class RunService {
  readonly #parts: RunServiceParts;

  constructor(parts: RunServiceParts) {
    this.#parts = parts;
  }

  /** @returns false where nothing was due. */
  async runNext(): Promise<boolean> {
    const { records, events, clock, log } = this.#parts;
    const at: { event: StoredHappening | null } = { event: null };
    try {
      return await records.inTransaction(undefined, async (db) => {
        await besideErasures(db);
        at.event = await events.take(db, clock.nowMs());
        if (!at.event) return false;
        await this.#runAll(db, at.event);
        await events.done(db, at.event.id);
        return true;
      });
    } catch (error) {
      if (at.event === null) throw error;
      await this.#failed(at.event, error);
      log.warn('automations: what happened could not be dealt with', { event: at.event.id, error });
      return true;
    }
  }

  /** As it would run now; nothing of it stays. @param happening as it was. */
  async tryOut(rule: AutomationRule, happening: Happening): Promise<TriedOut> {
    const { records, clock, runner } = this.#parts;
    const tried: { out: TriedOut | null } = { out: null };
    try {
      await records.inTransaction(undefined, async (db) => {
        await besideErasures(db);
        await stampAtEnd(db, async (held) => {
          const running = await this.#begin(db, rule, happening, clock.nowMs());
          const values = await runner.named(db, running);
          const { record, order } = values.whole;
          const conditions = rule.conditions.map((condition) =>
            holds(condition, { facts: happening.facts, record, orderStatusId: order?.statusId ?? null }),
          );
          const applies = setsOff(rule.trigger, happening.facts) && conditions.every((each) => each);
          const results = applies ? await runner.run(db, { ...running, dry: true }, held) : [];
          const hasWebhook = rule.actions.some((action) => action.do === 'webhook');
          const payload = hasWebhook ? payloadOf(running, await runner.named(db, running)) : null;
          tried.out = { applies, conditions, results, payload };
        });
        throw new TakenBack();
      });
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
    }
    if (tried.out === null) throw new Error('A rule that was tried out has results');
    return tried.out;
  }

  async #runAll(db: RunDatabase, event: StoredHappening): Promise<void> {
    const rules = await this.#parts.rules.all(event.projectId, db);
    const { stamp } = await stampAtEnd(db, async (held) => {
      for (const rule of rules) {
        if (rule.on && setsOff(rule.trigger, event.facts)) await this.#run(db, rule, event, held);
      }
    });
    await stamp();
  }

  async #run(db: RunDatabase, rule: AutomationRule, event: StoredHappening, held: unknown[]): Promise<void> {
    const { runner, runs, clock } = this.#parts;
    const nowMs = clock.nowMs();
    const running = await this.#begin(db, rule, event, nowMs);
    const { whole } = await runner.named(db, running);
    const circumstances = {
      ...{ facts: event.facts, record: whole.record },
      orderStatusId: whole.order?.statusId ?? null,
    };
    const applies = rule.conditions.every((condition) => holds(condition, circumstances));
    const run = runOf(running, event, whole.record === null ? '' : recordName(whole.record));
    // Its deliveries refer to it.
    await runs.add(db, applies ? run : { ...run, state: 'didNotApply', endedAtMs: nowMs }, event.id);
    if (!applies) return;
    const results = await runner.run(db, running, held);
    const state = stateOf(results);
    const { recordId, orderId } = running;
    await runs.finish(db, {
      ...{ ...run, results, state, endedAtMs: state === 'waiting' ? null : nowMs },
      about: { ...run.about, recordId, orderId },
    });
  }

  async #begin(db: RunDatabase, rule: AutomationRule, happening: Happening, nowMs: number): Promise<Running> {
    const { facts, recordId, orderId, projectId, atMs } = happening;
    const written = facts.call?.number ?? null;
    const number =
      written === null ? null : readRecordNumber(written, this.#parts.countryOf(projectId)).number;
    const known =
      recordId ?? (number === null ? null : await this.#parts.lookup.recordOfNumber(db, projectId, number));
    return { runId: randomUUID(), rule, facts, atMs, nowMs, recordId: known, orderId, dry: false };
  }

  async #failed(event: StoredHappening, error: unknown): Promise<void> {
    const { records, events, rules, runs, clock, log } = this.#parts;
    const nowMs = clock.nowMs();
    if (event.failures + 1 < mostFailures) {
      await records.inTransaction(undefined, (db) =>
        events.failed(db, event.id, nowMs + againAfterMs * 4 ** event.failures),
      );
      return;
    }
    log.error('automations: what happened is given up', { event: event.id, error });
    await records.inTransaction(undefined, async (db) => {
      for (const rule of await rules.all(event.projectId, db)) {
        if (!rule.on || !setsOff(rule.trigger, event.facts)) continue;
        const { recordId, orderId, facts, atMs } = event;
        const running = { runId: randomUUID(), rule, facts, atMs, nowMs, recordId, orderId, dry: false };
        const results = rule.actions.map((action) => ({
          ...{ action, state: 'failed' as const, reason: 'hubFailed', detail: null },
        }));
        await runs.add(
          db,
          { ...runOf(running, event, ''), state: 'failed', endedAtMs: nowMs, results },
          event.id,
        );
      }
      await events.done(db, event.id);
    });
  }
}

class TakenBack extends Error {}

function runOf(
  { runId, rule, recordId, orderId }: Running,
  event: StoredHappening,
  name: string,
): AutomationRun {
  return {
    id: runId,
    ruleId: rule.id,
    ruleName: rule.name,
    projectId: rule.projectId,
    triggeredAtMs: event.atMs,
    endedAtMs: null,
    about: { callId: event.callId, orderId, recordId, name },
    state: 'done',
    results: [],
  };
}
