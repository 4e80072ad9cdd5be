// Where an order goes when an attempt has ended (DIAL-3, DIAL-4, DIAL-9). Pure.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { Bucket, ModeSettings, OrderStatus } from '#shared/domain/dial-up.ts';
import type { OrderStatusId, UserId } from '#shared/domain/ids.ts';
import type { Outcome } from '#shared/domain/order.ts';

export interface OrderBefore {
  readonly statusId: OrderStatusId;
  /** In this status. */
  readonly attempts: number;
}

export interface PlaceAfter {
  readonly bucket: Bucket;
  readonly dueAtMs: number;
  readonly forUserId: UserId | null;
}

export interface OrderAfter extends OrderBefore {
  /** Null: not in line. */
  readonly place: PlaceAfter | null;
}

/** What an order's place is when it enters a status (DIAL-4). */
export function entering(status: OrderStatus | null, nowMs: number): PlaceAfter | null {
  if (!status?.addToDialUp || status.mode === null) return null;
  return { bucket: 'unprocessed', dueAtMs: nowMs, forUserId: null };
}

/**
 * @param nowMs by the hub's clock: delays begin when the outcome arrives, since a desktop's clock may be wrong.
 * @param userId whose outcome it is.
 */
export function afterOutcome(
  before: OrderBefore,
  { button, callBack }: Pick<Outcome, 'button' | 'callBack'>,
  settings: ModeSettings,
  status: (id: OrderStatusId) => OrderStatus | null,
  userId: UserId,
  nowMs: number,
): OrderAfter {
  const attempts = before.attempts + 1;
  const moved = (statusId: OrderStatusId | null): OrderAfter => {
    // One that leads nowhere else ends the dialling where the order stands.
    if (statusId === null || statusId === before.statusId) {
      return { statusId: before.statusId, attempts, place: null };
    }
    return { statusId, attempts: 0, place: entering(status(statusId), nowMs) };
  };
  const stays = (place: PlaceAfter): OrderAfter => {
    const leadsTo = leadsToStatus(settings, button);
    if (leadsTo === null || leadsTo === before.statusId)
      return { statusId: before.statusId, attempts, place };
    const inLine = entering(status(leadsTo), nowMs) !== null;
    return { statusId: leadsTo, attempts: 0, place: inLine ? place : null };
  };
  switch (button) {
    case 'callBack':
      // Planned with somebody who was reached: it stands, also where it was the last attempt.
      return stays({
        bucket: 'callBack',
        dueAtMs: callBack?.atMs ?? nowMs,
        forUserId: callBack?.own ? userId : null,
      });
    case 'noAnswer':
    case 'busy':
    case 'hangUp':
      if (attemptsUsedUp(attempts, settings)) return moved(settings.usedUpStatusId);
      return stays({
        bucket: 'noAnswer',
        dueAtMs: callBack?.atMs ?? nowMs + settings.delayMinutes[button] * 60_000,
        forUserId: null,
      });
    case 'confirmed':
    case 'refused':
    case 'willCollect':
    case 'collected':
    case 'wrongNumber':
    case 'extra1':
    case 'extra2':
      return moved(leadsToStatus(settings, button));
    default:
      return assertNever(button);
  }
}

/** @param attempts of an order in its status, with the one that has reached nobody now (DIAL-3). */
export function attemptsUsedUp(attempts: number, settings: Pick<ModeSettings, 'attempts'>): boolean {
  return attempts >= settings.attempts;
}

/** @returns null where the button leads to no status of its own, or the mode does not have it (any more). */
function leadsToStatus(
  { buttons, extraButtons }: ModeSettings,
  button: Outcome['button'],
): OrderStatusId | null {
  if (button === 'extra1') return extraButtons[0]?.statusId ?? null;
  if (button === 'extra2') return extraButtons[1]?.statusId ?? null;
  return buttons.find((each) => each.button === button)?.statusId ?? null;
}
