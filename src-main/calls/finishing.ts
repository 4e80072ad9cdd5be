// Save and its undo: what a call needs before it may be finished, what becomes of one that ends without Save.
// Called by call-desk.ts; calls that are long over are finished here alone. Phases are the call machine's.
import type { DraftView } from '#shared/domain/call-view.ts';
import type { Disposition } from '#shared/domain/disposition.ts';
import type { CallId, ProjectId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { refuseDiskTrouble } from '../database/database-errors.ts';
import type { Call } from './call.ts';
import type { Dispositions } from './call-desk-ports.ts';
import type { CallJournal } from './call-journal.ts';
import type { CallStore, Settlement } from './call-store.ts';
import type { Clock } from './clock.ts';
import type { Drafts } from './drafts.ts';
import { News } from './news.ts';

/** How long a save can be undone (CALL-13), on the desktop's own clock. */
export const undoMs = 10_000;

type Missing = 'dispositionRequired' | 'dispositionGone' | 'noteRequired';
/** What a call's project asks for before its save. */
export interface AskedFor {
  readonly projectId: ProjectId | null;
  readonly dispositionRequired: boolean;
}
type Finished = Extract<Settlement, { state: 'finished' }>;

export class Finishing {
  readonly #store: CallStore;
  readonly #journal: CallJournal;
  readonly #drafts: Drafts;
  readonly #dispositions: Dispositions;
  readonly #clock: Clock;
  readonly #undoTimers = new Map<CallId, () => void>();
  /** What is to be done about a call that is over has changed: finished, undone, final. */
  readonly changed: News<CallId>;

  constructor(parts: {
    store: CallStore;
    journal: CallJournal;
    drafts: Drafts;
    dispositions: Dispositions;
    clock: Clock;
    log: WireLog;
  }) {
    this.#store = parts.store;
    this.#journal = parts.journal;
    this.#drafts = parts.drafts;
    this.#dispositions = parts.dispositions;
    this.#clock = parts.clock;
    this.changed = new News('finishing.changed', parts.log);
    this.#drafts.reopened.on((callId) => this.#told(callId));
  }

  /**
   * The agent's Save as it would be stored.
   * @throws CommandFailed 'dispositionRequired', 'dispositionGone', 'noteRequired'
   */
  saveOf(draft: DraftView, asked: AskedFor): Finished {
    const disposition = this.#dispositionOf(draft);
    const missing = this.#missingIn(draft, disposition, asked);
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
    return this.#finished(draft, disposition, 'agent');
  }

  /** What becomes of a call that ended without Save: to finish where something required is missing. */
  settlementWithoutSave(call: Call, draft: DraftView): Settlement {
    const disposition = this.#dispositionOf(draft);
    const answered = call.answeredAtMs !== null;
    const dispositionRequired = answered && (call.project?.dispositionRequired ?? false);
    const asked = { projectId: call.project?.id ?? null, dispositionRequired };
    if (this.#missingIn(draft, disposition, asked) !== null) return { state: 'toFinish' };
    return isEmpty(draft) ? { state: 'notNeeded' } : this.#finished(draft, disposition, 'expiry');
  }

  /** A call was stored as finished: says so again once its undo is over. */
  watchUndo(callId: CallId, settlement: Settlement): void {
    this.#undoTimers.get(callId)?.();
    this.#undoTimers.delete(callId);
    if (settlement.state === 'finished') this.#watchUntil(callId, settlement.undoUntilMs);
  }

  /**
   * Saves a call that is over: "to finish", or one that asked for nothing.
   * @throws CommandFailed 'dispositionRequired', 'dispositionGone', 'noteRequired', 'diskFull', 'diskFailed',
   * 'finished', 'noSuchCall', 'notNow'
   */
  finish(callId: CallId): { undoUntilMs: number } {
    const papers = this.#drafts.papersOf(callId);
    if (papers.state === 'finished') throw new CommandFailed('finished', 'This call is saved already.');
    if (papers.state === 'alive') throw new CommandFailed('notNow', 'The call is not over yet.');
    const dispositionRequired = papers.disposition_required === 1 && papers.answered_at_ms !== null;
    const asked = { projectId: papers.project_id, dispositionRequired };
    const settlement = this.saveOf(this.#drafts.get(callId), asked);
    try {
      this.#store.settle(callId, settlement);
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
      this.#store.settle(callId, { state: 'toFinish' });
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

  #finished(draft: DraftView, disposition: Disposition | null, savedBy: Finished['savedBy']): Finished {
    return {
      state: 'finished',
      note: draft.note,
      disposition,
      undoUntilMs: this.#clock.nowMs() + undoMs,
      savedBy,
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
    { projectId, dispositionRequired }: AskedFor,
  ): Missing | null {
    const canChoose = this.#dispositions.all().some((each) => each.projectId === projectId);
    if (canChoose && disposition === null) {
      if (draft.dispositionId !== null) return 'dispositionGone';
      if (dispositionRequired) return 'dispositionRequired';
    }
    return disposition?.noteRequired && draft.note.trim() === '' ? 'noteRequired' : null;
  }

  #told(callId: CallId): void {
    this.#undoTimers.get(callId)?.();
    this.#undoTimers.delete(callId);
    this.changed.tell(callId);
  }
}

function isEmpty(draft: DraftView): boolean {
  return draft.note.trim() === '' && draft.dispositionId === null;
}
