// The history and the inbox: searching, one entry, what is to be done, corrections, offers that the hub says were missed.
// Called by history-handlers.ts and, for missed offers, by whoever hears the hub. Rows are history-store's.
import type { HistoryEntry, InboxView } from '#shared/desktop/history-contract.ts';
import { dispositionId as asDispositionId, type CallId, type VoicemailId } from '#shared/domain/ids.ts';
import type { MissedOffer } from '#shared/hub/hub-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { CallDesk } from '../calls/call-desk.ts';
import type { Agent, CallerDirectory } from '../calls/call-desk-ports.ts';
import type { CallFormDesk } from '../calls/call-form-desk.ts';
import type { CallStore } from '../calls/call-store.ts';
import type { Clock } from '../calls/clock.ts';
import type { Drafts } from '../calls/drafts.ts';
import type { Filing } from '../calls/filing.ts';
import type { Finishing } from '../calls/finishing.ts';
import { News } from '../calls/news.ts';
import { diskTroubleOf, refuseDiskTrouble } from '../database/database-errors.ts';
import { entryOf } from './history-entry.ts';
import type { DispositionList, Voicemails } from './history-ports.ts';
import { searchFor } from './history-search.ts';
import type { HistoryRow, HistoryStore } from './history-store.ts';
import type { SearchIndexStore } from './search-index-store.ts';

export interface HistoryServiceParts {
  readonly store: HistoryStore;
  readonly index: SearchIndexStore;
  readonly calls: CallStore;
  readonly desk: CallDesk;
  readonly drafts: Drafts;
  readonly finishing: Finishing;
  readonly forms: CallFormDesk;
  readonly filing: Filing;
  readonly dispositions: DispositionList;
  readonly voicemails: Voicemails;
  readonly directory: CallerDirectory;
  readonly agent: Agent;
  readonly clock: Clock;
  readonly log: WireLog;
  readonly newCallId: () => CallId;
}

/** `place` is start time * 1000 + n (migrations/desktop/0001-calls.ts). */
const placesPerMs = 1000;
const inboxLimit = 500;
/** So many calls are taken into the search index at once: a few milliseconds. */
const indexBatch = 25;
const indexPauseMs = 20;

export class HistoryService {
  readonly #parts: HistoryServiceParts;
  readonly #stops: (() => void)[];
  /** Voicemails that were unheard when the inbox showed them: they stay in it, marked heard, until the next start. */
  readonly #shownVoicemails = new Set<VoicemailId>();
  #cancelIndexing: (() => void) | null = null;
  /** An entry is new or other; null where it may be several. */
  readonly changed: News<CallId | null>;
  /** The inbox may be other than it was. */
  readonly inboxChanged: News<null>;

