// Keeps this desktop and its hub the same: sends what waits, in order; pulls what others did; takes out what is no longer
// this user's. One thing after the other, so that no answer meets a page that was read before it. What comes next is
// decided by sync-machine.ts; what is written, by sync-writer.ts. Longer than most: it is the one loop.
import type { CountryCode } from 'libphonenumber-js';
import type { SyncView } from '#shared/desktop/sync-view-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { MutationId, ProjectId, RecordId } from '#shared/domain/ids.ts';
import type { Outgoing, Pulled, Pushed, SyncScope } from '#shared/hub/sync-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { CallsFirst } from '../calls/calls-first.ts';
import type { Clock } from '../calls/clock.ts';
import { type DiskTrouble, diskTroubleOf, isDamage } from '../database/database-errors.ts';
import type { CursorStore } from './cursor-store.ts';
import type { Outbox } from './outbox.ts';
import { hubFails, type Kept, type OutboxStore, undoIsOver } from './outbox-store.ts';
import {
  isToBeSetAside,
  nextStep,
  retryDelayMs,
  type SyncFacts,
  type SyncStep,
  sentAtMs,
  wipeAgainMs,
  wipeLaterMs,
} from './sync-machine.ts';
import type { AtWork, PullReply, SyncHub } from './sync-ports.ts';
import type { SyncWriter, Written } from './sync-writer.ts';

export interface SyncParts {
  readonly hub: SyncHub;
  readonly writer: SyncWriter;
  readonly outbox: Pick<Outbox, 'onChanged'>;
  readonly store: OutboxStore;
  readonly cursors: Pick<CursorStore, 'all' | 'keep'>;
  readonly clock: Clock;
  /** Left out where there are no calls. */
  readonly callsFirst?: Pick<CallsFirst, 'restMs'>;
  /** 0 to 1. */
  readonly random: () => number;
  /** How national numbers are read. */
  readonly country: () => CountryCode;
  /** Null: more than a few. */
  recordsChanged(ids: readonly RecordId[] | null): void;
  /** They are erased here; what of them is held in memory is to go. Also told where only calls were emptied: with none. */
  erased?(recordIds: readonly RecordId[]): void;
  /** The database could not be read: it is looked at at the next start. */
  damaged(): void;
  readonly log: WireLog;
}

/** So many that main is not held by reading them, and the hub's answer is not long in coming. */
const pageRows = 400;
const mostSent = 200;
/** Requests one after the other until it is looked again what comes next. */
const mostInRow = 10;
const mostSentBytes = 300_000;
/** The hub closes the connection at 6 MB. */
const largestBytes = 4_000_000;
const answerWithinMs = 30_000;
/** The hub has answered, and could not do it: something in it failed, or it is older than this desktop. */
const ownFailures: ReadonlySet<string> = new Set(['internal', 'malformed']);
/** What is told as it happens is looked for all the same, should the word be lost. */
const lookEveryMs = 45_000;
const tellProgressEveryMs = 250;
const keptSentMs = 30 * 24 * 3_600_000;

