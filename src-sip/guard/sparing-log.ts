// A log that a flood cannot fill: lines beyond a rate are left out, and counted on the next one that is written. Used by
// sip-socket.ts and by the exchange for what they refuse.
import { type Rate, TokenBucket } from './token-bucket.ts';

type Warn = (message: string, facts: Record<string, unknown>) => void;

/** Everything while somebody looks for one fault; little of a flood. */
const defaultRate: Rate = { perSecond: 5, burst: 200 };

/**
 * @param nowMs the clock that the rate goes by
 * @returns writes with `warn`; the facts say how many lines like it were `leftOut` before, where there were any
 */
export function sparingWarn(warn: Warn, nowMs: () => number, rate: Rate = defaultRate): Warn {
  const lines = new TokenBucket(rate, nowMs());
  let leftOut = 0;
  return (message, facts) => {
    if (!lines.take(nowMs())) {
      leftOut += 1;
      return;
    }
    warn(message, leftOut === 0 ? facts : { ...facts, leftOut });
    leftOut = 0;
  };
}
