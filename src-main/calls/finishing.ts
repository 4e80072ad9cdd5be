// Save and its undo: what a call needs before it may be finished, what becomes of one that ends without Save.
// Called by call-desk.ts; calls that are long over are finished here alone. Phases are the call machine's.
import type { DraftView } from '#shared/domain/call-view.ts';
import type { Disposition } from '#shared/domain/disposition.ts';
import { isEmptyFormDraft } from '#shared/domain/form-draft.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { refuseDiskTrouble } from '../database/database-errors.ts';
import type { Call } from './call.ts';
import type { Agent, Dispositions } from './call-desk-ports.ts';
import { type CallFormDesk, type FormCall, formCallFrom, formCallOf } from './call-form-desk.ts';
import type { CallJournal } from './call-journal.ts';
import type { CallStore, Settlement } from './call-store.ts';
import type { Clock } from './clock.ts';
import type { Drafts } from './drafts.ts';
import type { Filing } from './filing.ts';
import type { FormPlan } from './form-plan.ts';
import { News } from './news.ts';

/** How long a save can be undone (CALL-13), on the desktop's own clock. */
export const undoMs = 10_000;

type Missing =
  | 'dispositionRequired'
  | 'dispositionGone'
  | 'noteRequired'
  | 'recordGone'
  | 'fieldsMissing'
  | 'fieldsInvalid';
/** What a call's project asks for before its save. */
export interface AskedFor {
  readonly call: FormCall;
  readonly dispositionRequired: boolean;
}
type Finished = Extract<Settlement, { state: 'finished' }>;

/** How a call is to be stored; `also` writes what goes with it, in the same transaction and after the call's row. */
export interface Settling<S extends Settlement = Settlement> {
  readonly settlement: S;
  also(): void;
}

export class Finishing {
  readonly #store: CallStore;
  readonly #journal: CallJournal;
  readonly #drafts: Drafts;
  readonly #dispositions: Dispositions;
  readonly #forms: CallFormDesk;
  readonly #filing: Filing;
  readonly #agent: Agent;
  readonly #clock: Clock;
  readonly #undoTimers = new Map<CallId, () => void>();
  /** What is to be done about a call that is over has changed: finished, undone, final. */
  readonly changed: News<CallId>;

  constructor(parts: {
    store: CallStore;
    journal: CallJournal;
    drafts: Drafts;
    dispositions: Dispositions;
    forms: CallFormDesk;
    filing: Filing;
    agent: Agent;
    clock: Clock;
    log: WireLog;
  }) {
    this.#store = parts.store;
    this.#journal = parts.journal;
    this.#drafts = parts.drafts;
    this.#dispositions = parts.dispositions;
    this.#forms = parts.forms;
    this.#filing = parts.filing;
    this.#agent = parts.agent;
    this.#clock = parts.clock;
    this.changed = new News('finishing.changed', parts.log);
    this.#drafts.reopened.on((callId) => this.#told(callId));
  }

  /**
   * The agent's Save as it would be stored.
   * @throws CommandFailed 'dispositionRequired', 'dispositionGone', 'noteRequired', 'recordGone', 'fieldsMissing',
   * 'fieldsInvalid'
   */
  saveOf(draft: DraftView, asked: AskedFor): Settling<Finished> {
    const disposition = this.#dispositionOf(draft);
    const plan = this.#forms.planOf(asked.call, draft.form);
    const missing = this.#missingIn(draft, disposition, asked, plan);
    if (missing === 'dispositionGone')
      throw new CommandFailed(
        missing,
        'The disposition that was chosen has been removed. The note is safe; choose another, then save again.',
      );
    if (missing === 'dispositionRequired')
      throw new CommandFailed(
        missing,
        'This project asks for a disposition. The note is safe; choose one, then save again.',
      );
    if (missing === 'noteRequired')
      throw new CommandFailed(
        missing,
        'This disposition asks for a note. Nothing is lost; write one, then save again.',
      );
    if (missing === 'recordGone')
      throw new CommandFailed(
        missing,
        'The record that was chosen for this call has been erased. What was written is safe; choose another, then save ' +
          'again.',
      );
    if (missing !== null) {
      const fields = plan.problems.map(({ field }) => field).join(', ');
      throw new CommandFailed(
        missing,
        missing === 'fieldsMissing'
          ? `The form asks for more: ${fields}. What was written is safe; fill these in, then save again.`
          : `The form cannot read these fields: ${fields}. What was written is safe; mend them, then save again.`,
      );
    }
    return this.#finished(draft, disposition, plan, 'agent');
  }

