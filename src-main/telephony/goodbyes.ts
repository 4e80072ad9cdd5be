// BYEs that did not reach the other side, because the link to the exchange was away or the other side's was: kept, and
// sent again when the link is back. Used by sip-phone.ts. The agent's call is over all the same; this is for the far end.
import type { WireLog } from '#shared/wire/wire-port.ts';

export interface Goodbyes {
  /** @param again sends it once more; where that fails too, it is kept once more */
  keep(again: () => void): void;
  /** The exchange can be reached again. */
  linkIsBack(): void;
  close(): void;
}

/** Its own proxy answers "not there now" for a device that is just coming back. */
const retryAfterMs = 5_000;
/** Tries that reached the exchange. Longer than ICE takes to end the call there (RFC 7675: 30 s). */
const maxTries = 24;
/** More calls than anyone hangs up while a link is away. */
const maxKept = 100;

export function createGoodbyes(parts: {
  readonly log: WireLog;
  readonly isConnected: () => boolean;
  readonly retryAfterMs?: number;
}): Goodbyes {
  const { log, isConnected } = parts;
  const tries = new Map<() => void, number>();
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;

  const sendAll = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!isConnected()) return;
    for (const again of [...waiting]) {
      waiting.delete(again);
      tries.set(again, (tries.get(again) ?? 0) + 1);
      again();
    }
  };

  return {
    keep(again) {
      const tried = tries.get(again) ?? 0;
      if (tried >= maxTries || waiting.size >= maxKept) {
        tries.delete(again);
        log.warn('sip: a hang-up could not be told to the other side', { tries: tried });
        return;
      }
      tries.set(again, tried);
      waiting.add(again);
      timer ??= setTimeout(sendAll, parts.retryAfterMs ?? retryAfterMs);
    },
    linkIsBack: sendAll,
    close() {
      clearTimeout(timer);
      waiting.clear();
      tries.clear();
    },
  };
}
