// Faults of handlers, ours and JsSIP's, while a good message is dealt with: told as such, with their stack, and the call
// or request ends cleanly. Used by main's sip-registration.ts and the hub's media ends, once per user agent.
// Faults of messages are message-guard.ts's and parser-internals.ts's.
import type { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';

export interface FaultLog {
  error(message: string, facts: Record<string, unknown>): void;
}

interface Emitter {
  emit(event: string, ...told: unknown[]): boolean;
  /** Those that listen once included in the form that takes them off. */
  rawListeners(event: string): ((...told: unknown[]) => void)[];
}

/** JsSIP's IncomingRequest as it is at run time. */
interface Request {
  readonly method: string;
  readonly call_id: string;
  readonly from_tag: string;
  readonly to: { hasParam(name: string): boolean };
  /** Null where JsSIP failed before it had made one. */
  readonly server_transaction: object | null;
  reply(status: number): void;
  reply_sl(status: number): void;
}

interface Internals {
  receiveRequest(request: Request): void;
  readonly _sessions: Readonly<Record<string, RTCSession>>;
}

interface NewSession {
  readonly originator: string;
  readonly session: RTCSession;
}

/** What a caller is told where the fault is ours (RFC 3261 21.5.1). */
const ourFault = { status_code: 500 };

/**
 * JsSIP's events reach every listener, whatever another of them throws; a call whose arrival could not be dealt with is
 * refused with 500, as is a request that JsSIP itself stumbles over.
 */
export function containFaults(agent: UA, log: FaultLog): void {
  guardListeners(agent, log, (event, told) => {
    if (event !== 'newRTCSession') return;
    const { originator, session } = told as NewSession;
    if (originator === 'remote') endSession(session, log);
  });
  agent.prependListener('newRTCSession', ({ session }: NewSession) => guardListeners(session, log));
  const internals = agent as unknown as Internals;
  const receive = internals.receiveRequest;
  internals.receiveRequest = (request) => {
    try {
      receive.call(agent, request);
    } catch (error) {
      log.error('sip: a request could not be handled', { method: request.method, error });
      refuse(internals, request, log);
    }
  };
}

/** Everything that listens is ours. */
function guardListeners(
  emitter: object,
  log: FaultLog,
  failed: (event: string, told: unknown) => void = () => {},
): void {
  const guarded = emitter as Emitter;
  guarded.emit = (event, ...told) => {
    const listeners = guarded.rawListeners(event);
    for (const listener of listeners) {
      try {
        listener.apply(guarded, told);
      } catch (error) {
        log.error('sip: our handler failed', { event, error });
        failed(event, told[0]);
      }
    }
    return listeners.length > 0;
  };
}

function refuse(internals: Internals, request: Request, log: FaultLog): void {
  const isNewCall = request.method === 'INVITE' && !request.to.hasParam('tag');
  const session = isNewCall ? internals._sessions[request.call_id + request.from_tag] : undefined;
  if (session && !session.isEnded()) endSession(session, log);
  else if (request.method !== 'ACK') {
    attempt(log, () => {
      if (request.server_transaction) request.reply(ourFault.status_code);
      else request.reply_sl(ourFault.status_code);
    });
  }
}

function endSession(session: RTCSession, log: FaultLog): void {
  if (!session.isEnded()) attempt(log, () => session.terminate(ourFault));
}

function attempt(log: FaultLog, act: () => void): void {
  try {
    act();
  } catch (error) {
    log.error('sip: what had failed could not be ended', { error });
  }
}
