// How long to wait before the next try at a link, SIP or hub (pure): growing, with full jitter, so that a thousand
// desktops that lost one hub at the same moment do not come back in lockstep.

const shortestMs = 200;
/** A hub that is back is found within three seconds, whether it refused meanwhile or did not answer. */
const longestMs = 2_000;

/**
 * @param attempt 0 for the first try after the loss
 * @param random 0 to 1
 */
export function reconnectDelayMs(attempt: number, random: number): number {
  const ceilingMs = Math.min(longestMs, 2 * shortestMs * 2 ** Math.min(attempt, 10));
  return Math.round(shortestMs + random * (ceilingMs - shortestMs));
}
