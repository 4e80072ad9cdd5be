// Keypad digits out of RFC 4733 packets. One per call, fed by media-connection.ts's telephoneEvent.
// Leaves out durations: a digit counts once, when it is first seen.
import type { ReceivedTelephoneEvent } from './media-connection.ts';

/** RFC 4733 table 3, events 0 to 15. */
const digits = '0123456789*#ABCD';
/** A sender repeats each event's packets, the last one three times; late ones may follow the next digit. */
const rememberedEvents = 8;

export class TelephoneEvents {
  readonly #seen: number[] = [];
  readonly #onDigit: (digit: string) => void;

  constructor(onDigit: (digit: string) => void) {
    this.#onDigit = onDigit;
  }

  /** All packets of one event carry the timestamp of its beginning (RFC 4733 section 2.2.2). */
  receive({ payload, timestamp }: ReceivedTelephoneEvent): void {
    if (payload.length < 4 || this.#seen.includes(timestamp)) return;
    this.#seen.push(timestamp);
    if (this.#seen.length > rememberedEvents) this.#seen.shift();
    const digit = digits[payload[0] as number];
    if (digit) this.#onDigit(digit);
  }
}
