// Why a hub cannot be had, told from the error that its address brought about. The window says each in words.
import type { HubTrouble } from '#shared/desktop/hub-address-contract.ts';
import { contractVersion, otherVersionStatus } from '#shared/hub/hub-handshake.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';

/** The server answered the handshake with something other than a WebSocket of our contract. */
export class HandshakeRefused extends Error {
  override readonly name = 'HandshakeRefused';
  /** HTTP status; 101 where the WebSocket opened but speaks another version. */
  readonly status: number;
  /** Version of the hub's contract; null where it told none. */
  readonly version: number | null;

  constructor(status: number, version: number | null) {
    super(`The handshake was answered with ${status}`);
    this.status = status;
    this.version = version;
  }
}

/** A gateway says that the hub behind it is away; a hub says that it restarts, or that it is asked too often. */
const awayStatuses = [429, 502, 503, 504];
/** OpenSSL's names for everything that may be wrong with a certificate. */
const certificateCode =
  /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)/;
/** Something answers there, but neither HTTP nor TLS as we speak it. */
const strangerCode = /^(HPE_|EPROTO|ERR_SSL|WS_ERR)/;

export function troubleOf(error: unknown): HubTrouble {
  if (error instanceof HandshakeRefused) return troubleOfRefusal(error);
  // It opened, but does not speak: a WebSocket server of another program.
  if (error instanceof CommandFailed) return error.reason === 'hubAway' ? 'notReachable' : 'notAHub';
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (certificateCode.test(code)) return 'certificateNotTrusted';
  return strangerCode.test(code) ? 'notAHub' : 'notReachable';
}

function troubleOfRefusal({ status, version }: HandshakeRefused): HubTrouble {
  if (version !== null && (status === otherVersionStatus || status === 101) && version !== contractVersion) {
    return version > contractVersion ? 'desktopTooOld' : 'hubTooOld';
  }
  return awayStatuses.includes(status) ? 'notReachable' : 'notAHub';
}
