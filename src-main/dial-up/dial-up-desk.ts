// Call mode on this desktop: feeds dial-up-machine.ts with what the agent asks and what becomes of the hub, the calls and the
// time, and has its effects carried out by its parts: order-dialler.ts, order-leases.ts, work-on-disk.ts. Called by
// dial-up-handlers.ts and compose.ts.
import type { DialUpView, OutcomeDraft } from '#shared/desktop/dial-up-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { OutcomeButton } from '#shared/domain/dial-up.ts';
import type { LeaseId, OrderId, RecordId } from '#shared/domain/ids.ts';
import type { MayDial } from '#shared/hub/dial-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { News } from '../calls/news.ts';
import { Timers } from '../calls/timers.ts';
import type { ChangedRecords } from '../records/record-changes.ts';
import type { Whose } from '../sync/outbox-store.ts';
import {
  type DialUp,
  type DialUpEffect,
  type DialUpEvent,
  isBegun,
  off,
  step,
  type Worked,
} from './dial-up-machine.ts';
import type { DialUpNews, DialUpParts, DialUpState } from './dial-up-ports.ts';
import { notNow, tooLate } from './dial-up-refusals.ts';
import { isOccupied, viewOf } from './dial-up-view.ts';
import { ModesAndDay } from './modes-and-day.ts';
import { OrderDialler } from './order-dialler.ts';
import { OrderLeases } from './order-leases.ts';
import { UnsentOutcomes } from './unsent-outcomes.ts';
import { WorkOnDisk } from './work-on-disk.ts';

const prolongEveryMs = 20_000;
/** What the hub tells may be lost with a link; looked at all the same. */
const lookEveryMs = 30_000;
/** However soon there is to be something: the hub's clock may be another. */
const lookNotBeforeMs = 1_000;

export class DialUpDesk {
  readonly #parts: DialUpParts;
  readonly #timers: Timers<'dial' | 'prolong' | 'look' | 'undo'>;
  readonly #stops: (() => void)[];
  readonly #unsent: UnsentOutcomes;
  readonly #modesAndDay: ModesAndDay;
  readonly #dialler: OrderDialler;
  readonly #leases: OrderLeases;
  readonly #disk: WorkOnDisk;
  #dialUp: DialUp = off;
  #whose: Whose | null = null;
  /** The answer after which it is looked again, in its time, whatever happens until then. */
  #waitsSince: DialUp['nothing'] = null;
  #lastTold = '';
  readonly changed: News<DialUpView>;

  constructor(parts: DialUpParts) {
    const state: DialUpState = { now: () => this.#dialUp, feed: (news) => this.#feed(news) };
    this.#parts = parts;
    this.#timers = new Timers(parts.clock);
    this.#unsent = new UnsentOutcomes(parts);
    this.#modesAndDay = new ModesAndDay(parts, () => this.#tell());
    this.#dialler = new OrderDialler(parts, state);
    this.#leases = new OrderLeases(parts, state, this.#unsent);
    this.#disk = new WorkOnDisk(parts, () => this.#whose);
    this.changed = new News('dialUp.changed', parts.log);
    this.#stops = [
      parts.desk.changed.on(() => this.situation()),
      parts.outbox.onChanged(() => this.outboxChanged()),
    ];
  }

