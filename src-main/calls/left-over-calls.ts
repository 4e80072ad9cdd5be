// The calls that were alive when the app ended under them. At start each is ended, and those that nobody had answered
// are closed; one that was talked on waits for its agent to sign in, and then goes on as a wrap-up, its note as it was.
// Called by calls.ts at start and by call-desk.ts at sign-in.
import { type CallTransfer, remoteParty } from '#shared/domain/call-view.ts';
import { isEmptyFormDraft } from '#shared/domain/form-draft.ts';
import type { CallId, UserId } from '#shared/domain/ids.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { Call, Step } from './call.ts';
import type { Projects } from './call-desk-ports.ts';
import { type CallFormDesk, formCallOf } from './call-form-desk.ts';
import { type CallStore, type LeftOverCall, storedForm } from './call-store.ts';
import type { Clock } from './clock.ts';
import { reopenWrapUp } from './ending-machine.ts';
import type { Filing } from './filing.ts';

export class LeftOverCalls {
  readonly #store: CallStore;
  readonly #projects: Projects;
  readonly #clock: Clock;
  readonly #forms: CallFormDesk;
  readonly #filing: Filing;
  readonly #log: WireLog;

  constructor(parts: {
    store: CallStore;
    projects: Projects;
    clock: Clock;
    forms: CallFormDesk;
    filing: Filing;
    log: WireLog;
  }) {
    this.#store = parts.store;
    this.#projects = parts.projects;
    this.#clock = parts.clock;
    this.#forms = parts.forms;
    this.#filing = parts.filing;
    this.#log = parts.log;
  }

  /**
   * @param ranUntilMs until when each call that was talked on is known to have run
   * @throws SqliteError; none is then ended
   */
  endAll(ranUntilMs: ReadonlyMap<CallId, number>): void {
    const left = this.#store.aliveCalls();
    this.#store.transaction(() => {
      for (const call of left) {
        // In wrap-up the call itself was over, and its end is known.
        if (call.ended_at_ms === null) this.#end(call, ranUntilMs.get(call.call_id) ?? 0);
        if (call.answered_at_ms === null) this.#settle(call);
      }
    });
    if (left.length > 0) this.#log.warn('calls: the app ended under calls', { calls: left.length });
  }

  /**
   * The wrap-ups that go on, in the order in which their calls began. A call whose project has no wrap-up is settled:
   * to finish where something is missing or was written.
   * @throws SqliteError
   */
  reopen(userId: UserId): { readonly wrapUps: readonly Step[]; readonly settled: readonly CallId[] } {
    const wrapUps: Step[] = [];
    const settled: CallId[] = [];
    for (const left of this.#store.aliveCalls()) {
      if (left.user_id !== userId) continue;
      const step = reopenWrapUp(this.#callOf(left), this.#clock.nowMs());
      if (step) wrapUps.push(step);
      else {
        this.#settle(left);
        settled.push(left.call_id);
      }
    }
    this.#filing.reportLater(userId);
    return { wrapUps, settled };
  }

  #end(call: LeftOverCall, ranUntilMs: number): void {
    const missed = call.direction === 'inbound' && call.answered_at_ms === null;
    this.#store.endLost({
      call_id: call.call_id,
      ended_at_ms: Math.max(
        call.started_at_ms,
        call.answered_at_ms ?? 0,
        call.answered_at_ms === null ? 0 : (call.saved_at_ms ?? 0),
        ranUntilMs,
      ),
      outcome: missed ? 'missed' : 'failed',
      missed_reason: missed ? 'appEnded' : null,
      end_cause: 'lost',
      seen: !missed,
    });
  }

  #settle(left: LeftOverCall): void {
    const answered = left.answered_at_ms !== null;
    const draft = storedForm(left.form);
    const asked = answered && this.#forms.planOf(formCallOf(this.#callOf(left)), draft).problems.length > 0;
    const required = asked || (answered && left.disposition_required === 1);
    const written =
      (left.note ?? '').trim() !== '' || left.disposition_id !== null || !isEmptyFormDraft(draft);
    this.#store.transaction(() => {
      this.#store.settle(left.call_id, { state: required || written ? 'toFinish' : 'notNeeded' });
      this.#filing.report(left.call_id, null);
    });
  }

  #callOf(left: LeftOverCall): Call {
    const project = left.project_id === null ? null : this.#projects.find(left.project_id);
    return {
      callId: left.call_id,
      sipCallId: left.sip_call_id,
      userId: left.user_id,
      direction: left.direction,
      phase: { name: 'closed' },
      remote: remoteParty.parse(JSON.parse(left.remote)),
      project: project && {
        id: project.id,
        name: project.name,
        wrapUpMs: project.wrapUpMs,
        dispositionRequired: left.disposition_required === 1,
      },
      queueName: null,
      orderId: left.order_id,
      internal: left.internal === 1,
      calledNumber: left.called_number,
      redirectedFrom: left.redirected_from,
      startedAtMs: left.started_at_ms,
      answeredAtMs: left.answered_at_ms,
      endedAtMs: left.ended_at_ms,
      outcome: left.outcome,
      missedReason: left.missed_reason,
      endCause: left.end_cause,
      muted: false,
      remoteHold: false,
      quality: null,
      dtmfSent: '',
      transfer: left.transferred_to === null ? null : given(left.transferred_to, left.started_at_ms),
      wrapUpEndsAtMs: null,
    };
  }
}

function given(to: string, sinceMs: number): CallTransfer {
  return { to, kind: 'number', sinceMs, progress: 'done', failure: null };
}