export class SyncService {
  readonly #parts: SyncParts;
  readonly #listeners = new Set<(view: SyncView) => void>();
  readonly #stale = new Set<SyncScope>();
  readonly #lost = new Set<SyncScope>();
  readonly #closedSince = new Map<SyncScope, number>();
  readonly #sending = new Set<MutationId>();
  #atWork: AtWork | null = null;
  #online = false;
  #checked = false;
  #tidied = false;
  #failures = 0;
  /** What was in the way of the last step, if not that the hub was away. */
  #inTheWay: 'hubRefuses' | DiskTrouble | null = null;
  #retryAtMs: number | null = null;
  #batch = mostSent;
  /** The one at which the hub failed last, sent by itself. */
  #failedAlone: { readonly mutationId: MutationId; readonly failures: number } | null = null;
  #asideAtMs: number | null = null;
  #pulling: SyncView['pulling'] = null;
  #sameSinceMs: number | null;
  #changedSinceSame = true;
  #lookedAtMs = 0;
  #wipeAtMs: number | null;
  #busy = false;
  #running: Promise<void> = Promise.resolve();
  #callOff: (() => void) | null = null;
  #closed = false;
  #told = '';
  #toldProgressAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: SyncParts) {
    this.#parts = parts;
    this.#wipeAtMs = parts.clock.nowMs() + wipeLaterMs;
    const times = parts.cursors.all().map(({ sameAtMs }) => sameAtMs);
    this.#sameSinceMs = times.length === 0 || times.includes(null) ? null : Math.min(...(times as number[]));
    parts.outbox.onChanged(() => {
      this.#changedSinceSame = true;
      this.#retryAtMs = this.#inTheWay ? this.#retryAtMs : null;
      this.#go();
    });
  }

  /** Whoever signed in, came into a project, opened or closed one, signed out; and the link to the hub. */
  situation(atWork: AtWork | null, online: boolean): void {
    const wasReady = this.#ready();
    const before = this.#atWork;
    this.#atWork = atWork;
    this.#online = online;
    if (atWork && (atWork.userId !== before?.userId || atWork.hub !== before.hub)) this.#keepWhose(atWork);
    const open = atWork?.open ?? [];
    // What is told to be open now is newer than a refusal of before: who came back into a project at once has it still open.
    const added = open.filter((scope) => !before?.open.includes(scope) || this.#lost.has(scope));
    this.#lost.clear();
    const fresh = this.#ready() && !wasReady;
    for (const scope of fresh ? open : added) this.#stale.add(scope);
    if (fresh) {
      this.#checked = false;
      this.#tidied = false;
      this.#tryNow();
    }
    this.#go();
  }

  /** The hub says that there is something to pull. */
  changedAtHub(scopes: readonly SyncScope[]): void {
    for (const scope of scopes) this.#stale.add(scope);
    this.#go();
  }

  /** A person does not want to wait. */
  now(): void {
    for (const scope of this.#atWork?.open ?? []) this.#stale.add(scope);
    // What the hub failed at is sent again, too.
    this.#checked = false;
    this.#tryNow();
    this.#go();
  }

  /** Something of the outbox was changed by a person: a conflict resolved, a refusal put away. */
  touched(): void {
    this.#tell();
    this.#go();
  }

  /** A call is over, perhaps: where none is being set up any more, what waited for it goes on. */
  callEntered(): void {
    if (this.#callsRestMs() === 0) this.#go();
  }

  isSending(mutationId: MutationId): boolean {
    return this.#sending.has(mutationId);
  }

  view(): SyncView {
    const { waiting, conflict, refused } = this.#parts.store.counts();
    return {
      waiting,
      conflicts: conflict,
      refused,
      pulling: this.#pulling,
      sameSinceMs: this.#sameSinceMs,
      why: this.#why(waiting),
    };
  }

  onChanged(listener: (view: SyncView) => void): void {
    this.#listeners.add(listener);
  }

  /** Resolves when nothing is being done, as far as it depends on this desktop: for tests. */
  async idle(): Promise<void> {
    while (this.#busy) await this.#running;
  }

  /** What is being written is written to its end. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#callOff?.();
    this.#interrupt?.();
    await this.#running;
    await this.#parts.writer.close();
  }

  /** A disk that takes nothing must not keep anybody from signing in. */
  #keepWhose({ userId, hub }: AtWork): void {
    try {
      this.#parts.store.atWork({ userId, hub });
    } catch (error) {
      this.#parts.log.error('sync: who is at work is not kept', { error });
    }
  }

  #ready(): boolean {
    return this.#online && this.#atWork !== null;
  }

  #tryNow(): void {
    this.#failures = 0;
    this.#retryAtMs = null;
  }

  #why(waiting: number): SyncView['why'] {
    if (this.#inTheWay === 'diskFull' || this.#inTheWay === 'diskFailed') return this.#inTheWay;
    if (waiting === 0) return 'nothing';
    if (!this.#atWork) return 'signedOut';
    if (!this.#online) return 'hubAway';
    if (this.#inTheWay) return this.#inTheWay;
    const first = this.#firstWaiting();
    // All that waits is about a record at which the hub fails.
    if (!first) return 'hubRefuses';
    const nowMs = this.#parts.clock.nowMs();
    return sentAtMs(first, nowMs) > nowMs ? 'undoOpen' : 'sending';
  }

  #tell(): void {
    const view = this.view();
    const text = JSON.stringify(view);
    if (text === this.#told) return;
    this.#told = text;
    for (const listener of [...this.#listeners]) listener(view);
  }

  /** Pages come thirty a second; every window draws anew what it is told, and calls want the processor, too. */
  #tellProgress(): void {
    const nowMs = this.#parts.clock.nowMs();
    if (this.#pulling && Math.abs(nowMs - this.#toldProgressAtMs) < tellProgressEveryMs) return;
    this.#toldProgressAtMs = nowMs;
    this.#tell();
  }

  #go(): void {
    // What is under way looks again before it waits.
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    this.#callOff?.();
    this.#callOff = null;
    this.#running = this.#run().catch((error: unknown) => {
      this.#busy = false;
      this.#parts.log.error('sync: the loop failed', { error });
    });
  }

  async #run(): Promise<void> {
    // What called comes to its end first: a transaction, say.
    await Promise.resolve();
    while (!this.#closed) {
      const step = nextStep(this.#facts());
      if (step.step === 'wait' || step.step === 'giveWay') {
        this.#busy = false;
        if (step.step === 'wait') this.#settled();
        this.#tell();
        this.#waitUntil(step.untilMs);
        return;
      }
      if (step.step === 'wipe') {
        await this.#wipe();
        continue;
      }
      try {
        await this.#carryOut(step);
        this.#failures = 0;
        this.#inTheWay = null;
        this.#retryAtMs = null;
      } catch (error) {
        this.#failed(step, error);
      }
      this.#sending.clear();
      this.#tell();
    }
    this.#busy = false;
  }

  /** Nothing is to be done now. */
  #settled(): void {
    this.#pulling = null;
    const isSame = this.#ready() && this.#retryAtMs === null && this.#parts.store.counts().waiting === 0;
    if (isSame && this.#changedSinceSame) {
      this.#changedSinceSame = false;
      this.#sameSinceMs = this.#parts.clock.nowMs();
    }
  }

  /** Or for news. */
  #waitUntil(untilMs: number | null): void {
    const { clock } = this.#parts;
    const nowMs = clock.nowMs();
    const times = [untilMs, this.#ready() ? this.#lookedAtMs + lookEveryMs : null];
    const known = times.filter((each) => each !== null);
    if (known.length === 0) return;
    // A clock that was put forward or back must not make it wait longer than this.
    const waitMs = Math.min(Math.max(Math.min(...known) - nowMs, 1), lookEveryMs);
    this.#callOff = clock.setTimer(waitMs, () => this.#go());
  }

  #facts(): SyncFacts {
    const nowMs = this.#parts.clock.nowMs();
    const atWork = this.#atWork;
    if (this.#ready() && Math.abs(nowMs - this.#lookedAtMs) >= lookEveryMs) {
      this.#lookedAtMs = nowMs;
      for (const scope of atWork?.open ?? []) this.#stale.add(scope);
    }
    const open = (atWork?.open ?? []).filter((scope) => !this.#lost.has(scope));
    return {
      nowMs,
      ready: this.#ready(),
      retryAtMs: this.#retryAtMs,
      wipeAtMs: this.#wipeAtMs,
      checked: this.#checked,
      tidied: this.#tidied,
      waiting: this.#ready() ? this.#firstWaiting() : null,
      open,
      kept: atWork ? this.#keptScopes(atWork, open, nowMs) : [],
      stale: [...this.#stale],
      callsRestMs: this.#callsRestMs(),
    };
  }

  #keptScopes(atWork: AtWork, open: readonly SyncScope[], nowMs: number): SyncFacts['kept'] {
    return this.#parts.cursors.all().map(({ scope, hub }) => {
      if (open.includes(scope)) this.#closedSince.delete(scope);
      else if (!this.#closedSince.has(scope)) this.#closedSince.set(scope, nowMs);
      return {
        scope,
        foreign: hub !== atWork.hub || this.#lost.has(scope),
        closedSinceMs: this.#closedSince.get(scope) ?? null,
      };
    });
  }

  #firstWaiting(): Kept | null {
    return this.#atWork ? (this.#parts.store.waiting(this.#atWork, 1)[0] ?? null) : null;
  }

  #callsRestMs(): number {
    return this.#parts.callsFirst?.restMs() ?? 0;
  }

  async #carryOut(step: Exclude<SyncStep, { step: 'wait' | 'giveWay' | 'wipe' }>): Promise<void> {
    const atWork = this.#atWork;
    if (!atWork) return;
    switch (step.step) {
      case 'check':
        await this.#check(atWork);
        break;
      case 'push':
        await this.#push(atWork);
        break;
      case 'tidy':
        await this.#parts.writer.forgetSent(this.#parts.clock.nowMs() - keptSentMs);
        this.#tidied = true;
        break;
      case 'pull':
        await this.#pull(atWork, step.scope);
        break;
      case 'remove':
        this.#written(await this.#parts.writer.removeScope(step.scope));
        this.#closedSince.delete(step.scope);
        // Of another hub: the same scope of this one comes anew.
        this.#stale.add(step.scope);
        break;
      default:
        assertNever(step);
    }
  }

  /** Whether the hub still has the last that it took of this desktop; what it failed at is sent again. */
  async #check({ hub }: AtWork): Promise<void> {
    const { store, writer } = this.#parts;
    if (store.setAside(hub).length > 0) this.#written(await writer.takeUpSetAside(hub));
    const cursor = store.lastApplied(hub);
    if (cursor !== null) {
      const reply = await this.#answered(this.#parts.hub.pull({ scope: null, cursor, limit: 1 }));
      if (reply.state === 'restored') await this.#restored(hub, reply.knownUntil);
    }
    this.#checked = true;
  }

  async #restored(hub: AtWork['hub'], knownUntil: string): Promise<void> {
    this.#parts.log.warn('sync: the hub was restored from a backup, and is told again what it lost', {});
    this.#written(await this.#parts.writer.takeUpAgain(hub, knownUntil));
    for (const scope of this.#atWork?.open ?? []) this.#stale.add(scope);
  }

  /** As many as fit into one request after the other, in order; the next goes while the answers to one are written. */
  async #push(atWork: AtWork): Promise<void> {
    this.#keepOpen(atWork);
    let writing = Promise.resolve();
    let after = 0;
    for (let asked = 0; asked < mostInRow && (asked === 0 || this.#stillAt(atWork)); asked += 1) {
      const batch = this.#nextBatch(atWork, after);
      const last = batch.at(-1);
      if (!last) break;
      const answering = this.#sent(batch);
      // Its failure is looked at when it is waited for, which a failed write never comes to.
      answering.catch(() => {});
      await writing;
      const answers = await answering;
      writing = this.#keepAnswers(answers);
      writing.catch(() => {});
      after = last.sequence;
      // What was not answered comes before all that follows it.
      if (answers.length < batch.length) break;
    }
    await writing;
  }

  /** What is due of this user for this hub, as much as goes at once. @param after only what was done after this one */
  #nextBatch(atWork: AtWork, after: number): Kept[] {
    const { store, clock } = this.#parts;
    const nowMs = clock.nowMs();
    const due = store.waiting(atWork, this.#batch, after);
    const held = due.findIndex((each) => sentAtMs(each, nowMs) > nowMs);
    return fitting(held < 0 ? due : due.slice(0, held));
  }

  /** @returns the answers: of all, or of the first ones. */
  async #sent(batch: readonly Kept[]): Promise<readonly Pushed[]> {
    const { store, writer, hub } = this.#parts;
    const [first] = batch;
    if (batch.length === 1 && first && sizeOf(first) > largestBytes) return [tooLarge(first)];
    const undoable = batch.filter(({ undoUntilMs }) => undoUntilMs !== null && undoUntilMs !== undoIsOver);
    if (undoable.length > 0) store.closeUndo(undoable.map(({ mutationId }) => mutationId));
    for (const { mutationId } of batch) this.#sending.add(mutationId);
    this.#tell();
    try {
      const answering = this.#answered(hub.push(batch.map(outgoingOf)));
      writer.soon();
      const answers = await answering;
      if (answers.length === 0) throw new CommandFailed('noAnswer', 'The team server said nothing of it.');
      this.#batch = Math.min(mostSent, this.#batch * 2);
      this.#asideAtMs = null;
      return answers;
    } catch (error) {
      const isItsOwn = error instanceof CommandFailed && ownFailures.has(error.reason);
      // One of them may be what the hub cannot take: it is found by sending fewer, or one by one.
      this.#batch = isItsOwn ? 1 : Math.max(1, Math.floor(batch.length / 2));
      store.tried(batch.map(({ mutationId }) => mutationId));
      const alone = batch.length === 1 ? first : undefined;
      // A hub, or what stands before it, that takes less than others: it would be so each time.
      const isTooLarge = error instanceof CommandFailed && error.reason === 'tooLarge';
      if (alone && isTooLarge) return [tooLarge(alone)];
      const aside = alone && isItsOwn ? this.#setAside(alone, error) : null;
      if (aside === null) throw error;
      return [aside];
    }
  }

  /** @returns as what it is kept that the hub fails at; null where it is tried again. */
  #setAside({ mutationId, mutation }: Kept, { reason }: CommandFailed): Pushed | null {
    const nowMs = this.#parts.clock.nowMs();
    const before = this.#failedAlone?.mutationId === mutationId ? this.#failedAlone.failures : 0;
    this.#failedAlone = { mutationId, failures: before + 1 };
    if (!isToBeSetAside(before + 1, this.#asideAtMs, nowMs)) return null;
    this.#asideAtMs = nowMs;
    this.#failedAlone = null;
    this.#parts.log.error('sync: the hub fails at a change each time, it is set aside', {
      kind: mutation.kind,
      reason,
    });
    return { outcome: 'refused', mutationId, at: '', reason: hubFails };
  }

  async #keepAnswers(answers: readonly Pushed[]): Promise<void> {
    this.#written(await this.#parts.writer.keepAnswers(answers, this.#parts.clock.nowMs()));
  }

  /** The same user, hub and connection, and nobody has closed this. */
  #stillAt({ userId, hub }: AtWork): boolean {
    const now = this.#atWork;
    return !this.#closed && this.#ready() && now?.userId === userId && now.hub === hub;
  }

  /** What is sent stays here where it belongs to what is open, though that was never pulled. */
  #keepOpen({ open, hub }: AtWork): void {
    const { cursors } = this.#parts;
    const kept = new Set(cursors.all().map(({ scope }) => scope));
    for (const scope of open.filter((each) => !kept.has(each))) {
      cursors.keep({ scope, hub, cursor: null, sameAtMs: null });
    }
  }

  /** Page after page; the next is asked for while one is written, as long as nothing waits to be sent, and no call comes. */
  async #pull(atWork: AtWork, scope: SyncScope): Promise<void> {
    const { writer, clock, cursors, country } = this.#parts;
    const { hub } = atWork;
    // What changes from now on is told anew.
    this.#stale.delete(scope);
    try {
      const kept = cursors.all().find((each) => each.scope === scope);
      let asked: Promise<PullReply> | null = this.#page(scope, kept?.cursor ?? null);
      if (!kept?.cursor) writer.soon();
      // Something was sent in between.
      let done = this.#pulling?.done ?? 0;
      while (asked) {
        const reply: PullReply = await asked;
        if (reply.state === 'restored') {
          await this.#restored(hub, reply.knownUntil);
          return;
        }
        const { changes, cursor, left }: Extract<PullReply, { state: 'changes' }> = reply;
        done += changes.length;
        if (left > 0 || this.#pulling) this.#pulling = { done, total: done + left };
        const goesOn: boolean = left > 0 && this.#mayGoOn(scope);
        asked = goesOn ? this.#page(scope, cursor) : null;
        // Its failure is looked at when it is waited for, which a failed write never comes to.
        asked?.catch(() => {});
        const sameAtMs = left > 0 ? null : Math.trunc(clock.nowMs());
        // Nothing new is most often so, and need not be written down.
        if (changes.length > 0 || cursor !== kept?.cursor || kept.sameAtMs === null) {
          const page = { scope, hub, changes, cursor, sameAtMs, country: country() };
          this.#written(await writer.keepPage(page));
          this.#tellErased(changes);
        }
        if (changes.length > 0) this.#changedSinceSame = true;
        if (left > 0 && !goesOn) this.#stale.add(scope);
        else if (left === 0) this.#pulling = null;
        this.#tellProgress();
      }
    } catch (error) {
      this.#stale.add(scope);
      if (!(error instanceof CommandFailed) || error.reason !== 'notAMember') throw error;
      this.#stale.delete(scope);
      this.#lost.add(scope);
    }
  }

  #mayGoOn(scope: SyncScope): boolean {
    if (this.#callsRestMs() > 0) return false;
    const first = this.#firstWaiting();
    const nowMs = this.#parts.clock.nowMs();
    const mustSend = first !== null && sentAtMs(first, nowMs) <= nowMs;
    return !this.#closed && !mustSend && this.#ready() && this.#atWork?.open.includes(scope) === true;
  }

  #page(scope: SyncScope, cursor: string | null): Promise<PullReply> {
    return this.#answered(this.#parts.hub.pull({ scope, cursor, limit: pageRows }));
  }

  #interrupt: (() => void) | null = null;

  /** An answer that does not come is as one that failed; the next try finds out what became of it. */
  async #answered<T>(asking: Promise<T>): Promise<T> {
    const { clock } = this.#parts;
    let callOff = () => {};
    const late = new Promise<never>((_, reject) => {
      const giveUp = () => reject(new CommandFailed('hubAway', 'The team server did not answer in time.'));
      this.#interrupt = giveUp;
      callOff = clock.setTimer(answerWithinMs, giveUp);
    });
    return await Promise.race([asking, late]).finally(callOff);
  }

  #written({ recordIds, erased }: Written): void {
    if (recordIds === null || recordIds.length > 0) this.#parts.recordsChanged(recordIds);
    if (erased) this.#wipeAtMs = this.#parts.clock.nowMs();
  }

  #tellErased(changes: readonly Pulled[]): void {
    const erased = changes.flatMap((change) => (change.entity === 'gone' && change.erased ? [change] : []));
    if (erased.length === 0) return;
    this.#parts.erased?.(erased.flatMap(({ of, id }) => (of === 'record' ? [id as RecordId] : [])));
  }

  /** The link and its failures have nothing to do with it. */
  async #wipe(): Promise<void> {
    const { writer, clock, log } = this.#parts;
    try {
      this.#wipeAtMs = (await writer.wipe()) ? null : clock.nowMs() + wipeAgainMs;
    } catch (error) {
      if (isDamage(error)) this.#parts.damaged();
      this.#wipeAtMs = clock.nowMs() + wipeLaterMs;
      log.warn('sync: what was erased is still in the files, it is tried again', { error });
    }
  }

  #failed(step: SyncStep, error: unknown): void {
    const { clock, random, log } = this.#parts;
    this.#failures += 1;
    const reason = error instanceof CommandFailed ? error.reason : null;
    // A disk that takes nothing is not the hub's doing.
    this.#inTheWay = reason === 'hubAway' ? null : (diskTroubleOf(error) ?? 'hubRefuses');
    this.#pulling = null;
    this.#retryAtMs = clock.nowMs() + retryDelayMs(this.#failures, random());
    if (reason === 'hubAway') return;
    if (isDamage(error)) this.#parts.damaged();
    log.warn('sync: a step failed, it is tried again', {
      step: step.step,
      reason: reason ?? diskTroubleOf(error) ?? 'unexpected',
      ...(reason === null ? { error } : {}),
    });
  }
}

function outgoingOf({ mutationId, sequence, madeAtMs, mutation }: Kept): Outgoing {
  return { mutationId, sequence, madeAtMs, mutation };
}

function tooLarge({ mutationId }: Kept): Pushed {
  return { outcome: 'refused', mutationId, at: '', reason: 'tooLarge' };
}

function sizeOf({ mutation }: Kept): number {
  return Buffer.byteLength(JSON.stringify(mutation));
}

/** As many as go into one frame; at least one. */
function fitting(all: readonly Kept[]): Kept[] {
  let bytes = 0;
  const tooMany = all.findIndex((each, index) => {
    bytes += sizeOf(each);
    return index > 0 && bytes > mostSentBytes;
  });
  return all.slice(0, tooMany < 0 ? all.length : tooMany);
}

/** What a user with these projects has open: what belongs to nobody comes first, since it is everybody's. */
export function scopesOf(open: {
  readonly primaryId: ProjectId | null;
  readonly secondaryIds: readonly ProjectId[];
}): SyncScope[] {
  return [...new Set([null, ...(open.primaryId === null ? [] : [open.primaryId]), ...open.secondaryIds])];
}
