// Headers that are right, or nearly, and that JsSIP would stumble over: rewritten so that it does not. Pure. Called by
// message-guard.ts for messages that have no fault.
import type { Header, MessageHead } from './message-head.ts';

/** JsSIP arms timers with seconds from the wire; past 2^31 ms a timer fires at once. */
const maxSeconds = 86_400;

/** The headers as lines. */
export function mendedLines(head: MessageHead): string[] {
  return head.headers.flatMap(mend);
}

function mend({ name, value }: Header): string[] {
  const line = (changed: string) => [`${name}: ${changed}`];
  switch (name) {
    case '':
      return [];
    case 'expires':
    case 'min-expires':
      return /^\d+$/.test(value) ? line(clamped(value)) : [];
    case 'session-expires':
    case 'min-se':
    case 'retry-after':
      return /^\d+/.test(value) ? line(value.replace(/^\d+/, clamped)) : [];
    case 'contact':
      return line(
        value.replace(/;\s*expires\s*=\s*("[^"]*"|[^\s;,>]*)/gi, (_, text: string) => lifetime(text)),
      );
    case 'from':
    case 'to':
      return line(telAsSip(value));
    default:
      return line(value);
  }
}

/** RFC 3261 20.10: one that is no number counts as if it were not there. JsSIP would register again and again. */
function lifetime(text: string): string {
  const seconds = text.replaceAll('"', '');
  return /^\d+$/.test(seconds) ? `;expires=${clamped(seconds)}` : '';
}

function clamped(seconds: string): string {
  return String(Math.min(Number(seconds), maxSeconds));
}

/** RFC 3261 19.1.6. JsSIP drops a tel: URI in From, which gateways to the telephone network send. */
function telAsSip(value: string): string {
  return value.replace(
    /^([^<]*<)?tel:([^;>\s]+)((?:;[^>]*?)?)(>.*|;.*|)$/is,
    (_, open: string | undefined, number: string, parameters: string, rest: string) =>
      open === undefined
        ? `<sip:${number}@tel.invalid;user=phone>${parameters}${rest}`
        : `${open}sip:${number}@tel.invalid;user=phone${rest}`,
  );
}