  constructor(parts: HistoryServiceParts) {
    this.#parts = parts;
    this.changed = new News('history.changed', parts.log);
    this.inboxChanged = new News('inbox.changed', parts.log);
    const entryChanged = (callId: CallId | null) => {
      this.changed.tell(callId);
      this.inboxChanged.tell(null);
    };
    this.#stops = [
      parts.desk.closed.on((call) => entryChanged(call.callId)),
      parts.finishing.changed.on(entryChanged),
      parts.drafts.changed.on((draft) => {
        if (parts.store.find(draft.callId)) entryChanged(draft.callId);
      }),
      parts.voicemails.onChanged(() => this.inboxChanged.tell(null)),
    ];
  }

  /**
   * @param query.beforeMs only calls that began before; null for the newest
   * @returns at least `limit` entries where there are as many: calls that began in the same millisecond as the last
   * come with it, so that `beforeMs` of the next page skips none
   */
  search(query: { text: string; beforeMs: number | null; limit: number }): {
    entries: HistoryEntry[];
    more: boolean;
  } {
    const userId = this.#parts.agent.current()?.userId;
    if (userId === undefined) return { entries: [], more: false };
    const search = searchFor(query.text);
    if (search.kind === 'none') return { entries: [], more: false };
    if (search.kind === 'matching') this.#bringIndexUp();
    const read = (after: number, before: number, limit: number) => {
      const stretch = { userId, after, before, limit };
      return search.kind === 'all'
        ? this.#parts.store.newest(stretch)
        : this.#parts.store.matching(search.match, stretch);
    };
    const before =
      query.beforeMs === null ? Number.MAX_SAFE_INTEGER : Math.ceil(query.beforeMs) * placesPerMs;
    const rows = read(-1, before, query.limit + 1);
    const last = rows[query.limit - 1];
    const next = rows[query.limit];
    if (!last || !next) return { entries: rows.map((row) => this.#entry(row)), more: false };
    const page = rows.slice(0, query.limit);
    const beginning = last.started_at_ms * placesPerMs;
    if (next.started_at_ms === last.started_at_ms) page.push(...read(beginning - 1, last.place, placesPerMs));
    const more = read(-1, beginning, 1).length > 0;
    return { entries: page.map((row) => this.#entry(row)), more };
  }

  /** @throws CommandFailed 'noSuchCall' */
  get(callId: CallId): HistoryEntry {
    return this.#entry(this.#find(callId));
  }

  /** @throws CommandFailed 'noSuchCall', 'diskFull', 'diskFailed' */
  markSeen(callId: CallId): void {
    const row = this.#find(callId);
    if (row.seen === 1) return;
    this.#write(() => this.#parts.store.markSeen(callId), 'The mark');
    this.changed.tell(callId);
    this.inboxChanged.tell(null);
  }

  /**
   * Adds an audited entry beside a call whose save is final.
   * @throws CommandFailed 'notFinished', 'noSuchCall', 'noSuchDisposition', 'diskFull', 'diskFailed'
   */
  correct(callId: CallId, note: string, dispositionId: string | null): HistoryEntry {
    const entry = this.get(callId);
    if (entry.state !== 'finished')
      throw new CommandFailed(
        'notFinished',
        entry.state === 'undoable'
          ? 'This save can still be undone. Nothing was added; undo it and change the note itself.'
          : 'This call is not saved yet. Nothing was added; change its note and save it.',
      );
    const id = dispositionId === null ? null : asDispositionId.safeParse(dispositionId);
    const disposition = id?.success ? this.#parts.dispositions.find(id.data) : null;
    if (
      id !== null &&
      (!disposition || (entry.projectId !== null && disposition.projectId !== entry.projectId))
    )
      throw new CommandFailed(
        'noSuchDisposition',
        "That disposition is not one of this call's project. Nothing was added; choose another.",
      );
    this.#write(
      () =>
        this.#parts.calls.transaction(() => {
          this.#parts.store.addCorrection({
            call_id: callId,
            at_ms: this.#parts.clock.nowMs(),
            author: this.#parts.agent.current()?.displayName ?? '',
            note,
            disposition: disposition === null ? null : JSON.stringify(disposition),
          });
          this.#parts.filing.report(callId, null);
        }),
      'The correction',
    );
    this.changed.tell(callId);
    return this.get(callId);
  }

  /** What is to be done, newest first: calls to finish, missed calls that were not looked at, unheard voicemails. */
  inbox(): InboxView {
    const userId = this.#parts.agent.current()?.userId;
    if (userId === undefined) return { toFinish: [], missed: [], voicemails: [] };
    const voicemails = this.#parts.voicemails.list();
    for (const voicemail of voicemails)
      if (!voicemail.heard) this.#shownVoicemails.add(voicemail.voicemailId);
    const entries = (rows: HistoryRow[]) => rows.map((row) => this.#entry(row));
    return {
      toFinish: entries(this.#parts.store.toFinish(userId, inboxLimit)),
      missed: entries(this.#parts.store.unseen(userId, inboxLimit)),
      voicemails: voicemails.filter((voicemail) => this.#shownVoicemails.has(voicemail.voicemailId)),
    };
  }

  /**
   * Offers that the hub says this agent did not get to see become missed calls with their reason (CALL-22).
   * One that this desktop knows itself is left as it is.
   * @throws SqliteError; none is then stored
   */
  keepMissedOffers(offers: readonly MissedOffer[]): void {
    const { calls, filing, agent, directory, newCallId } = this.#parts;
    const userId = agent.current()?.userId;
    if (userId === undefined || offers.length === 0) return;
    calls.transaction(() => {
      for (const missed of offers) {
        if (calls.callsOfSipCallId(missed.sipCallId).some((call) => call.user_id === userId)) continue;
        const callId = newCallId();
        calls.saveCall({
          call_id: callId,
          user_id: userId,
          sip_call_id: missed.sipCallId,
          direction: 'inbound',
          remote: directory.identify(missed.callerNumber, missed.callerName),
          internal: false,
          called_number: null,
          order_id: null,
          redirected_from: null,
          project_id: null,
          project_name: missed.projectName,
          dispositionRequired: false,
          started_at_ms: Math.trunc(missed.atMs),
          answered_at_ms: null,
          ended_at_ms: Math.trunc(missed.atMs),
          outcome: 'missed',
          missed_reason: missed.reason,
          end_cause: null,
          transferred_to: null,
          settlement: { state: 'notNeeded' },
          seen: false,
        });
        filing.report(callId, null);
      }
    });
    this.changed.tell(null);
    this.inboxChanged.tell(null);
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#cancelIndexing?.();
    this.#cancelIndexing = null;
  }

  #find(callId: CallId): HistoryRow {
    const row = this.#parts.store.find(callId);
    if (!row || row.user_id !== this.#parts.agent.current()?.userId)
      throw new CommandFailed('noSuchCall', 'There is no such call in the history.');
    return row;
  }

  #entry(row: HistoryRow): HistoryEntry {
    const { store, dispositions, forms, clock } = this.#parts;
    return entryOf(row, store.correctionsOf(row.call_id), { dispositions, forms, nowMs: clock.nowMs() });
  }

  #write(work: () => void, attempt: string): void {
    try {
      work();
    } catch (error) {
      refuseDiskTrouble(error, attempt);
    }
  }

  /** One batch now, for what is newest; the rest, where there is more, in the pauses between. */
  #bringIndexUp(): void {
    let taken = 0;
    try {
      taken = this.#parts.index.takeStale(indexBatch);
    } catch (error) {
      if (diskTroubleOf(error) === null) throw error;
      // A full disk must not keep anyone from searching what is indexed already.
      this.#parts.log.error('history: the search index cannot be written', { error });
    }
    if (taken < indexBatch || this.#cancelIndexing) return;
    this.#cancelIndexing = this.#parts.clock.setTimer(indexPauseMs, () => {
      this.#cancelIndexing = null;
      this.#bringIndexUp();
    });
  }
}
