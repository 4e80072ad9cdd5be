// Writes Opus packets as received into an Ogg Opus file (RFC 7845), about a second to a page, so that a file cut off
// at any byte still plays up to there. Called with a recording's packets; never decodes or re-encodes.
import { encodeOggPage, lacingOf, maxSegments } from './ogg-page.ts';
import { opusPacketSamples, samplesPerSecond } from './opus-packet.ts';

/** libopus's look-ahead at 48 kHz. The true one of a remote encoder is not told; players skip this much. */
export const preSkipSamples = 312;
const text = new TextEncoder();

/** RFC 7845 section 5.1; mono, because calls are. A decoder mixes stereo packets down. */
function identificationHeader(): Uint8Array {
  const header = new Uint8Array(19);
  const view = new DataView(header.buffer);
  header.set(text.encode('OpusHead'), 0);
  header[8] = 1;
  header[9] = 1;
  view.setUint16(10, preSkipSamples, true);
  view.setUint32(12, samplesPerSecond, true);
  return header;
}

/** RFC 7845 section 5.2, without comments. */
function commentHeader(): Uint8Array {
  const vendor = text.encode('Offhook');
  const header = new Uint8Array(8 + 4 + vendor.length + 4);
  header.set(text.encode('OpusTags'), 0);
  new DataView(header.buffer).setUint32(8, vendor.length, true);
  header.set(vendor, 12);
  return header;
}

/** Collects packets and hands out whole pages. */
export class OggOpusWriter {
  readonly #serial: number;
  readonly #pages: Uint8Array[] = [];
  #pagesTaken = 0;
  #waiting: Uint8Array[] = [];
  #waitingLacing: number[] = [];
  #waitingSamples = 0;
  /** Counts everything that was fed to the decoder, pre-skip included (RFC 7845 section 4). */
  #granule = 0;

  /** @param serial the Ogg stream's number, any 32 bits; given so that files can be made the same again. */
  constructor(serial: number) {
    this.#serial = serial >>> 0;
    this.#page([identificationHeader()], lacingOf(19), 0n, { begins: true, ends: false });
    const comments = commentHeader();
    this.#page([comments], lacingOf(comments.length), 0n, { begins: false, ends: false });
  }

  /** Takes one Opus packet. Throws RangeError for an empty or malformed one: it would make every later time wrong. */
  add(packet: Uint8Array): void {
    const samples = opusPacketSamples(packet);
    if (samples === 0) throw new RangeError('not an Opus packet');
    const lacing = lacingOf(packet.length);
    if (
      this.#waitingLacing.length + lacing.length > maxSegments ||
      this.#waitingSamples >= samplesPerSecond
    ) {
      this.#flush(false);
    }
    this.#waiting.push(packet);
    this.#waitingLacing.push(...lacing);
    this.#waitingSamples += samples;
    this.#granule += samples;
  }

  /** The pages that are complete and were not taken before; empty where there is none. To write a file as it grows. */
  takePages(): Uint8Array {
    const fresh = this.#pages.slice(this.#pagesTaken);
    this.#pagesTaken = this.#pages.length;
    return concatenate(fresh);
  }

  /** Ends the stream and gives the whole file. */
  finish(): Uint8Array {
    this.#flush(true);
    return concatenate(this.#pages);
  }

  #flush(ends: boolean): void {
    this.#page(this.#waiting, this.#waitingLacing, BigInt(this.#granule), { begins: false, ends });
    this.#waiting = [];
    this.#waitingLacing = [];
    this.#waitingSamples = 0;
  }

  #page(
    packets: readonly Uint8Array[],
    lacing: readonly number[],
    granule: bigint,
    flags: { begins: boolean; ends: boolean },
  ): void {
    this.#pages.push(
      encodeOggPage({
        ...flags,
        continued: false,
        granule,
        serial: this.#serial,
        sequence: this.#pages.length,
        lacing: Uint8Array.from(lacing),
        body: concatenate(packets),
      }),
    );
  }
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
