// The private part of JsSIP's Parser (3.13.8, pinned exactly), by which a message that cannot be read is told apart from
// a handler that fails: JsSIP throws in both cases, or drops the message without a word. And requests of the time before
// RFC 3261, whose Via has no branch that could be relied on, are told apart as that RFC says. Used by sip-socket.ts.
import Parser from 'jssip/lib/Parser.js';

export interface ParseFault {
  /** What the parser threw; null where it only gave up. */
  readonly error: unknown;
}

/** JsSIP's IncomingRequest and IncomingResponse as they are at run time. */
interface ParsedMessage {
  /** Requests only. */
  readonly ruri?: object | null;
  readonly call_id?: string;
  readonly cseq?: number;
  readonly from_tag?: string;
  /** What JsSIP keeps transactions under. */
  via_branch?: string;
  getHeader(name: string): string | undefined;
}

let last: ParseFault | null = null;
let installed = false;

/** Once per process; later calls change nothing. */
export function watchParser(): void {
  if (installed) return;
  installed = true;
  const parse = Parser.parseMessage;
  Parser.parseMessage = (message, agent) => {
    last = null;
    try {
      const parsed = parse(message, agent) as ParsedMessage | undefined;
      if (parsed !== undefined && hasTarget(parsed)) return withBranch(parsed);
      last = { error: null };
      return undefined;
    } catch (error) {
      last = { error };
      return undefined;
    }
  };
}

/** JsSIP takes a Request-URI that it cannot read, such as an IPv6 address without brackets, for one that is not there. */
function hasTarget(message: ParsedMessage): boolean {
  return !('ruri' in message) || Boolean(message.ruri);
}

/** RFC 3261 17.2.3, last paragraph but one. The header itself stays as it came, for the answers. */
function withBranch(message: ParsedMessage): ParsedMessage {
  const { ruri, call_id: callId, cseq, from_tag: fromTag, via_branch: branch } = message;
  if (ruri && !/^z9hG4bK./i.test(branch ?? ''))
    message.via_branch = `before RFC 3261: ${[ruri, callId, cseq, fromTag, message.getHeader('via')].join(' ')}`;
  return message;
}

/** What was wrong with the message that was handed to JsSIP last; null where it could be read. */
export function takeParseFault(): ParseFault | null {
  const fault = last;
  last = null;
  return fault;
}
