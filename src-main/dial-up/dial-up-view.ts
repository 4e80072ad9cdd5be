// Call mode as windows see it. Pure. Called by dial-up-desk.ts.
import type { DialUpView, OrderCallEnd, WorkedOrder } from '#shared/desktop/dial-up-contract.ts';
import type { CallView } from '#shared/domain/call-view.ts';
import type { WorkableMode } from '#shared/domain/dial-up.ts';
import type { OrderId } from '#shared/domain/ids.ts';
import type { Outcome } from '#shared/domain/order.ts';
import { recordName } from '#shared/domain/record.ts';
import type { DialDay } from '#shared/hub/dial-contract.ts';
import type { NumberFormat } from '../calls/call-desk-ports.ts';
import type { DialUp, Worked } from './dial-up-machine.ts';
import { sayingOf } from './outcome.ts';

/** A call that leaves no room for another. */
export function isLiveView({ phase }: Pick<CallView, 'phase'>): boolean {
  return phase !== 'offered' && phase !== 'ignored' && phase !== 'wrapUp' && phase !== 'closed';
}

/** Whether another call than this order's rings, runs or is wrapped up. @param onDesk null: no order is on the desk */
export function isOccupied(calls: readonly CallView[], onDesk: OrderId | null): boolean {
  return calls.some(
    (call) =>
      (call.orderId === null || call.orderId !== onDesk) &&
      (isLiveView(call) || call.phase === 'wrapUp' || call.phase === 'offered'),
  );
}

export interface BesideDialUp {
  /** Null: the hub has not said yet. */
  readonly modes: readonly WorkableMode[] | null;
  /** Midnight where the agent is, until now; as the hub last told it. */
  readonly day: DialDay;
  /** Outcomes of today that the hub does not have yet. */
  readonly unsent: readonly Outcome[];
  readonly unsentCount: number;
  readonly calls: readonly CallView[];
  /** Of the order's call; null before the first and while it goes on. */
  readonly callEnd: OrderCallEnd | null;
  readonly numbers: NumberFormat;
}

export function viewOf(dialUp: DialUp, beside: BesideDialUp): DialUpView {
  const { order, ended } = dialUp;
  return {
    modes: [...(beside.modes ?? [])],
    state: stateOf(dialUp, beside.modes),
    nextAtMs: dialUp.nothing?.nextAtMs ?? null,
    order: order && orderView(order, beside),
    pauseAfterThis: dialUp.pauseAfterThis,
    undo: ended && {
      orderId: ended.worked.leased.order.id,
      name: nameOf(ended.worked),
      ...sayingOf(ended.outcome),
      untilMs: ended.untilMs,
    },
    unsent: beside.unsentCount,
    today: dayWith(beside.day, beside.unsent),
  };
}

/** The number that is dialled for an order; null where the record has none. */
export function numberOf({ number, leased }: Pick<Worked, 'number' | 'leased'>): string | null {
  return number ?? leased.record?.numbers[0]?.number ?? null;
}

export function nameOf({ leased: { record } }: Pick<Worked, 'leased'>): string {
  return record ? recordName(record) : '';
}

function stateOf(
  { order, running, online, available, occupied, nothing }: DialUp,
  modes: BesideDialUp['modes'],
): DialUpView['state'] {
  if (order) return 'order';
  if (!running) return 'off';
  if (!online) return 'hubAway';
  if (!available || occupied) return 'busy';
  if (!nothing) return 'asking';
  return modes?.length === 0 ? 'closed' : 'nothing';
}

function orderView(order: Worked, { modes, calls, callEnd, numbers }: BesideDialUp): WorkedOrder {
  const { leased, sinceMs, dialsAtMs, callId, draft, leaseOver, notDialled } = order;
  const number = numberOf(order);
  return {
    leased,
    number,
    numberShown: number === null ? null : numbers.written(number),
    numbersShown: leased.record?.numbers.map((each) => numbers.written(each.number)) ?? [],
    name: nameOf(order),
    sinceMs,
    dialsAtMs,
    callId,
    callEnd,
    draft,
    leaseOver,
    modeClosed: modes !== null && !modes.some((each) => isModeOf(leased, each)),
    notDialled,
    intents: {
      dial: number !== null && !leaseOver && leased.mayDial.may && !calls.some(isLiveView),
      stopCountdown: dialsAtMs !== null,
      end: true,
    },
  };
}

function isModeOf({ order, mode }: Worked['leased'], each: WorkableMode): boolean {
  return each.mode === mode && each.projectId === order.projectId;
}

function dayWith(day: DialDay, unsent: readonly Outcome[]): DialDay {
  const more = unsent.map((outcome) => ({ ...sayingOf(outcome), count: 1 }));
  const alike = Map.groupBy([...day.byButton, ...more], ({ button, label }) => `${button} ${label}`);
  return {
    byButton: [...alike.values()].flatMap((each) => {
      const [first] = each;
      return first ? [{ ...first, count: each.reduce((sum, { count }) => sum + count, 0) }] : [];
    }),
    attempts: day.attempts + unsent.length,
    workedMs: unsent.reduce((sum, { startedAtMs, endedAtMs }) => sum + endedAtMs - startedAtMs, day.workedMs),
  };
}
