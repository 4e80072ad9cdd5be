// Call mode on this desktop: carries out what dial-up-machine.ts decides, over the hub link, the call desk, the outbox and
// the disk. An outcome and the end of its draft are one transaction, so that it is kept while the hub is away and counts once
// (DIAL-7, DIAL-9). Called by dial-up-handlers.ts and compose.ts. Over 400 lines: one method, and its refusals, for each
// thing that may be asked.
import type { DialUpView, OutcomeDraft } from '#shared/desktop/dial-up-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { OutcomeButton, WorkableMode } from '#shared/domain/dial-up.ts';
import type { LeaseId, OrderId, RecordId } from '#shared/domain/ids.ts';
import type { Outcome } from '#shared/domain/order.ts';
import type { DialDay, MayDial } from '#shared/hub/dial-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { undoMs } from '../calls/finishing.ts';
import { News } from '../calls/news.ts';
import { refuseDiskTrouble } from '../database/database-errors.ts';
import type { Whose } from '../sync/outbox-store.ts';
import {
  type DialUp,
  type DialUpEffect,
  type DialUpEvent,
  heldForMs,
  isBegun,
  off,
  step,
  type Worked,
} from './dial-up-machine.ts';
import type { DialUpParts } from './dial-up-ports.ts';
import { isLiveView, nameOf, numberOf, viewOf } from './dial-up-view.ts';

const prolongEveryMs = 20_000;
/** What the hub tells may be lost with a link; looked at all the same. */
const lookEveryMs = 30_000;
/** Whoever wants to dial does not wait longer for a hub that says nothing. */
const permissionWithinMs = 3_000;
const modesAtMostEveryMs = 5_000;
const mostSettling = 20;
/** Emergency numbers (two or three digits everywhere) are among these. */
const emergency = /^\d{2,3}$/;

const emptyDay: DialDay = { byButton: [], attempts: 0, workedMs: 0 };

type Event = DialUpEvent extends infer E ? (E extends DialUpEvent ? Omit<E, 'atMs'> : never) : never;
type Timer = 'dial' | 'prolong' | 'look' | 'undo' | 'modes' | 'midnight';

export class DialUpDesk {
  readonly #parts: DialUpParts;
  readonly #timers = new Map<Timer, () => void>();
  readonly #stops: (() => void)[];
  #dialUp: DialUp = off;
  #whose: Whose | null = null;
  #modes: readonly WorkableMode[] = [];
  #modesAskedAtMs = Number.NEGATIVE_INFINITY;
  #day: DialDay = emptyDay;
  #daySinceMs = 0;
  #unsent: readonly { readonly leaseId: LeaseId; readonly outcome: Outcome }[] = [];
  #dialling = false;
  #told = '';
  readonly changed: News<DialUpView>;

  constructor(parts: DialUpParts) {
    this.#parts = parts;
    this.changed = new News('dialUp.changed', parts.log);
    this.#stops = [
      parts.desk.changed.on(() => this.situation()),
      parts.outbox.onChanged(() => this.#readUnsent()),
    ];
  }

