// SIP's words for "why" in ours (pure): Reason headers of CANCEL and BYE, final responses to our INVITE, and the
// causes that JsSIP makes up where no message says more.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { TransferFailure } from '#shared/domain/call-view.ts';
import type { FailureCause } from '../calls/telephony-port.ts';

/** JsSIP's 'failed' and 'ended' as they are at run time: its types promise a message where there often is none. */
export interface EndOfSession {
  readonly originator: string;
  readonly cause: string;
  readonly message: {
    readonly method?: string;
    readonly status_code?: number;
    getHeaders(name: string): string[];
  } | null;
}

export type Ending =
  | { readonly type: CancelMeaning | 'remoteHungUp' }
  | { readonly type: 'failed'; readonly cause: FailureCause };

export type CancelMeaning = 'callerGaveUp' | 'answeredElsewhere' | 'declinedElsewhere' | 'rangOut';

/** @param reason values of the Reason header (RFC 3326), of which a message may have several */
export function readReasonCause(reason: readonly string[]): number | null {
  for (const value of reason) {
    const cause = /^\s*SIP\s*;.*?\bcause\s*=\s*"?(\d{3})/i.exec(value)?.[1];
    if (cause) return Number(cause);
  }
  return null;
}

/** What a CANCEL means to the agent it stops ringing (RFC 3326; telephony.md, "three answers to an offer"). */
export function meaningOfCancel(reason: readonly string[]): CancelMeaning {
  switch (readReasonCause(reason)) {
    case 200:
      return 'answeredElsewhere';
    case 600:
    case 603:
      return 'declinedElsewhere';
    case 408:
      return 'rangOut';
    default:
      return 'callerGaveUp';
  }
}

/** What a final response to our INVITE means (RFC 3261 21). */
export function causeOfStatus(status: number): FailureCause {
  switch (status) {
    case 486:
    case 600:
      return 'busy';
    case 408:
    case 487:
      return 'noAnswer';
    case 404:
    case 410:
    case 414:
    case 416:
    case 484:
    case 485:
    case 604:
      return 'notFound';
    case 401:
    case 403:
    case 407:
      return 'forbidden';
    case 603:
    case 607:
      return 'declined';
    case 415:
    case 488:
    case 606:
      return 'media';
    case 480:
    case 500:
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return 'other';
  }
}

/** What became of a transfer, from the far end's NOTIFY: the final response to the call that it made (RFC 3515 2.4.5). */
export function transferFailureOf(status: number): TransferFailure {
  const cause = causeOfStatus(status);
  switch (cause) {
    case 'busy':
    case 'noAnswer':
    case 'notFound':
    case 'declined':
    case 'network':
      return cause;
    case 'forbidden':
      return 'notAllowed';
    case 'unavailable':
    case 'timeout':
      return 'unreachable';
    case 'microphone':
    case 'media':
    case 'other':
      return 'other';
    default:
      return assertNever(cause);
  }
}

/** Why a REFER itself was refused: by the exchange, or by a far end that follows none. */
export function refusedRefer(status: number): TransferFailure {
  if (status === 403) return 'notAllowed';
  if (status === 404) return 'notFound';
  return status === 408 || status === 480 || status === 481 ? 'network' : 'lineCannot';
}

/** What it means that a session ended before it was established, where we did not end it ourselves. */
export function endingOfFailed({ originator, message, cause }: EndOfSession): Ending {
  if (originator === 'remote' && message?.method === 'CANCEL')
    return { type: meaningOfCancel(message.getHeaders('Reason')) };
  if (originator === 'remote' && message?.status_code)
    return { type: 'failed', cause: causeOfStatus(message.status_code) };
  // Ours rang longer than the INVITE's Expires, or than anyone should.
  if (cause === 'No Answer' || cause === 'Expires') return { type: 'rangOut' };
  return { type: 'failed', cause: causeOfJsSip(cause) };
}

/**
 * What it means that a session ended after our 200, or theirs, where we did not end it ourselves.
 * @param talked false where no one could have talked yet: the loser of a photo finish gets ACK and BYE at once
 */
export function endingOfEnded({ originator, message, cause }: EndOfSession, talked: boolean): Ending {
  if (originator !== 'remote' || !message) return { type: 'failed', cause: causeOfJsSip(cause) };
  if (!talked && readReasonCause(message.getHeaders('Reason')) === 200) return { type: 'answeredElsewhere' };
  return { type: 'remoteHungUp' };
}

/** JsSIP's own causes (Constants.causes). */
function causeOfJsSip(cause: string): FailureCause {
  switch (cause) {
    case 'Connection Error':
    case 'RTP Timeout':
    // The other side answered 481: it knows nothing of the call any more.
    case 'Dialog Error':
      return 'network';
    case 'Request Timeout':
    case 'No ACK':
      return 'timeout';
    case 'WebRTC Error':
    case 'Bad Media Description':
    case 'Missing SDP':
    case 'Internal Error':
      return 'media';
    default:
      return 'other';
  }
}
