// Whether any device of a user could ring now. Pure. Asked by the directory.
import type { DevicesOfUser } from '../routing/route-decision.ts';

/** @param liveBindings registrations at the exchange; those of a computer about to sleep still look alive */
export function isReachable(of: { readonly liveBindings: number; readonly devices: DevicesOfUser }): boolean {
  const { awake, fallingAsleep } = of.devices;
  return of.liveBindings > 0 && (awake > 0 || of.liveBindings > fallingAsleep);
}