  view(): DialUpView {
    const { desk, numbers } = this.#parts;
    return viewOf(this.#dialUp, {
      modes: this.#modes,
      day: this.#day,
      unsent: this.#unsent.flatMap(({ outcome }) => (outcome.endedAtMs >= this.#daySinceMs ? [outcome] : [])),
      unsentCount: this.#unsent.length,
      calls: desk.views(),
      numbers,
    });
  }

  /** Who is signed in, the hub, the status or the calls may be other than they were. */
  situation(): void {
    const { hub, clock } = this.#parts;
    this.#followUser();
    const online = hub.online() && this.#whose !== null;
    const cameBack = online && !this.#dialUp.online;
    this.#feed({
      type: 'situation',
      online,
      available: this.#parts.available(),
      occupied: this.#isOccupied(this.#dialUp.order?.leased.order.id ?? null),
    });
    if (!cameBack) return;
    this.#modesAskedAtMs = clock.nowMs();
    void this.#prolong();
    void this.#askModes();
    void this.#askDay();
  }

  /** The hub says that there may be something, or that the modes are others. */
  lookAgain(): void {
    this.#feed({ type: 'lookAgain' });
    this.#askModesSoon();
  }

  /** The agent has other projects open. */
  projectsChanged(): void {
    if (this.#dialUp.online) void this.#askModes();
    this.#feed({ type: 'lookAgain' });
  }

  /** What was sent was answered. */
  outboxChanged(): void {
    this.#readUnsent();
  }

  permissionChanged(leaseId: LeaseId, mayDial: MayDial): void {
    this.#feed({ type: 'permissionChanged', leaseId, mayDial });
  }

  /** Persons were erased, on disk, too: an order of theirs leaves the desk. */
  forgetErased(recordIds: readonly RecordId[]): void {
    const { order, ended } = this.#dialUp;
    const isOf = (worked: Worked | undefined) =>
      worked !== undefined && recordIds.includes(worked.leased.order.recordId);
    if (isOf(ended?.worked)) this.#become({ ...this.#dialUp, ended: null });
    if (order && isOf(order)) this.#feed({ type: 'erased' });
  }

  /** @throws CommandFailed 'hubAway', 'notAvailable' */
  start(): void {
    if (this.#feed({ type: 'start' })) return;
    if (!this.#dialUp.online)
      throw new CommandFailed(
        'hubAway',
        'The team server cannot be reached, and it alone hands out orders. Nothing has begun; try again when it is back.',
      );
    throw new CommandFailed(
      'notAvailable',
      'Your status takes no calls. Nothing has begun; set Available, then begin again.',
    );
  }

  /** @throws CommandFailed 'notNow' */
  stop(): void {
    if (!this.#feed({ type: 'stop' }))
      throw notNow('Its outcome is due first. The order stays on your desk.');
  }

  /** @throws CommandFailed 'notNow' */
  pauseAfterThis(on: boolean): void {
    if (!this.#feed({ type: 'pauseAfterThis', on })) throw notNow('There is no order on your desk.');
  }

  /** @throws CommandFailed 'notNow' */
  stopCountdown(): void {
    if (!this.#feed({ type: 'stopCountdown' })) throw notNow('No countdown is running.');
  }

  /**
   * @param number another one of the record's; null: as it stands
   * @throws CommandFailed as `CallDesk.dial`, and 'notNow', 'noNumber', 'outsideHours', 'doNotCall', 'leaseOver'
   */
  async dial(number: string | null): Promise<void> {
    const { desk, numbers } = this.#parts;
    const order = this.#order();
    const known = order.leased.record?.numbers.map((each) => each.number) ?? [];
    const wanted = number !== null && known.includes(number) ? number : numberOf(order);
    if (wanted === null)
      throw new CommandFailed(
        'noNumber',
        'This person has no number. Nothing was dialled; end the order, or add a number to the record first.',
      );
    if (this.#dialling) throw notNow('It is being dialled.');
    if (order.dialsAtMs !== null) this.#feed({ type: 'stopCountdown' });
    this.#dialling = true;
    try {
      const mayDial = await this.#mayDial(order, numbers.comparable(wanted));
      if (!this.#isOnDesk(order)) throw notNow('The order is no longer on your desk.');
      if (!mayDial.may) this.#refuse(order, mayDial);
      const { record, order: content } = order.leased;
      const callId = desk.dial(wanted, {
        orderId: content.id,
        projectId: content.projectId,
        party: record && {
          name: nameOf(order).slice(0, 10_000) || null,
          recordId: record.id,
          recordKind: record.kind,
        },
      });
      this.#leaveEarlierCall(order);
      this.#feed({ type: 'dialled', callId, number: wanted });
    } finally {
      this.#dialling = false;
    }
  }

  /** Written to disk, then answered. @throws CommandFailed 'notNow', 'diskFull', 'diskFailed' */
  changeDraft(orderId: OrderId, change: Partial<Omit<OutcomeDraft, 'savedAtMs'>>): void {
    const order = this.#order(orderId);
    const savedAtMs = this.#parts.clock.nowMs();
    const draft = { ...order.draft, ...change, savedAtMs };
    try {
      this.#write({ ...order, draft });
    } catch (error) {
      refuseDiskTrouble(error, 'The note');
    }
    this.#feed({ type: 'draftChanged', draft });
  }

  /** @throws CommandFailed 'notNow', 'callBackTimeMissing', 'notInFuture', 'diskFull', 'diskFailed' */
  end(orderId: OrderId, button: OutcomeButton): void {
    const { clock, store, outbox, ofOrders, newAttemptId } = this.#parts;
    const order = this.#order(orderId);
    if (!order.leased.buttons.some((each) => each.button === button))
      throw notNow('This mode has no such button.');
    const nowMs = clock.nowMs();
    const { leased, callId, draft } = order;
    const outcome: Outcome = {
      attemptId: newAttemptId(),
      orderId,
      mode: leased.mode,
      button,
      callBack: callBackOf(draft, button, nowMs),
      note: draft.note,
      callId,
      startedAtMs: order.sinceMs,
      endedAtMs: nowMs,
    };
    const untilMs = nowMs + undoMs;
    const { recordId } = leased.order;
    try {
      const mutationId = store.transaction(() => {
        store.forget(leased.leaseId);
        if (callId !== null) ofOrders.note(callId, draft.note, recordId);
        return outbox.add(
          { kind: 'order.outcome', leaseId: leased.leaseId, recordId, outcome },
          { undoUntilMs: untilMs },
        );
      });
      this.#readUnsent();
      if (callId !== null) ofOrders.end(callId);
      const ended = { worked: order, mutationId, button, untilMs };
      this.#feed({ type: 'ended', ended, occupied: this.#isOccupied(null) });
    } catch (error) {
      refuseDiskTrouble(error, 'The outcome');
    }
  }

  /** @throws CommandFailed 'tooLate', 'notNow', 'diskFull', 'diskFailed' */
  undo(): void {
    const { clock, store, outbox, ofOrders } = this.#parts;
    const { ended, order } = this.#dialUp;
    if (!ended || ended.untilMs < clock.nowMs()) throw tooLate();
    if (this.#dialling || (order && isBegun(order)))
      throw notNow('The next order has begun. The last outcome stands; correct it in the record.');
    const { worked, mutationId } = ended;
    try {
      store.transaction(() => {
        if (!outbox.takeBackOne(mutationId)) throw tooLate();
        this.#write(worked);
      });
      if (worked.callId !== null) ofOrders.takeBack(worked.callId);
    } catch (error) {
      refuseDiskTrouble(error, 'The undo');
    }
    this.#feed({ type: 'undone' });
    this.#readUnsent();
  }

  /** What the hub knows of a record's orders; null while it is away. */
  async ordersOfRecord(recordId: RecordId) {
    try {
      return await this.#parts.hub.call('orders.ofRecord', { recordId });
    } catch (error) {
      if (error instanceof CommandFailed && error.reason === 'hubAway') return null;
      throw error;
    }
  }

  close(): void {
    for (const stop of this.#stops) stop();
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #order(orderId?: OrderId): Worked {
    const { order } = this.#dialUp;
    if (!order || (orderId !== undefined && order.leased.order.id !== orderId))
      throw notNow('That order is no longer on your desk.');
    return order;
  }

  #isOnDesk({ leased }: Worked): boolean {
    return this.#dialUp.order?.leased.leaseId === leased.leaseId;
  }

  /** @returns whether it meant something */
  #feed(event: Event): boolean {
    const next = step(this.#dialUp, { ...event, atMs: this.#parts.clock.nowMs() } as DialUpEvent);
    if (!next) return false;
    this.#become(next.dialUp);
    for (const effect of next.effects) this.#carryOut(effect);
    return true;
  }

  #become(dialUp: DialUp): void {
    this.#dialUp = dialUp;
    this.#setTimers();
    this.#tell();
  }

  #tell(): void {
    const view = this.view();
    const text = JSON.stringify(view);
    if (text === this.#told) return;
    this.#told = text;
    this.changed.tell(view);
  }

  #carryOut(effect: DialUpEffect): void {
    switch (effect.type) {
      case 'take':
        void this.#take(effect.asked);
        return;
      case 'giveBack':
        void this.#giveBack(effect.leaseId);
        return;
      case 'dial':
        void this.#dialBySelf();
        return;
      case 'keep':
        this.#tryWriting(() => this.#write(effect.worked));
        return;
      case 'forget':
        this.#tryWriting(() => this.#parts.store.forget(effect.leaseId));
        return;
      default:
        assertNever(effect);
    }
  }

  async #take(asked: number): Promise<void> {
    const { hub, log } = this.#parts;
    const settling = this.#unsent.slice(-mostSettling).map(({ leaseId }) => leaseId);
    try {
      const { order, nextAtMs } = await hub.call('dial.take', { settling });
      if (!this.#feed({ type: 'taken', asked, order, nextAtMs }) && order && !this.#isHeld(order.leaseId))
        void this.#giveBack(order.leaseId);
    } catch (error) {
      if (!(error instanceof CommandFailed)) log.error('dial-up: an order could not be asked for', { error });
      this.#feed({ type: 'notTaken', asked });
      if (error instanceof CommandFailed && error.reason === 'modesClosed') this.#askModesSoon();
    }
  }

  #isHeld(leaseId: LeaseId): boolean {
    const { order, ended } = this.#dialUp;
    return order?.leased.leaseId === leaseId || ended?.worked.leased.leaseId === leaseId;
  }

  async #giveBack(leaseId: LeaseId): Promise<void> {
    try {
      await this.#parts.hub.call('dial.giveBack', { leaseId });
    } catch (error) {
      // Its lease ends by itself, and the order is in line again.
      this.#parts.log.warn('dial-up: an order was not given back', { error });
    }
  }

  async #dialBySelf(): Promise<void> {
    try {
      await this.dial(null);
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      if (error.reason !== 'notNow') this.#feed({ type: 'notDialled', reason: error.reason });
    }
  }

  /** DIAL-10: by the hub's word; while it is away, by what was handed out with the order. */
  async #mayDial({ leased, heldUntilMs, leaseOver }: Worked, number: string): Promise<MayDial> {
    const { hub, clock, log } = this.#parts;
    if (emergency.test(number)) return { may: true, untilMs: null };
    if (leaseOver) return { may: false, reason: 'leaseOver', untilMs: null };
    if (hub.online()) {
      try {
        const asked = hub.call('dial.mayDial', { leaseId: leased.leaseId, number });
        const told = await within(asked, permissionWithinMs, clock);
        if (told) return told;
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
      }
      log.warn('dial-up: the hub did not say whether to dial', {});
    }
    const nowMs = clock.nowMs();
    if (nowMs >= heldUntilMs) return { may: false, reason: 'leaseOver', untilMs: null };
    const { mayDial } = leased;
    const hoursAreOver = mayDial.may && mayDial.untilMs !== null && nowMs >= mayDial.untilMs;
    return hoursAreOver ? { may: false, reason: 'outsideHours', untilMs: null } : mayDial;
  }

  #refuse({ leased }: Worked, mayDial: Extract<MayDial, { may: false }>): never {
    if (mayDial.reason !== 'leaseOver' || this.#dialUp.online)
      this.#feed({ type: 'permissionChanged', leaseId: leased.leaseId, mayDial });
    throw new CommandFailed(mayDial.reason, refusals[mayDial.reason]);
  }

  /** The one before was not the last word: it is logged as it is, and the note is the order's. */
  #leaveEarlierCall({ callId }: Worked): void {
    if (callId !== null) this.#parts.ofOrders.end(callId);
  }

  async #prolong(): Promise<void> {
    const { hub, clock } = this.#parts;
    const onDesk = this.#dialUp.order?.leased.leaseId;
    // Whose outcome is on its way is nobody else's either.
    const settling = this.#unsent.map(({ leaseId }) => leaseId).slice(-(mostSettling - 1));
    const leaseIds = [...(onDesk === undefined ? [] : [onDesk]), ...settling];
    if (leaseIds.length === 0 || !hub.online()) return;
    const askedAtMs = clock.nowMs();
    try {
      const { leases } = await hub.call('dial.prolong', { leaseIds });
      if (onDesk === undefined) return;
      const held = leases.some(({ leaseId }) => leaseId === onDesk);
      this.#feed({ type: 'prolonged', leaseId: onDesk, held, heldUntilMs: askedAtMs + heldForMs });
    } catch (error) {
      // Asked again as long as the order is here.
      if (!(error instanceof CommandFailed)) throw error;
    }
  }

  #askModesSoon(): void {
    if (this.#timers.has('modes')) return;
    const waitMs = this.#modesAskedAtMs + modesAtMostEveryMs - this.#parts.clock.nowMs();
    this.#set('modes', Math.max(0, waitMs), () => void this.#askModes());
  }

  async #askModes(): Promise<void> {
    const whose = this.#whose;
    this.#modesAskedAtMs = this.#parts.clock.nowMs();
    try {
      const modes = await this.#parts.hub.call('dial.modes', null);
      if (this.#whose !== whose) return;
      this.#modes = modes;
      this.#tell();
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      // Those known before stand; asked again when the hub is back.
      this.#parts.log.warn('dial-up: the modes were not read', { reason: error.reason });
    }
  }

  async #askDay(): Promise<void> {
    const whose = this.#whose;
    const sinceMs = midnightBefore(this.#parts.clock.nowMs());
    try {
      const day = await this.#parts.hub.call('dial.day', { sinceMs });
      if (this.#whose !== whose) return;
      this.#day = day;
      this.#daySinceMs = sinceMs;
      this.#tell();
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      this.#parts.log.warn('dial-up: the day was not read', { reason: error.reason });
    }
  }

  #readUnsent(): void {
    const before = this.#unsent.length;
    const kept = this.#whose ? this.#parts.outbox.store.ofKind(this.#whose, 'order.outcome') : [];
    this.#unsent = kept.flatMap(({ mutation }) => (mutation.kind === 'order.outcome' ? [mutation] : []));
    if (this.#unsent.length < before && this.#dialUp.online) void this.#askDay();
    if (this.#unsent.length !== before) this.#tell();
  }

  #followUser(): void {
    const whose = this.#parts.whose();
    if (whose?.userId === this.#whose?.userId && whose?.hub === this.#whose?.hub) return;
    this.#whose = whose;
    this.#modes = [];
    this.#day = emptyDay;
    this.#daySinceMs = midnightBefore(this.#parts.clock.nowMs());
    this.#feed({ type: 'left' });
    this.#readUnsent();
    const [found] = whose ? this.#parts.store.of(whose) : [];
    if (!found) return;
    const worked: Worked = {
      ...found,
      number: null,
      dialsAtMs: null,
      heldUntilMs: 0,
      leaseOver: false,
      notDialled: null,
    };
    this.#feed({ type: 'found', worked });
  }

  /** Another call than the order's, rung, running or wrapped up. */
  #isOccupied(onDesk: OrderId | null): boolean {
    return this.#parts.desk
      .views()
      .some(
        (call) =>
          (call.orderId === null || call.orderId !== onDesk) &&
          (isLiveView(call) || call.phase === 'wrapUp' || call.phase === 'offered'),
      );
  }

  #write({ leased, sinceMs, callId, draft }: Worked): void {
    if (this.#whose) this.#parts.store.keep(this.#whose, { leased, sinceMs, callId, draft });
  }

  /** A disk that refuses keeps nobody from working: the lease is held, and each keystroke tries again. */
  #tryWriting(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#parts.log.error('dial-up: the order on the desk was not kept on disk', { error });
    }
  }

  #setTimers(): void {
    const { order, nothing, ended, online } = this.#dialUp;
    const nowMs = this.#parts.clock.nowMs();
    const at = order?.dialsAtMs ?? null;
    this.#set('dial', at === null ? null : at - nowMs, () => this.#feed({ type: 'dialNow' }));
    const lookAtMs = nothing && Math.min(nothing.nextAtMs ?? Number.POSITIVE_INFINITY, nowMs + lookEveryMs);
    this.#set('look', lookAtMs === null ? null : Math.max(1_000, lookAtMs - nowMs), () =>
      this.#feed({ type: 'lookAgain' }),
    );
    this.#set('undo', ended === null ? null : ended.untilMs - nowMs + 1, () =>
      this.#feed({ type: 'undoOver' }),
    );
    const holds = online && (order !== null || this.#unsent.length > 0);
    if (!holds) this.#set('prolong', null, () => undefined);
    else if (!this.#timers.has('prolong')) this.#prolongLater();
  }

  #prolongLater(): void {
    this.#set('prolong', prolongEveryMs, () => {
      void this.#prolong();
      this.#setTimers();
    });
  }

  #set(name: Timer, ms: number | null, fire: () => void): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
    if (ms === null) return;
    const cancel = this.#parts.clock.setTimer(ms, () => {
      this.#timers.delete(name);
      fire();
    });
    this.#timers.set(name, cancel);
  }
}

