// Requests within a call that are still unanswered when the call ends: they get 487 (RFC 3261 15.1.2). JsSIP forgets them,
// and keeps their transactions for ever, here and at the other side. The private parts of JsSIP's RTCSession (3.13.8,
// pinned exactly) that this needs are here. Used by main's sip-registration.ts and the hub's media ends, once per user
// agent.
import type { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';

interface ServerTransaction {
  readonly C: { readonly STATUS_TRYING: number; readonly STATUS_PROCEEDING: number };
  readonly state: number;
}

interface Request {
  /** Null for an ACK. */
  readonly server_transaction: ServerTransaction | null;
  reply(status: number): void;
}

interface Internals {
  receiveRequest(request: Request): void;
}

export function answerPendingRequests(agent: UA): void {
  agent.prependListener('newRTCSession', ({ session }: { readonly session: RTCSession }) => {
    const internals = session as unknown as Internals;
    const receive = internals.receiveRequest;
    let pending: Request[] = [];
    internals.receiveRequest = (request) => {
      pending = pending.filter(isPending);
      receive.call(session, request);
      if (isPending(request)) pending.push(request);
    };
    const answerAll = () => {
      for (const request of pending.splice(0)) if (isPending(request)) request.reply(487);
    };
    session.on('ended', answerAll);
    session.on('failed', answerAll);
  });
}

function isPending({ server_transaction: transaction }: Request): boolean {
  if (!transaction) return false;
  const { STATUS_TRYING, STATUS_PROCEEDING } = transaction.C;
  return transaction.state === STATUS_TRYING || transaction.state === STATUS_PROCEEDING;
}
