// Call mode on this desktop as a pure machine: whether there is an order on the desk, when the next one is asked for, when
// it dials by itself, and what happens when the hub, the lease or the order changes (DIAL-1, DIAL-7, DIAL-8).
// Effects are data, time comes with the event. Called by dial-up-desk.ts only.
import type { OutcomeDraft } from '#shared/desktop/dial-up-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { CallId, LeaseId, MutationId } from '#shared/domain/ids.ts';
import type { Outcome } from '#shared/domain/order.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { LeasedOrder, MayDial } from '#shared/hub/dial-contract.ts';

/** An order on the desk. */
export interface Worked {
  readonly leased: LeasedOrder;
  readonly sinceMs: number;
  /** Null: the record's first. */
  readonly number: string | null;
  readonly dialsAtMs: number | null;
  /** The call that was made for it last. */
  readonly callId: CallId | null;
  readonly draft: OutcomeDraft;
  /** By this computer's clock: until then nobody else can have it. 0: the hub is still to be asked. */
  readonly heldUntilMs: number;
  readonly leaseOver: boolean;
  readonly notDialled: string | null;
}

/** The last outcome, while it can be taken back. */
export interface Ended {
  readonly worked: Worked;
  readonly mutationId: MutationId;
  readonly outcome: Outcome;
  readonly untilMs: number;
}

export interface DialUp {
  /** Between start and stop or pause. */
  readonly running: boolean;
  readonly pauseAfterThis: boolean;
  readonly online: boolean;
  /** The status takes calls. */
  readonly available: boolean;
  /** A call that is not the order's, or the wrap-up of one. */
  readonly occupied: boolean;
  /** Counts the questions to the hub; what answers an older one is given back. */
  readonly asked: number;
  readonly asking: boolean;
  /** There may be something since it was asked: an answer that there is none is old. */
  readonly toldMeanwhile: boolean;
  /** The hub had none. */
  readonly nothing: { readonly nextAtMs: number | null } | null;
  readonly order: Worked | null;
  readonly ended: Ended | null;
}

export type DialUpEvent = { readonly atMs: number } & (
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'pauseAfterThis'; readonly on: boolean }
  | { readonly type: 'stopCountdown' }
  | {
      readonly type: 'situation';
      readonly online: boolean;
      readonly available: boolean;
      readonly occupied: boolean;
    }
  /** The hub's answer. */
  | {
      readonly type: 'taken';
      readonly asked: number;
      readonly order: LeasedOrder | null;
      readonly nextAtMs: number | null;
    }
  | { readonly type: 'notTaken'; readonly asked: number }
  /** There may be something now. */
  | { readonly type: 'lookAgain' }
  | { readonly type: 'permissionChanged'; readonly leaseId: LeaseId; readonly mayDial: MayDial }
  | {
      readonly type: 'prolonged';
      readonly leaseId: LeaseId;
      readonly held: boolean;
      readonly heldUntilMs: number;
    }
  /** The time to dial by itself has come. */
  | { readonly type: 'dialNow' }
  | { readonly type: 'dialled'; readonly callId: CallId; readonly number: string | null }
  | { readonly type: 'notDialled'; readonly reason: string }
  /** On disk. */
  | { readonly type: 'draftChanged'; readonly draft: OutcomeDraft }
  /** `occupied`: its call is still to be hung up, or another one is there. */
  | { readonly type: 'ended'; readonly ended: Ended; readonly occupied: boolean }
  | { readonly type: 'undone' }
  | { readonly type: 'undoOver' }
  /** Found on disk, by the next start of the app. */
  | { readonly type: 'found'; readonly worked: Worked }
  /** Its person is another than before, here on this computer. */
  | { readonly type: 'personChanged'; readonly record: WholeRecord }
  /** Its person was erased. */
  | { readonly type: 'erased' }
  /** Somebody else signs in, or nobody. */
  | { readonly type: 'left' }
);

export type DialUpEffect =
  | { readonly type: 'take'; readonly asked: number }
  | { readonly type: 'giveBack'; readonly leaseId: LeaseId }
  | { readonly type: 'dial' }
  /** Of the order on the desk: written to disk, or gone from it. */
  | { readonly type: 'keep'; readonly worked: Worked }
  | { readonly type: 'forget'; readonly leaseId: LeaseId };

export interface DialUpStep {
  readonly dialUp: DialUp;
  readonly effects: readonly DialUpEffect[];
}

export const off: DialUp = {
  running: false,
  pauseAfterThis: false,
  online: false,
  available: false,
  occupied: false,
  asked: 0,
  asking: false,
  toldMeanwhile: false,
  nothing: null,
  order: null,
  ended: null,
};

/** Of the lease of 90 s, by this computer's clock, so that its clock may be another than the hub's. */
export const heldForMs = 75_000;

export const emptyDraft: OutcomeDraft = { note: '', callBackAtMs: null, own: false, savedAtMs: null };