const refusals: Record<'outsideHours' | 'doNotCall' | 'leaseOver', string> = {
  outsideHours: 'This person may not be called at this hour. Nothing was dialled; plan a call back.',
  doNotCall: 'This number is on the do-not-call list. Nothing was dialled; end the order.',
  leaseOver:
    'The order was away from you for too long, and somebody else may have it. Nothing was dialled; what you wrote is kept.',
};

function callBackOf(draft: OutcomeDraft, button: OutcomeButton, nowMs: number): Outcome['callBack'] {
  const isReason = button === 'noAnswer' || button === 'busy' || button === 'hangUp';
  if (button !== 'callBack' && !isReason) return null;
  const atMs = draft.callBackAtMs;
  if (atMs === null) {
    if (isReason) return null;
    throw new CommandFailed(
      'callBackTimeMissing',
      'A call back needs a time. Nothing is lost; choose one, then end the order.',
    );
  }
  if (atMs <= nowMs)
    throw new CommandFailed('notInFuture', 'That time has passed. Nothing is lost; choose a later one.');
  return { atMs, own: button === 'callBack' && draft.own };
}

function notNow(why: string): CommandFailed {
  return new CommandFailed('notNow', `That is not possible now. ${why}`);
}

function tooLate(): CommandFailed {
  return new CommandFailed(
    'tooLate',
    'The outcome can no longer be taken back. It stands as it is; a supervisor can move the order.',
  );
}

function midnightBefore(nowMs: number): number {
  return new Date(nowMs).setHours(0, 0, 0, 0);
}

/** @returns null where the time is over */
async function within<T>(
  asked: Promise<T>,
  ms: number,
  clock: Pick<DialUpParts['clock'], 'setTimer'>,
): Promise<T | null> {
  let cancel = () => {};
  const over = new Promise<null>((resolve) => {
    cancel = clock.setTimer(ms, () => resolve(null));
  });
  try {
    return await Promise.race([asked, over]);
  } finally {
    cancel();
  }
}
