// What supervisors see of rules at work: runs, deliveries, what a rule could be tried out against, and what it would do then.
import type { AutomationDelivery, AutomationRun } from '#shared/admin/automations-contract.ts';
import type { AutomationRule } from '#shared/domain/automation.ts';
import {
  type AutomationRuleId,
  attemptId,
  automationRuleId,
  callId,
  type ProjectId,
  type RecordId,
  recordId,
  sipCallId,
} from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor, AuditStore } from '../audit/audit-store.ts';
import type { HubClock } from '../hub-clock.ts';
import { type Scope, seesProject } from '../permissions/scope.ts';
import type { RecordStore } from '../records/record-store.ts';
import type { Happening } from './automation-event-store.ts';
import type { CandidateStore } from './candidate-store.ts';
import type { DeliveryStore } from './delivery-store.ts';
import { factsOfAttempt, factsOfMissed, factsOfRecord, factsOfReported } from './happenings.ts';
import type { EditedRule } from './rule-checks.ts';
import type { RunService, TriedOut } from './run-service.ts';
import type { RunStore } from './run-store.ts';

export interface WatchServiceParts {
  readonly runs: RunStore;
  readonly deliveries: DeliveryStore;
  readonly past: CandidateStore;
  readonly records: Pick<RecordStore, 'find'>;
  readonly service: Pick<RunService, 'tryOut'>;
  readonly audit: AuditStore;
  readonly clock: HubClock;
  /** Something waits to be sent. */
  resent(): void;
}

interface Candidate {
  readonly id: string;
  readonly atMs: number;
  readonly name: string;
  readonly what: string;
}

export class WatchService {
  readonly #parts: WatchServiceParts;

  constructor(parts: WatchServiceParts) {
    this.#parts = parts;
  }

  /** @param cursor of the page before. @throws CommandFailed 'cursorMalformed' */
  async runsOf(
    question: {
      readonly projectId: ProjectId;
      readonly ruleId: AutomationRuleId | null;
      readonly limit: number;
    },
    cursor: string | null,
  ): Promise<{ runs: AutomationRun[]; cursor: string | null }> {
    const found = await this.#parts.runs.list({ ...question, after: placeOf(cursor) });
    const runs = found.slice(0, question.limit);
    const last = runs.at(-1);
    const more = found.length > question.limit && last;
    return { runs, cursor: more ? cursorOf(last.triggeredAtMs, last.id) : null };
  }

  /** @param cursor of the page before. @throws CommandFailed 'cursorMalformed' */
  async deliveriesOf(
    question: {
      readonly projectId: ProjectId;
      readonly state: AutomationDelivery['state'] | null;
      readonly limit: number;
    },
    cursor: string | null,
  ): Promise<{ deliveries: AutomationDelivery[]; cursor: string | null }> {
    const found = await this.#parts.deliveries.list({ ...question, after: placeOf(cursor) });
    const page = found.slice(0, question.limit);
    const last = page.at(-1);
    return {
      deliveries: page.map(({ delivery }) => delivery),
      cursor: found.length > question.limit && last ? cursorOf(last.madeAtMs, last.delivery.id) : null,
    };
  }

  /** @throws CommandFailed 'notDead' where none of them could be sent. */
  async resend(actor: Actor, ids: readonly string[], scope: Scope): Promise<number> {
    const { deliveries, audit, clock, resent } = this.#parts;
    const sent = await deliveries.resend(ids, (projectId) => seesProject(scope, projectId), clock.nowMs());
    if (sent.length === 0) {
      throw new CommandFailed(
        'notDead',
        'None of these waits to be sent by hand: they were sent, are tried still, or name somebody who was erased.',
      );
    }
    for (const [ruleId, some] of Map.groupBy(sent, (each) => each.ruleId)) {
      const [first] = some;
      if (!first) continue;
      await audit.append(
        {
          ...{ actor, action: 'automation.resend', projectId: first.projectId },
          subject: { kind: 'automation', id: ruleId, name: first.ruleName },
          before: {},
          after: { deliveries: some.length },
        },
        clock.nowMs(),
      );
    }
    resent();
    return sent.length;
  }