/** @returns what it is afterwards and what is to be done; null where the event means nothing then: refuse or drop it */
export function step(dialUp: DialUp, event: DialUpEvent): DialUpStep | null {
  const next = react(dialUp, event);
  return next && askFurther(next);
}

function react(dialUp: DialUp, event: DialUpEvent): DialUpStep | null {
  const { order } = dialUp;
  switch (event.type) {
    case 'start':
      if (!dialUp.online || !dialUp.available) return null;
      return to(dialUp, { running: true, pauseAfterThis: false, nothing: null });
    case 'stop':
      if (order && isBegun(order)) return null;
      return leaveOrder(dialUp, { running: false, pauseAfterThis: false, nothing: null });
    case 'pauseAfterThis':
      return order ? to(dialUp, { pauseAfterThis: event.on }) : null;
    case 'stopCountdown':
      return order && order.dialsAtMs !== null ? toOrder(dialUp, order, { dialsAtMs: null }) : null;
    case 'situation':
      return situation(dialUp, event);
    case 'taken':
      return taken(dialUp, event);
    case 'notTaken':
      // The hub went away, or the modes are closed: what changes that is told.
      if (!isAwaited(dialUp, event.asked)) return null;
      return none(dialUp, null);
    case 'lookAgain':
      if (dialUp.asking) return to(dialUp, { toldMeanwhile: true });
      return dialUp.nothing ? to(dialUp, { nothing: null }) : null;
    case 'permissionChanged':
      return order?.leased.leaseId === event.leaseId
        ? permission(dialUp, order, event.mayDial, event.atMs)
        : null;
    case 'prolonged':
      if (order?.leased.leaseId !== event.leaseId) return null;
      if (event.held) return toOrder(dialUp, order, { heldUntilMs: event.heldUntilMs, leaseOver: false });
      return leaseOver(dialUp, order);
    case 'dialNow': {
      if (order === null || order.dialsAtMs === null || order.dialsAtMs > event.atMs) return null;
      const next = toOrder(dialUp, order, { dialsAtMs: null });
      return { ...next, effects: [...next.effects, { type: 'dial' }] };
    }
    case 'dialled':
      if (!order) return null;
      return kept(dialUp, { ...order, ...event, dialsAtMs: null, notDialled: null });
    case 'notDialled':
      return order && toOrder(dialUp, order, { dialsAtMs: null, notDialled: event.reason });
    case 'draftChanged':
      return order && toOrder(dialUp, order, { draft: event.draft });
    case 'ended':
      return to(dialUp, {
        order: null,
        ended: event.ended,
        occupied: event.occupied,
        running: dialUp.running && !dialUp.pauseAfterThis,
        pauseAfterThis: false,
        nothing: null,
      });
    case 'undone':
      return undone(dialUp);
    case 'undoOver':
      return dialUp.ended && dialUp.ended.untilMs <= event.atMs ? to(dialUp, { ended: null }) : null;
    case 'found':
      // The agent says when it goes on: nothing is dialled by a start of the app.
      return order
        ? null
        : to(dialUp, { running: true, order: { ...event.worked, dialsAtMs: null, heldUntilMs: 0 } });
    case 'personChanged':
      return order && personChanged(dialUp, order, event.record);
    case 'erased':
      return order && leaveOrder(dialUp, {});
    case 'left':
      return { dialUp: { ...off, asked: dialUp.asked + 1 }, effects: [] };
    default:
      return assertNever(event);
  }
}

/** Whether something was done about it that its outcome has to tell. */
export function isBegun(order: Worked): boolean {
  return order.callId !== null || order.draft.note.trim() !== '';
}

function situation(
  dialUp: DialUp,
  { online, available, occupied }: Extract<DialUpEvent, { type: 'situation' }>,
): DialUpStep {
  // What was asked of a hub that went away is answered by none.
  const lost = dialUp.online && !online ? { asking: false, nothing: null } : {};
  const next = { ...dialUp, online, available, occupied, ...lost };
  const { order } = dialUp;
  // Whoever is called meanwhile dials by hand when that is over.
  const stops = order !== null && order.dialsAtMs !== null && (occupied || !available);
  return stops ? toOrder(next, order, { dialsAtMs: null }) : to(next, {});
}

function taken(
  dialUp: DialUp,
  { asked, order: leased, nextAtMs, atMs }: Extract<DialUpEvent, { type: 'taken' }>,
): DialUpStep | null {
  if (!isAwaited(dialUp, asked)) return unwanted(dialUp, leased);
  if (!leased) return none(dialUp, nextAtMs);
  const answered = { ...dialUp, asking: false };
  if (!dialUp.running || dialUp.order || dialUp.occupied || !dialUp.available) {
    return unwanted(answered, leased) ?? to(answered, {});
  }
  const dials = leased.mayDial.may && (leased.record?.numbers.length ?? 0) > 0;
  const waitMs = leased.dials === 'countdown' ? leased.countdownSeconds * 1_000 : 0;
  return kept(answered, {
    leased,
    sinceMs: atMs,
    number: null,
    dialsAtMs: dials && leased.dials !== 'onKey' ? atMs + waitMs : null,
    callId: null,
    draft: emptyDraft,
    heldUntilMs: atMs + heldForMs,
    leaseOver: false,
    notDialled: null,
  });
}

