// Whether somebody is still at the other end of a media end's call (pure): judged by what is heard of them and, for ends
// that wait, by what the exchange says of their device. Looked at once a second by media-call.ts. A crash tells nobody, and
// ICE takes half a minute.

/** wait: nothing to do. ask: whether their device is merely without its network. gone: end the call. */
export type FarEndVerdict = 'wait' | 'ask' | 'gone';

export interface FarEndSight {
  readonly connected: boolean;
  /** They are bound to send. */
  readonly mayHear: boolean;
  /** Sound, keys and reports. */
  readonly packetsReceived: number;
}

export interface FarEndWatch {
  /** @param passedMs since the look before */
  look(sight: FarEndSight, passedMs: number): FarEndVerdict;
  /** The answer to what was asked. */
  told(device: 'there' | 'away' | 'gone'): void;
}

/** Neither sound nor a report (RTCP) for this long. Chromium reports every 2.5 to 7.5 s, also without a microphone. */
const nothingHeardMs = 12_000;
/** Asked sooner than that: a device that came back in this moment is given time to be heard. */
const askAfterMs = 8_000;
const askAgainMs = 4_000;
/** A device that is there answers sooner; the question waits for one that is not, and finds it when it is back. */
const answeredWithinMs = 4_000;
/** From the answer, or from the path's breaking, until it stands. */
const connectWithinMs = 15_000;
/** As our own phones wait for each other (src-main/telephony/media-watch.ts): longer than a network may be away. */
const keptWhileAwayMs = 165_000;

/** @param waits for a far end whose network is away, as a telephone's line does; else it is soon given up */
export function createFarEndWatch(waits: boolean): FarEndWatch {
  let packets = -1;
  let quietMs = 0;
  let connectingMs = 0;
  let silentMs = 0;
  let askInMs = 0;
  /** Since the question that is not answered yet; null where there is none. */
  let askedForMs: number | null = null;
  let wasAway = false;
  /** How often the device said that it is there, and nothing was heard. */
  let thereInSilence = 0;
  let gone = false;

  const calm = () => {
    silentMs = 0;
    askInMs = 0;
    wasAway = false;
    thereInSilence = 0;
    gone = false;
  };

  return {
    look({ connected, mayHear, packetsReceived }, passedMs) {
      connectingMs = connected ? 0 : connectingMs + passedMs;
      quietMs = mayHear && packetsReceived === packets ? quietMs + passedMs : 0;
      packets = packetsReceived;
      if (connectingMs === 0 && quietMs === 0) {
        calm();
        return 'wait';
      }
      silentMs += passedMs;
      askInMs -= passedMs;
      if (gone || silentMs >= keptWhileAwayMs) return 'gone';
      if (!waits) return connectingMs < connectWithinMs && quietMs < nothingHeardMs ? 'wait' : 'gone';
      if (askedForMs !== null) {
        askedForMs += passedMs;
        if (askedForMs >= answeredWithinMs) wasAway = true;
        return 'wait';
      }
      if (askInMs > 0 || (connectingMs < connectWithinMs && quietMs < askAfterMs)) return 'wait';
      askedForMs = 0;
      return 'ask';
    },
    told(device) {
      askedForMs = null;
      askInMs = askAgainMs;
      if (device === 'away') wasAway = true;
      else if (device === 'gone') gone = true;
      else if (wasAway) {
        // It is back, and finds its path now.
        wasAway = false;
        thereInSilence = 0;
        quietMs = 0;
        connectingMs = 0;
      } else {
        thereInSilence += 1;
        gone = thereInSilence > 1;
      }
    },
  };
}
