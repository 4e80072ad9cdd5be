// Whether an order's number may be dialled at this moment (DIAL-10): by the hub's word; while it is away, by what was handed
// out with the order. Asked by order-dialler.ts before each call.
import type { MayDial } from '#shared/hub/dial-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Worked } from './dial-up-machine.ts';
import type { DialUpParts } from './dial-up-ports.ts';

/** Whoever wants to dial does not wait longer for a hub that says nothing. */
const hubAnswersWithinMs = 3_000;
/** Emergency numbers (two or three digits everywhere) are among these. */
const emergency = /^\d{2,3}$/;

/** @param number in E.164, or as `NumberFormat.comparable` leaves it */
export async function askMayDial(
  { leased, heldUntilMs, leaseOver }: Worked,
  number: string,
  { hub, clock, log }: Pick<DialUpParts, 'hub' | 'clock' | 'log'>,
): Promise<MayDial> {
  if (emergency.test(number)) return { may: true, untilMs: null };
  if (leaseOver) return { may: false, reason: 'leaseOver', untilMs: null };
  if (hub.online()) {
    try {
      const asked = hub.call('dial.mayDial', { leaseId: leased.leaseId, number });
      const told = await within(asked, hubAnswersWithinMs, clock);
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
