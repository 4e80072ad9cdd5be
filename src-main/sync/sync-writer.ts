// Writes what syncing brings into the desktop's database: pulled pages with their cursor, the hub's answers, scopes that
// go, persons who were erased. In small transactions with pauses, so that main, which writes to the same file, never waits
// long. Runs in a thread of its own (writer-worker.ts); tests run it where they are.
import type { CountryCode } from 'libphonenumber-js';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { CallId, MutationId, NoteId, RecordId } from '#shared/domain/ids.ts';
import type { Pulled, Pushed, SyncScope } from '#shared/hub/sync-contract.ts';
import { positionOf } from '#shared/hub/sync-position.ts';
import type { DesktopDatabase } from '../database/open.ts';
import type { HubKind } from '../database/tables.ts';
import { openNoteStore } from '../records/note-store.ts';
import { openRecordStore } from '../records/record-store.ts';
import { openSyncedCallStore } from '../records/synced-call-store.ts';
import { openCursorStore } from './cursor-store.ts';
import { openErasureStore } from './erasure-store.ts';
import { openOutboxStore } from './outbox-store.ts';
import { createOverlay, withMutation } from './overlay.ts';

/** One page of a scope. */
export interface PageToKeep {
  readonly scope: SyncScope;
  readonly hub: HubKind;
  readonly changes: readonly Pulled[];
  readonly cursor: string;
  /** When nothing more was to come; null where something is. */
  readonly sameAtMs: number | null;
  readonly country: CountryCode;
}

/** What was written. */
export interface Written {
  /** Null: more than a few. */
  readonly recordIds: readonly RecordId[] | null;
  /** Rows went that must leave no bytes behind: `wipe` is due. */
  readonly erased: boolean;
}

/** All fail with the database's error; what was written before stays, and the same again does no harm. */
export interface SyncWriter {
  /** The rows, and with the last of them the cursor. */
  keepPage(page: PageToKeep): Promise<Written>;
  /** What became of what was sent, each with its row. */
  keepAnswers(answers: readonly Pushed[], nowMs: number): Promise<Written>;
  /** What of a scope is not unsent, and then its cursor; where it fails, the scope is pulled from its beginning. */
  removeScope(scope: SyncScope): Promise<Written>;
  /** The hub lost what it had after that: it is to be sent again, and everything pulled anew. */
  takeUpAgain(hub: HubKind, knownUntil: string): Promise<Written>;
  /** What the hub failed at: it is to be sent again. */
  takeUpSetAside(hub: HubKind): Promise<Written>;
  /** What the hub has taken before that time. */
  forgetSent(beforeMs: number): Promise<void>;
  /** After an erasure: nothing of it stays in the files. @returns false where it is to be tried again. */
  wipe(): Promise<boolean>;
  /** There will be something to write in a moment: what takes time to begin may begin. */
  soon(): void;
  close(): Promise<void>;
}

