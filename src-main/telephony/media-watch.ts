// Whether a call's media lives (pure): judged by ICE and RTP. The SIP link says only how long to wait for them: where it
// stands at both ends and nobody is heard, the other side is gone; where one end has no network, it may come back to the
// call for as long as the exchange keeps it. Looked at once a second by call-media.ts. Time is given in lengths, not as a
// clock, so that a computer that slept has not been silent for hours.
import type { PeerSnapshot } from '#shared/media/media-contract.ts';

/** restartIce: find another path now. lost: nobody is heard, and nobody will be. */
export type MediaVerdict = 'lives' | 'restartIce' | 'lost';

export interface MediaSight {
  readonly connectionState: PeerSnapshot['connectionState'];
  /** RTP packets heard since the connection began; null where that is not known now. */
  readonly packetsReceived: number | null;
  /** Whose network is away, as far as the SIP link tells; null where both can be reached. */
  readonly away?: 'here' | 'there' | null;
}

export interface MediaWatch {
  /** @param passedMs since the look before */
  look(sight: MediaSight, passedMs: number): MediaVerdict;
  /** Another connection took this one's place. */
  beginAnew(): void;
}

/** Consent checks pause for moments on a busy line; after this long the path counts as broken. */
const disconnectedBeforeRestartMs = 2_000;
const betweenRestartsMs = 6_000;
/** After ICE has failed: time for restarts to find another path. */
export const defaultLostAfterMs = 20_000;
/** The exchange gives a device that is away up after 150 s; then its BYE comes, where there is an exchange still. */
export const keptWhileAwayMs = 165_000;
/** However ICE calls it: this much longer without a connection and without a sound is the end. */
const undecidedMs = 25_000;

/**
 * @param headStartMs later restarts for the one end of a call, so that two of our own do not offer at once
 * @param lostAfterMs from the failing of ICE until the call counts as lost
 */
export function createMediaWatch(headStartMs: number, lostAfterMs = defaultLostAfterMs): MediaWatch {
  let packetsBefore: number | null = null;
  let silentMs = 0;
  /** Of silence while either end was away: forgotten when both are there again, and have 20 s to find a path. */
  let awayMs = 0;
  let failedMs: number | null = null;
  let restartInMs = disconnectedBeforeRestartMs + headStartMs;

  const calm = () => {
    silentMs = 0;
    awayMs = 0;
    failedMs = null;
    restartInMs = disconnectedBeforeRestartMs + headStartMs;
  };

  return {
    look({ connectionState, packetsReceived, away = null }, passedMs) {
      const heard = packetsReceived !== null && packetsBefore !== null && packetsReceived > packetsBefore;
      packetsBefore = packetsReceived ?? packetsBefore;
      if (connectionState === 'connected' || heard) {
        calm();
        return 'lives';
      }
      if (away !== null) {
        awayMs += passedMs;
        silentMs = 0;
        failedMs = null;
      } else {
        silentMs += passedMs;
        if (connectionState === 'failed') failedMs ??= 0;
        if (failedMs !== null) failedMs += passedMs;
      }
      if (awayMs >= keptWhileAwayMs) return 'lost';
      if ((failedMs ?? 0) >= lostAfterMs || silentMs >= lostAfterMs + undecidedMs) return 'lost';
      if (connectionState !== 'disconnected' && connectionState !== 'failed') return 'lives';
      restartInMs -= passedMs;
      if (restartInMs > 0) return 'lives';
      restartInMs = betweenRestartsMs;
      return 'restartIce';
    },
    beginAnew() {
      packetsBefore = null;
      calm();
    },
  };
}
