// The one draft that a call has, shown wherever it is edited. What it announces is on disk (CALL-23).
// Called by call-handlers.ts and finishing.ts; the call desk reads it for its views. Knows nothing of phases.
import type { DraftView } from '#shared/domain/call-view.ts';
import { emptyFormDraft, type FormDraft, formDraftWithout, isFormWith } from '#shared/domain/form-draft.ts';
import type { CallId, DispositionId, RecordId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { refuseDiskTrouble } from '../database/database-errors.ts';
import type { Agent, Dispositions } from './call-desk-ports.ts';
import type { CallJournal } from './call-journal.ts';
import type { CallPapers, CallStore } from './call-store.ts';
import type { Clock } from './clock.ts';
import type { Filing } from './filing.ts';
import { News } from './news.ts';

export interface DraftChange {
  readonly note?: string | undefined;
  readonly dispositionId?: DispositionId | null | undefined;
  readonly form?: FormDraft | undefined;
}

export class Drafts {
  readonly #store: CallStore;
  readonly #journal: CallJournal;
  readonly #clock: Clock;
  readonly #agent: Agent;
  readonly #dispositions: Dispositions;
  readonly #filing: Filing;
  /** Drafts of calls that are alive: their views are made once a second. */
  readonly #atHand = new Map<CallId, DraftView>();
  /** A draft is other than it was, and on disk. */
  readonly changed: News<DraftView>;
  /** A call that was over needs finishing again, because its draft was changed. */
  readonly reopened: News<CallId>;

  constructor(parts: {
    store: CallStore;
    journal: CallJournal;
    clock: Clock;
    agent: Agent;
    dispositions: Dispositions;
    filing: Filing;
    log: WireLog;
  }) {
    this.#store = parts.store;
    this.#journal = parts.journal;
    this.#clock = parts.clock;
    this.#agent = parts.agent;
    this.#dispositions = parts.dispositions;
    this.#filing = parts.filing;
    this.changed = new News('drafts.changed', parts.log);
    this.reopened = new News('drafts.reopened', parts.log);
  }

  /** @throws CommandFailed 'noSuchCall' */
  get(callId: CallId): DraftView {
    const atHand = this.#atHand.get(callId);
    if (atHand) return atHand;
    this.papersOf(callId);
    return this.#read(callId);
  }

  /** The draft of a call that is alive, for its view; kept at hand until `letGo`. */
  ofAlive(callId: CallId): DraftView {
    const draft = this.#atHand.get(callId) ?? this.#read(callId);
    this.#atHand.set(callId, draft);
    return draft;
  }

  letGo(callId: CallId): void {
    this.#atHand.delete(callId);
  }

  /**
   * Persons were erased: the draft of a call that is alive is no more than what erasing leaves on disk.
   * @param isTheirs the call is with one of them, so that its note goes, too
   * @throws SqliteError; it is gone from memory all the same
   */
  forgetErased(callId: CallId, erased: ReadonlySet<RecordId>, isTheirs: boolean): void {
    const draft = this.ofAlive(callId);
    const whole = isTheirs || isFormWith(draft.form, erased);
    const form = whole ? emptyFormDraft : formDraftWithout(draft.form, erased);
    const left = whole ? { ...draft, note: '', form } : { ...draft, form };
    if (left.note === draft.note && left.form === draft.form) return;
    this.#atHand.set(callId, left);
    this.changed.tell(left);
    this.#store.saveDraft({ ...left, savedAtMs: left.savedAtMs ?? this.#clock.nowMs() });
  }

  /**
   * Writes the change to disk, then answers.
   * @throws CommandFailed 'diskFull', 'diskFailed' (the draft is then as it was), 'finished', 'noSuchCall',
   * 'noSuchDisposition'
   */
  change(callId: CallId, change: DraftChange): DraftView {
    try {
      // The call's own row may still wait for a disk that was full.
      this.#journal.flush();
      return this.#write(callId, change);
    } catch (error) {
      refuseDiskTrouble(error, 'The note');
    }
  }

  /** @throws CommandFailed 'noSuchCall' where there is none, or it is another user's */
  papersOf(callId: CallId): CallPapers {
    const papers = this.#store.papersOf(callId);
    if (!papers || papers.user_id !== this.#agent.current()?.userId)
      throw new CommandFailed('noSuchCall', 'There is no such call.');
    return papers;
  }

  #write(callId: CallId, change: DraftChange): DraftView {
    const papers = this.papersOf(callId);
    const reopens = papers.state === 'notNeeded' || this.#isKeptOpen(papers);
    if (papers.state === 'finished' && !reopens)
      throw new CommandFailed(
        'finished',
        'This call is saved, so its note can no longer be changed here. What was saved is safe. ' +
          'Undo the save while that is offered, or add a correction in the history.',
      );
    if (change.dispositionId) this.#checkDisposition(change.dispositionId, papers);

    const before = this.#atHand.get(callId) ?? this.#read(callId);
    const draft = {
      callId,
      note: change.note ?? before.note,
      dispositionId: change.dispositionId === undefined ? before.dispositionId : change.dispositionId,
      form: change.form ?? before.form,
      savedAtMs: this.#clock.nowMs(),
    };
    if (reopens) {
      this.#store.transaction(() => {
        this.#store.saveDraft(draft);
        if (papers.state === 'finished') this.#filing.takeBack(callId);
        this.#store.settle(callId, { state: 'toFinish' });
        this.#filing.report(callId, null);
      });
    } else {
      this.#store.saveDraft(draft);
    }
    if (this.#atHand.has(callId)) this.#atHand.set(callId, draft);
    this.changed.tell(draft);
    if (reopens) this.reopened.tell(callId);
    return draft;
  }

  /** Nobody pressed Save: the wrap-up ran out, perhaps in the middle of a word, which must not be lost. */
  #isKeptOpen(papers: CallPapers): boolean {
    return (
      papers.state === 'finished' &&
      papers.saved_by === 'expiry' &&
      this.#clock.nowMs() <= (papers.undo_until_ms ?? 0)
    );
  }

  #checkDisposition(dispositionId: DispositionId, papers: CallPapers): void {
    const disposition = this.#dispositions.find(dispositionId);
    if (!disposition || (papers.project_id !== null && disposition.projectId !== papers.project_id))
      throw new CommandFailed(
        'noSuchDisposition',
        "That disposition is not one of this call's project. The note is as it was; choose another.",
      );
  }

  #read(callId: CallId): DraftView {
    return (
      this.#store.draftOf(callId) ?? {
        callId,
        note: '',
        dispositionId: null,
        form: emptyFormDraft,
        savedAtMs: null,
      }
    );
  }
}