  view(): DialUpView {
    const { desk, numbers } = this.#parts;
    const { order } = this.#dialUp;
    return viewOf(this.#dialUp, {
      modes: this.#modesAndDay.modes,
      day: this.#modesAndDay.day,
      unsent: this.#unsent.since(this.#modesAndDay.daySinceMs),
      unsentCount: this.#unsent.count,
      calls: desk.views(),
      callEnd: order && this.#disk.callEndOf(order),
      numbers,
    });
  }

  /** Who is signed in, the hub, the status or the calls may be other than they were. */
  situation(): void {
    this.#followUser();
    const online = this.#parts.hub.online() && this.#whose !== null;
    const cameBack = online && !this.#dialUp.online;
    const onDesk = this.#dialUp.order?.leased.order.id ?? null;
    const occupied = isOccupied(this.#parts.desk.views(), onDesk);
    this.#feed({ type: 'situation', online, available: this.#parts.available(), occupied });
    if (!cameBack) return;
    void this.#leases.prolong();
    void this.#modesAndDay.askModes();
    void this.#modesAndDay.askDay();
  }

  /** The hub says that there may be something, or that the modes are others. */
  lookAgain(): void {
    this.#feed({ type: 'lookAgain' });
    this.#modesAndDay.askModesSoon();
  }

  /** The agent has other projects open. */
  projectsChanged(): void {
    if (this.#dialUp.online) void this.#modesAndDay.askModes();
    this.#feed({ type: 'lookAgain' });
  }

  /** Something is to be sent, or what was sent was answered. */
  outboxChanged(): void {
    const more = this.#unsent.read(this.#whose);
    if (more < 0 && this.#dialUp.online) void this.#modesAndDay.askDay();
    if (more !== 0) this.#tell();
  }

  permissionChanged(leaseId: LeaseId, mayDial: MayDial): void {
    this.#feed({ type: 'permissionChanged', leaseId, mayDial });
  }

  /** Records are others than they were on this computer: what the agent adds to the order's can be dialled. */
  recordsChanged(changed: ChangedRecords): void {
    const id = this.#dialUp.order?.leased.record?.id;
    if (id === undefined || (changed && !changed.includes(id))) return;
    const record = this.#parts.records.shown(id);
    if (record) this.#feed({ type: 'personChanged', record });
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
   * @throws CommandFailed as `OrderDialler.dial`
   */
  async dial(number: string | null): Promise<void> {
    await this.#dialler.dial(this.#order(), number);
  }

  /** Written to disk, then answered. @throws CommandFailed 'notNow', 'diskFull', 'diskFailed' */
  changeDraft(orderId: OrderId, change: Partial<Omit<OutcomeDraft, 'savedAtMs'>>): void {
    const draft = this.#disk.changeDraft(this.#order(orderId), change);
    this.#feed({ type: 'draftChanged', draft });
  }

  /** @throws CommandFailed 'notNow', 'callBackTimeMissing', 'notInFuture', 'diskFull', 'diskFailed' */
  end(orderId: OrderId, button: OutcomeButton): void {
    const ended = this.#disk.end(this.#order(orderId), button);
    // Before the next order is asked for: the hub is told what is on its way, though the disk be not readable any more.
    this.#unsent.add(ended.worked.leased.leaseId, ended.outcome);
    this.#feed({ type: 'ended', ended, occupied: isOccupied(this.#parts.desk.views(), null) });
  }

  /** @throws CommandFailed 'tooLate', 'notNow', 'diskFull', 'diskFailed' */
  undo(): void {
    const { ended, order } = this.#dialUp;
    if (!ended || ended.untilMs < this.#parts.clock.nowMs()) throw tooLate();
    if (this.#dialler.dialling || (order && isBegun(order)))
      throw notNow('The next order has begun. The last outcome stands; correct it in the record.');
    this.#disk.takeBack(ended);
    this.#feed({ type: 'undone' });
    this.outboxChanged();
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
    this.#timers.close();
    this.#modesAndDay.close();
  }

  #order(orderId?: OrderId): Worked {
    const { order } = this.#dialUp;
    if (!order || (orderId !== undefined && order.leased.order.id !== orderId))
      throw notNow('That order is no longer on your desk.');
    return order;
  }

  /** @returns whether it meant something */
  #feed(news: DialUpNews): boolean {
    const next = step(this.#dialUp, { ...news, atMs: this.#parts.clock.nowMs() } as DialUpEvent);
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
    if (text === this.#lastTold) return;
    this.#lastTold = text;
    this.changed.tell(view);
  }

  #carryOut(effect: DialUpEffect): void {
    switch (effect.type) {
      case 'take':
        void this.#take(effect.asked);
        return;
      case 'giveBack':
        void this.#leases.giveBack(effect.leaseId);
        return;
      case 'dial':
        void this.#dialBySelf();
        return;
      case 'keep':
        this.#disk.keep(effect.worked);
        return;
      case 'forget':
        this.#disk.forget(effect.leaseId);
        return;
      default:
        assertNever(effect);
    }
  }

  async #take(asked: number): Promise<void> {
    const areOpen = await this.#leases.take(asked);
    if (!areOpen) this.#modesAndDay.askModesSoon();
  }

  async #dialBySelf(): Promise<void> {
    try {
      await this.dial(null);
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      if (error.reason !== 'notNow') this.#feed({ type: 'notDialled', reason: error.reason });
    }
  }

  #followUser(): void {
    const whose = this.#parts.whose();
    if (whose?.userId === this.#whose?.userId && whose?.hub === this.#whose?.hub) return;
    this.#whose = whose;
    this.#modesAndDay.begin(whose);
    this.#feed({ type: 'left' });
    this.outboxChanged();
    const worked = this.#disk.found();
    if (!worked) return;
    this.#feed({ type: 'found', worked });
    this.recordsChanged(null);
  }

  #setTimers(): void {
    const { order, nothing, ended, online } = this.#dialUp;
    const nowMs = this.#parts.clock.nowMs();
    this.#wakeAt('dial', order?.dialsAtMs ?? null, () => this.#feed({ type: 'dialNow' }));
    if (nothing !== this.#waitsSince) {
      this.#waitsSince = nothing;
      const lookAtMs = Math.min(nothing?.nextAtMs ?? Number.POSITIVE_INFINITY, nowMs + lookEveryMs);
      this.#wakeAt('look', nothing && Math.max(nowMs + lookNotBeforeMs, lookAtMs), () =>
        this.#feed({ type: 'lookAgain' }),
      );
    }
    this.#wakeAt('undo', ended && ended.untilMs + 1, () => this.#feed({ type: 'undoOver' }));
    const holds = online && (order !== null || this.#unsent.count > 0);
    if (!holds) this.#timers.clear('prolong');
    else if (!this.#timers.has('prolong')) this.#prolongLater();
  }

  #wakeAt(name: 'dial' | 'look' | 'undo', atMs: number | null, wake: () => void): void {
    if (atMs === null) this.#timers.clear(name);
    else this.#timers.set(name, atMs - this.#parts.clock.nowMs(), wake);
  }

  #prolongLater(): void {
    this.#timers.set('prolong', prolongEveryMs, () => {
      void this.#leases.prolong();
      this.#setTimers();
    });
  }
}
