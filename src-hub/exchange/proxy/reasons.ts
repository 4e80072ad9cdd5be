// Reason headers of the exchange's own CANCEL and BYE (RFC 3326), by which a device knows how to note the call.
import type { CancelCause } from './fork-state.ts';

/** None where the caller gave up: that is what a CANCEL means by itself. */
export const cancelReasons: Readonly<Record<CancelCause, string | null>> = {
  answeredElsewhere: 'SIP;cause=200;text="Call completed elsewhere"',
  declinedElsewhere: 'SIP;cause=603',
  rangOut: 'SIP;cause=408;text="Ring time over"',
  callerGaveUp: null,
  // So that a device of another make notes no missed call.
  silenced: 'SIP;cause=200;text="Ignored on another device"',
};

/** To the slower of two who answered. */
export const slowerAnswerReason = 'SIP;cause=200;text="Call completed elsewhere"';
/** To one who answered a call that nobody waits for any more. */
export const withdrawnReason = 'SIP;cause=487;text="Call was over"';

/** To whoever was in a call with a device that died, or stayed away too long. */
export const lostDeviceReason = 'SIP;cause=410;text="The other device is gone"';
/** To a device that was away when the other side hung up. */
export const otherSideGoneReason = 'SIP;cause=487;text="The other side has hung up"';
/** To both sides of a call whose device was signed out. */
export const revokedReason = 'SIP;cause=403;text="The device was signed out"';