export interface SyncWriterOptions {
  /** Between two transactions; long enough for main, where that writes, too. */
  readonly pause: (mainWrites: boolean) => Promise<void>;
  /** How long one may hold the database. */
  readonly holdMs?: number;
  /** Another number each time that main is about to write: then what is under way is given up, and no pause is due before. */
  readonly mainAsks?: () => number;
  /** While a call is being set up, for so long: nothing is written, and what is under way is given up. */
  readonly callsRestMs?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** Main is about to write, or a call comes: what was done in this transaction is done again later. */
class GivesWay extends Error {}

const usualHoldMs = 4;
/** While main writes, too. */
const shortHoldMs = 2;
const mainWritesForMs = 1_000;
const mostNamed = 50;
const removedAtOnce = 200;
const mostRefused = 1_000;
const forgottenAtOnce = 100;
const mergedPages = 16;
/** It is over sooner than it was said to be, most often. */
const lookAgainMs = 100;

export function createSyncWriter(
  database: DesktopDatabase,
  {
    pause,
    holdMs = usualHoldMs,
    mainAsks,
    callsRestMs = () => 0,
    wait = () => pause(true),
  }: SyncWriterOptions,
): SyncWriter {
  const { sqlite } = database;
  let country: CountryCode = 'GB';
  const records = openRecordStore(database, () => country);
  const notes = openNoteStore(database);
  const calls = openSyncedCallStore(database, records);
  const outbox = openOutboxStore(database);
  const cursors = openCursorStore(database);
  const erasure = openErasureStore(database);
  /** Is being taken out: what is laid anew of it goes, though its cursor is still there. */
  let leaving: SyncScope | undefined;
  const keeps = (scope: SyncScope) => scope !== leaving && cursors.has(scope);
  const overlay = createOverlay(records, notes, outbox, keeps);
  // Who erased may have ended, thread or program, before it came to merging.
  let callsErased = true;
  /** Asked once in each transaction, since most often there is nothing. */
  let unsent = true;

  /** Whether another connection has written lately. */
  const version = sqlite.prepare<[], { data_version: number }>('PRAGMA data_version');
  let seenVersion = version.get()?.data_version ?? 0;
  let mainWroteAtMs = Number.NEGATIVE_INFINITY;
  let seenAsks = mainAsks?.();
  const nowAsks = () => {
    const asks = mainAsks?.();
    if (asks === seenAsks) return false;
    seenAsks = asks;
    mainWroteAtMs = performance.now();
    return true;
  };
  const mainWrites = () => {
    const now = version.get()?.data_version ?? 0;
    if (now !== seenVersion) mainWroteAtMs = performance.now();
    seenVersion = now;
    nowAsks();
    return performance.now() - mainWroteAtMs < mainWritesForMs;
  };

  const callsGoFirst = async () => {
    for (let restMs = callsRestMs(); restMs > 0; restMs = callsRestMs()) {
      await wait(Math.min(restMs, lookAgainMs));
    }
  };
  const breathe = async () => {
    await pause(mainWrites());
    await callsGoFirst();
  };

  /** In as few transactions as the time that each may take allows; `last` is part of the last one. */
  const inPieces = async <T>(
    items: readonly T[],
    work: (item: T) => void,
    last?: () => void,
    { givesWayToCalls = true } = {},
  ) => {
    let done = 0;
    let gaveWay = false;
    do {
      const beside = mainWrites();
      if (gaveWay || (done > 0 && (beside || !mainAsks))) await pause(beside);
      if (givesWayToCalls) await callsGoFirst();
      gaveWay = false;
      const doneBefore = done;
      const longestMs = beside ? Math.min(shortHoldMs, holdMs) : holdMs;
      const piece = sqlite.transaction(() => {
        const startMs = performance.now();
        unsent = outbox.hasOpen();
        while (done < items.length) {
          // A short one is soon over, and must not begin again and again.
          if ((nowAsks() && !beside) || (givesWayToCalls && callsRestMs() > 0)) throw new GivesWay();
          work(items[done] as T);
          done += 1;
          if (performance.now() - startMs > longestMs) break;
        }
        if (done === items.length) last?.();
      });
      try {
        piece.immediate();
      } catch (error) {
        if (!(error instanceof GivesWay)) throw error;
        done = doneBefore;
        gaveWay = true;
      }
    } while (done < items.length);
  };

  const removeRecord = (recordId: RecordId) => {
    records.remove(recordId);
    notes.removeOfRecord(recordId);
  };
  /** It moved out of this scope, or was erased. It may have come in by another scope before: then it stays. */
  const takeOut = (change: Extract<Pulled, { entity: 'gone' }>, scope: SyncScope) => {
    switch (change.of) {
      case 'record': {
        const recordId = change.id as RecordId;
        if (change.erased) {
          callsErased = erasure.erase(recordId) || callsErased;
          removeRecord(recordId);
        } else if (records.base(recordId)?.projectId === scope) overlay.lay(recordId, null);
        return;
      }
      case 'note': {
        const noteId = change.id as NoteId;
        const note = notes.find(noteId);
        const record = note && records.base(note.recordId);
        if (change.erased || !record || record.projectId === scope) notes.remove(noteId);
        return;
      }
      case 'call': {
        const callId = change.id as CallId;
        if (change.erased) callsErased = erasure.emptyCall(callId) || callsErased;
        // One that stays in this scope comes next.
        if (calls.find(callId)?.projectId === scope) calls.remove(callId);
        return;
      }
      default:
        assertNever(change.of);
    }
  };
  const take = (change: Pulled, scope: SyncScope) => {
    switch (change.entity) {
      case 'record':
        // Moved while the hub read it: it may be of a scope that is not kept.
        if (unsent || change.record.projectId !== scope) return overlay.lay(change.record.id, change.record);
        return records.write(change.record, change.record, 'sent');
      case 'note':
        return notes.write(change.note, 'sent');
      case 'call':
        return calls.write(change.call);
      case 'gone':
        return takeOut(change, scope);
      default:
        return assertNever(change);
    }
  };

  const takeAnswer = (answer: Pushed, nowMs: number): RecordId | null => {
    const sent = outbox.find(answer.mutationId);
    // Answered before: an answer that was taken for lost.
    if (sent?.state !== 'waiting') return null;
    const { mutation, recordId } = sent;
    const { mutationId, at } = answer;
    const told = { mutationId, at, answeredAtMs: Math.trunc(nowMs), reason: null, conflict: null };
    const note = mutation.kind === 'note.add' ? mutation.note.id : null;
    const isOfRecord = mutation.kind === 'record.create' || mutation.kind === 'record.change';
    switch (answer.outcome) {
      case 'applied': {
        outbox.answered({ ...told, state: 'applied' });
        if (note) notes.setState(note, 'sent');
        if (!isOfRecord) return recordId;
        const base = records.base(mutation.recordId);
        const now = withMutation(base, mutation, sent.madeAtMs);
        overlay.lay(mutation.recordId, now && { ...now, version: (base?.version ?? 0) + 1 });
        return recordId;
      }
      case 'conflict': {
        const { clashes, theirs } = answer;
        outbox.answered({ ...told, state: 'conflict', conflict: JSON.stringify({ clashes, theirs }) });
        overlay.lay(theirs.id, theirs);
        return recordId;
      }
      case 'refused':
        outbox.answered({ ...told, state: 'refused', reason: answer.reason });
        if (note) notes.setState(note, 'refused');
        if (isOfRecord) overlay.relay(mutation.recordId);
        return recordId;
      default:
        return assertNever(answer);
    }
  };

  const sendAgain = (mutationId: MutationId) => {
    const sent = outbox.find(mutationId);
    if (!sent) return;
    outbox.sendAgain(mutationId);
    if (sent.mutation.kind === 'note.add') notes.setState(sent.mutation.note.id, 'here');
    if (sent.recordId !== null) overlay.relay(sent.recordId);
  };

  return {
    async keepPage({ scope, hub, changes, cursor, sameAtMs, country: readAs }) {
      country = readAs;
      // Rows of a scope that is not kept would be taken for left over.
      if (!cursors.has(scope)) cursors.keep({ scope, hub, cursor: null, sameAtMs: null });
      await inPieces(
        changes,
        (change) => take(change, scope),
        () => cursors.keep({ scope, hub, cursor, sameAtMs }),
      );
      return {
        recordIds: changes.length > mostNamed ? null : named(changes.map(recordIdOf)),
        // What only moved away may be erased where this desktop does not hear of it.
        erased: changes.some((change) => change.entity === 'gone'),
      };
    },
    async keepAnswers(answers, nowMs) {
      const touched: (RecordId | null)[] = [];
      const take = (answer: Pushed) => void touched.push(takeAnswer(answer, nowMs));
      // A few rows, and what was written next waits for them to be sent.
      await inPieces(answers, take, undefined, { givesWayToCalls: false });
      return { recordIds: named(touched), erased: false };
    },
    async removeScope(scope) {
      // Where it ends halfway and the scope is open again, what is gone already must come again.
      cursors.beginAnewOf(scope);
      leaving = scope;
      try {
        do {
          for (;;) {
            const recordIds = records.sentInScope(scope, removedAtOnce);
            const callIds = calls.inScope(scope, removedAtOnce);
            if (recordIds.length === 0 && callIds.length === 0) break;
            await inPieces(recordIds, removeRecord);
            await inPieces(callIds, calls.remove);
            await breathe();
          }
          const refused = outbox.open(mostRefused).filter(({ state }) => state === 'refused');
          await inPieces(
            refused,
            ({ recordId }) => recordId !== null && overlay.relay(recordId),
            // Main may have laid one anew meanwhile, which goes, too.
            () => records.sentInScope(scope, 1).length === 0 && cursors.forget(scope),
          );
        } while (cursors.has(scope));
      } finally {
        leaving = undefined;
      }
      // Whoever is erased of it later is erased here, too, though nobody tells this desktop.
      return { recordIds: null, erased: true };
    },
    async takeUpAgain(hub, knownUntil) {
      const known = positionOf(knownUntil);
      const lost = outbox.applied(hub).filter(({ at }) => {
        const position = at === null ? null : positionOf(at);
        return !(known && position?.eraId === known.eraId && position.seq <= known.seq);
      });
      await inPieces(lost, ({ mutationId }) => sendAgain(mutationId), cursors.beginAnew);
      return { recordIds: null, erased: false };
    },
    async takeUpSetAside(hub) {
      const aside = outbox.setAside(hub);
      await inPieces(aside, ({ mutationId }) => sendAgain(mutationId));
      return { recordIds: named(aside.map(({ recordId }) => recordId)), erased: false };
    },
    async forgetSent(beforeMs) {
      while (outbox.forgetApplied(Math.trunc(beforeMs), forgottenAtOnce) === forgottenAtOnce) await breathe();
    },
    async wipe() {
      while (callsErased && erasure.mergeCallSearch(mergedPages)) await breathe();
      callsErased = false;
      return erasure.emptyLog();
    },
    soon() {},
    close: async () => database.close(),
  };
}

function recordIdOf(change: Pulled): RecordId | null {
  switch (change.entity) {
    case 'record':
      return change.record.id;
    case 'note':
      return change.note.recordId;
    case 'call':
      return change.call.recordId;
    case 'gone':
      return change.of === 'record' ? (change.id as RecordId) : null;
    default:
      return assertNever(change);
  }
}

function named(ids: readonly (RecordId | null)[]): RecordId[] | null {
  const all = new Set(ids.filter((each) => each !== null));
  return all.size > mostNamed ? null : [...all];
}