function unwanted(dialUp: DialUp, leased: LeasedOrder | null): DialUpStep | null {
  // The one that is on the desk is told once more.
  if (!leased || leased.leaseId === dialUp.order?.leased.leaseId) return null;
  return { dialUp, effects: [{ type: 'giveBack', leaseId: leased.leaseId }] };
}

function permission(dialUp: DialUp, order: Worked, mayDial: MayDial, atMs: number): DialUpStep {
  if (!mayDial.may && mayDial.reason === 'leaseOver') return leaseOver(dialUp, order);
  const leased = { ...order.leased, mayDial };
  if (mayDial.may) return toOrder(dialUp, order, { leased, notDialled: null });
  const wasDue = order.dialsAtMs !== null && order.dialsAtMs >= atMs;
  return toOrder(dialUp, order, {
    leased,
    dialsAtMs: null,
    notDialled: wasDue ? mayDial.reason : order.notDialled,
  });
}

/** Nothing is lost of one that was begun: its outcome is stored all the same. One that was not is somebody else's now. */
function leaseOver(dialUp: DialUp, order: Worked): DialUpStep {
  if (isBegun(order)) return toOrder(dialUp, order, { leaseOver: true, dialsAtMs: null });
  return {
    dialUp: { ...dialUp, order: null, nothing: null },
    effects: [{ type: 'forget', leaseId: order.leased.leaseId }],
  };
}

/** A number that was added can be dialled, one that is gone cannot. Never older than what was handed out. */
function personChanged(dialUp: DialUp, order: Worked, record: WholeRecord): DialUpStep | null {
  const before = order.leased.record;
  if (before?.id !== record.id || record.version < before.version) return null;
  const isThere = record.numbers.some(({ number }) => number === order.number);
  return toOrder(dialUp, order, {
    leased: { ...order.leased, record },
    number: isThere ? order.number : null,
    dialsAtMs: record.numbers.length > 0 ? order.dialsAtMs : null,
  });
}

function undone(dialUp: DialUp): DialUpStep | null {
  const { ended, order } = dialUp;
  if (!ended || (order && isBegun(order))) return null;
  const worked = { ...ended.worked, dialsAtMs: null };
  const back: DialUpEffect[] = order
    ? [
        { type: 'forget', leaseId: order.leased.leaseId },
        { type: 'giveBack', leaseId: order.leased.leaseId },
      ]
    : [];
  return {
    // What is asked for at this moment is given back when it comes.
    dialUp: { ...dialUp, running: true, asking: false, nothing: null, order: worked, ended: null },
    effects: [...back, { type: 'keep', worked }],
  };
}

function leaveOrder(dialUp: DialUp, part: Partial<DialUp>): DialUpStep {
  const { order } = dialUp;
  const next = { ...dialUp, ...part, order: null, asking: false };
  if (!order) return { dialUp: next, effects: [] };
  const { leaseId } = order.leased;
  return {
    dialUp: next,
    effects: [
      { type: 'forget', leaseId },
      { type: 'giveBack', leaseId },
    ],
  };
}

/** Whoever runs, is free, and has nothing on the desk asks for the next one. */
function askFurther({ dialUp, effects }: DialUpStep): DialUpStep {
  const { running, online, available, occupied, asking, nothing, order } = dialUp;
  if (!running || !online || !available || occupied || asking || nothing || order) return { dialUp, effects };
  const asked = dialUp.asked + 1;
  return {
    dialUp: { ...dialUp, asked, asking: true, toldMeanwhile: false },
    effects: [...effects, { type: 'take', asked }],
  };
}

function none(dialUp: DialUp, nextAtMs: number | null): DialUpStep {
  return to(dialUp, { asking: false, nothing: dialUp.toldMeanwhile ? null : { nextAtMs } });
}

function isAwaited(dialUp: DialUp, asked: number): boolean {
  return dialUp.asking && dialUp.asked === asked;
}

function to(dialUp: DialUp, part: Partial<DialUp>): DialUpStep {
  return { dialUp: { ...dialUp, ...part }, effects: [] };
}

function toOrder(dialUp: DialUp, order: Worked, part: Partial<Worked>): DialUpStep {
  return to(dialUp, { order: { ...order, ...part } });
}

function kept(
  dialUp: DialUp,
  { leased, sinceMs, number, dialsAtMs, callId, draft, heldUntilMs, leaseOver, notDialled }: Worked,
): DialUpStep {
  const worked = {
    leased,
    sinceMs,
    number,
    dialsAtMs,
    callId,
    draft,
    heldUntilMs,
    leaseOver,
    notDialled,
  };
  return { dialUp: { ...dialUp, order: worked }, effects: [{ type: 'keep', worked }] };
}
