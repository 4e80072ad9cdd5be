// When an offer or answer may leave although ICE gathering goes on (pure). JsSIP sends no trickle and sets no limit:
// it waits for the end of gathering, which a dead interface or an unreachable STUN server delays by 10 to 40 s.

/** Whatever has been gathered, the description leaves this long after gathering began. */
export const gatheringCapMs = 500;
/** Where only a relay will do, a description without one is worth nothing: TURN is asked twice, and may be far. */
export const relayGatheringCapMs = 4_000;
/** Interfaces report their candidates in one burst; this much silence after a sufficient one ends the burst. */
export const settleMs = 25;

/**
 * @param candidate candidate line (RFC 8839 5.1)
 * @param hasIceServers with a STUN or TURN server configured, a host candidate alone is not enough
 */
export function isSufficient(candidate: string, hasIceServers: boolean): boolean {
  const fields = candidate.split(' ');
  const isUdp = fields[2]?.toLowerCase() === 'udp';
  const type = fields[fields.indexOf('typ') + 1];
  if (type === 'relay') return true;
  if (!isUdp) return false;
  return hasIceServers ? type === 'srflx' : type === 'host';
}
