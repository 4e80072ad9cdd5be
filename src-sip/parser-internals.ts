// The private part of JsSIP's Parser (3.13.8, pinned exactly), by which a message that cannot be read is told apart from
// a handler that fails: JsSIP throws in both cases, or drops the message without a word. Used by sip-socket.ts.
import Parser from 'jssip/lib/Parser.js';

export interface ParseFault {
  /** What the parser threw; null where it only gave up. */
  readonly error: unknown;
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
      const parsed = parse(message, agent);
      if (parsed !== undefined && hasTarget(parsed)) return parsed;
      last = { error: null };
      return undefined;
    } catch (error) {
      last = { error };
      return undefined;
    }
  };
}

/** JsSIP takes a Request-URI that it cannot read, such as an IPv6 address without brackets, for one that is not there. */
function hasTarget(message: object): boolean {
  return !('ruri' in message) || Boolean(message.ruri);
}

/** What was wrong with the message that was handed to JsSIP last; null where it could be read. */
export function takeParseFault(): ParseFault | null {
  const fault = last;
  last = null;
  return fault;
}