  /** What becomes of a call that ended without Save: to finish where something required is missing. */
  settlementWithoutSave(call: Call, draft: DraftView): Settling {
    const disposition = this.#dispositionOf(draft);
    const answered = call.answeredAtMs !== null;
    const dispositionRequired = answered && (call.project?.dispositionRequired ?? false);
    const asked = { call: formCallOf(call), dispositionRequired };
    const plan = this.#forms.planOf(asked.call, draft.form);
    const open = (state: 'toFinish' | 'notNeeded'): Settling => ({
      settlement: { state },
      also: () => this.#filing.report(call.callId, null),
    });
    if (this.#missingIn(draft, disposition, asked, plan) !== null) return open('toFinish');
    if (isEmpty(draft)) return open('notNeeded');
    // Nobody else may make or change a record in this agent's name.
    const isHere = this.#agent.current()?.userId === call.userId;
    if (!isHere && writes(plan, draft)) return open('toFinish');
    return this.#finished(draft, disposition, plan, 'expiry');
  }

  /** A call was stored as finished: says so again once its undo is over. */
  watchUndo(callId: CallId, settlement: Settlement): void {
    this.#undoTimers.get(callId)?.();
    this.#undoTimers.delete(callId);
    if (settlement.state === 'finished') this.#watchUntil(callId, settlement.undoUntilMs);
  }

  /**
   * Saves a call that is over: "to finish", or one that asked for nothing.
   * @throws CommandFailed as `saveOf`, and 'diskFull', 'diskFailed', 'finished', 'noSuchCall', 'notNow'
   */
  finish(callId: CallId): { undoUntilMs: number } {
    const papers = this.#drafts.papersOf(callId);
    if (papers.state === 'finished') throw new CommandFailed('finished', 'This call is saved already.');
    if (papers.state === 'alive') throw new CommandFailed('notNow', 'The call is not over yet.');
    const dispositionRequired = papers.disposition_required === 1 && papers.answered_at_ms !== null;
    const asked = { call: formCallFrom(papers), dispositionRequired };
    const { settlement, also } = this.saveOf(this.#drafts.get(callId), asked);
    try {
      this.#journal.flush();
      this.#store.transaction(() => {
        this.#store.settle(callId, settlement);
        also();
      });
    } catch (error) {
      refuseDiskTrouble(error, 'The call');
    }
    this.watchUndo(callId, settlement);
    this.changed.tell(callId);
    return { undoUntilMs: settlement.undoUntilMs };
  }

  /**
   * Takes a save back: the call is to finish again, its draft as it was.
   * @throws CommandFailed 'tooLate', 'notNow' where it is not saved, 'noSuchCall', 'diskFull', 'diskFailed'
   */
  undo(callId: CallId): void {
    const papers = this.#drafts.papersOf(callId);
    if (papers.state !== 'finished')
      throw new CommandFailed('notNow', 'This call is not saved, so there is nothing to undo.');
    if (this.#clock.nowMs() > (papers.undo_until_ms ?? 0))
      throw new CommandFailed(
        'tooLate',
        'The save can no longer be undone. It is kept as it is; add a correction in the history instead.',
      );
    try {
      this.#journal.flush();
      this.#store.transaction(() => {
        this.#filing.takeBack(callId);
        this.#store.settle(callId, { state: 'toFinish' });
        this.#filing.report(callId, null);
      });
    } catch (error) {
      refuseDiskTrouble(error, 'The undo');
    }
    this.#told(callId);
  }

  /** After a restart: a save whose undo is still open says so again once that is over. @throws SqliteError */
  watchUndosOfBefore(): void {
    const nowMs = this.#clock.nowMs();
    for (const { call_id: callId, undo_until_ms: untilMs } of this.#store.undoableCalls(nowMs))
      this.#watchUntil(callId, untilMs ?? nowMs);
  }

  close(): void {
    for (const cancel of this.#undoTimers.values()) cancel();
    this.#undoTimers.clear();
  }

  #finished(
    draft: DraftView,
    disposition: Disposition | null,
    plan: FormPlan,
    savedBy: Finished['savedBy'],
  ): Settling<Finished> {
    const undoUntilMs = this.#clock.nowMs() + undoMs;
    return {
      settlement: { state: 'finished', note: draft.note, disposition, undoUntilMs, savedBy },
      also: () => this.#filing.file(draft.callId, plan, draft.form, undoUntilMs),
    };
  }

  #watchUntil(callId: CallId, untilMs: number): void {
    const cancel = this.#clock.setTimer(untilMs - this.#clock.nowMs() + 1, () => this.#told(callId));
    this.#undoTimers.set(callId, cancel);
  }

  #dispositionOf(draft: DraftView): Disposition | null {
    return draft.dispositionId === null ? null : this.#dispositions.find(draft.dispositionId);
  }

  /** A project whose dispositions are all gone, or not made yet, cannot ask for one. */
  #missingIn(
    draft: DraftView,
    disposition: Disposition | null,
    { call: { projectId }, dispositionRequired }: AskedFor,
    plan: FormPlan,
  ): Missing | null {
    const canChoose = this.#dispositions.all().some((each) => each.projectId === projectId);
    if (canChoose && disposition === null) {
      if (draft.dispositionId !== null) return 'dispositionGone';
      if (dispositionRequired) return 'dispositionRequired';
    }
    if (disposition?.noteRequired && draft.note.trim() === '') return 'noteRequired';
    if (plan.chosenGone) return 'recordGone';
    if (plan.problems.length === 0) return null;
    return plan.problems.every(({ problem }) => problem === 'required') ? 'fieldsMissing' : 'fieldsInvalid';
  }

  #told(callId: CallId): void {
    this.#undoTimers.get(callId)?.();
    this.#undoTimers.delete(callId);
    this.changed.tell(callId);
  }
}

function writes({ contact, numberGoesTo }: FormPlan, { form }: DraftView): boolean {
  if (contact.does === 'creates') return true;
  return (contact.does === 'keeps' && contact.change !== null) || (form.saveNumber && numberGoesTo !== null);
}

function isEmpty(draft: DraftView): boolean {
  return draft.note.trim() === '' && draft.dispositionId === null && isEmptyFormDraft(draft.form);
}