  /** The last first. */
  async candidates({ projectId, trigger }: EditedRule): Promise<Candidate[]> {
    const { past } = this.#parts;
    switch (trigger.on) {
      case 'disposition': {
        const calls = await past.finishedCalls(projectId, trigger);
        const names = await past.namesOf(calls.flatMap((call) => call.recordId ?? []));
        return calls.map((call) => ({
          ...{
            id: call.callId,
            atMs: call.startedAtMs,
            name: nameIn(names, call.recordId) || (call.number ?? ''),
          },
          what: call.dispositionLabel ?? '',
        }));
      }
      case 'orderOutcome': {
        const attempts = await past.attempts(projectId, trigger);
        const names = await past.namesOf(attempts.map((each) => each.recordId));
        return attempts.map(({ attempt, recordId: id }) => ({
          ...{ id: attempt.attemptId, atMs: attempt.endedAtMs, name: nameIn(names, id) },
          what: attempt.buttonLabel || attempt.button,
        }));
      }
      case 'missedCall': {
        const found: Candidate[] = [];
        for (const id of await past.missedCalls(projectId)) {
          const missed = await past.missed(id);
          if (!missed) continue;
          const { startedAtMs: atMs, number } = missed.call;
          found.push({ id, atMs, name: number ?? '', what: '' });
        }
        return found;
      }
      case 'recordCreated': {
        const records = await past.records(projectId, trigger);
        return records.map(({ id, createdAtMs, name, kind }) => ({
          id,
          atMs: createdAtMs,
          name,
          what: kind,
        }));
      }
    }
  }

  /** Nothing is changed, nothing is sent. @param id of a candidate. @throws CommandFailed 'noSuchCall' */
  async tryOut(edited: EditedRule, id: string): Promise<TriedOut> {
    const happening = await this.#happening(edited, id);
    if (happening === null || happening.projectId !== edited.projectId) {
      throw new CommandFailed(
        'noSuchCall',
        'This is no longer there. Choose another one to try it out against.',
      );
    }
    const rule: AutomationRule = { ...edited, id: automationRuleId.parse('tried-out'), version: 1 };
    return await this.#parts.service.tryOut(rule, happening);
  }

  async #happening({ trigger, projectId }: EditedRule, id: string): Promise<Happening | null> {
    const { past, records, clock } = this.#parts;
    const atMs = clock.nowMs();
    const none = { recordId: null, callId: null, orderId: null };
    switch (trigger.on) {
      case 'disposition': {
        const call = await past.synced(callId.parse(id));
        if (!call || call.projectId === null) return null;
        const { recordId: about, callId: of } = call;
        return {
          ...none,
          projectId: call.projectId,
          atMs,
          recordId: about,
          callId: of,
          facts: factsOfReported(call),
        };
      }
      case 'orderOutcome': {
        const found = await past.attempt(attemptId.parse(id));
        if (!found) return null;
        const { attempt } = found;
        const call = attempt.callId === null ? null : await past.synced(attempt.callId);
        return {
          ...{ projectId: found.projectId, atMs, recordId: found.recordId },
          ...{ callId: attempt.callId, orderId: attempt.orderId, facts: factsOfAttempt(attempt, call) },
        };
      }
      case 'missedCall': {
        const missed = await past.missed(sipCallId.parse(id));
        if (!missed) return null;
        const { call } = missed;
        return { ...none, projectId: missed.projectId, atMs, callId: call.id, facts: factsOfMissed(call) };
      }
      case 'recordCreated': {
        const record = await records.find(recordId.parse(id));
        if (record?.projectId !== projectId) return null;
        return { ...none, projectId, atMs, recordId: record.id, facts: factsOfRecord(record.kind) };
      }
    }
  }
}

function nameIn(names: ReadonlyMap<RecordId, string>, id: RecordId | null): string {
  return id === null ? '' : (names.get(id) ?? '');
}

function cursorOf(atMs: number, id: string): string {
  return Buffer.from(`${atMs} ${id}`, 'utf8').toString('base64url');
}

function placeOf(cursor: string | null): { atMs: number; id: string } | null {
  if (cursor === null) return null;
  const [, atMs, id] = /^(\d{1,16}) (.+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (atMs === undefined || id === undefined) {
    throw new CommandFailed('cursorMalformed', 'This cursor is none of ours. Begin again without one.');
  }
  return { atMs: Number(atMs), id };
}
