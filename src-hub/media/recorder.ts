// Turns the packets of one call into an Ogg Opus recording: puts them in order, fills the gaps, notes who was silent
// since when. Fed by media-call.ts; used by voicemail and by the scripted callers. Decodes nothing.
import { OggOpusWriter } from './ogg/ogg-opus-writer.ts';
import {
  concealmentPacket,
  opusPacketSamples,
  samplesPerFrame,
  samplesPerSecond,
  silencePacket,
} from './ogg/opus-packet.ts';
import { isSound } from './rtp/audio-level.ts';
import type { ReceivedAudio } from './rtp/media-connection.ts';
import { SequenceOrder } from './rtp/sequence-order.ts';

/** Up to this long a decoder conceals well; a longer gap is silence (a held call, discontinuous transmission). */
const longestConcealedSamples = samplesPerSecond / 10;
/** RTP time and the clock on the wall may differ by this much before the sender is taken to have started anew. */
const clocksApartSamples = 2 * samplesPerSecond;

export interface Recording {
  readonly oggOpus: Uint8Array;
  readonly durationMs: number;
  /** How much of it was somebody speaking. */
  readonly soundMs: number;
}

export class Recorder {
  readonly #nowMs: () => number;
  readonly #longestSamples: number;
  readonly #order = new SequenceOrder<ReceivedAudio>((audio) => this.#place(audio));
  readonly #packets: Uint8Array[] = [];
  /** Recorded so far, in samples of 48 kHz. */
  #samples = 0;
  #soundSamples = 0;
  #soundEndsAtSamples = 0;
  #last: { readonly timestamp: number; readonly atSamples: number; readonly atMs: number } | null = null;
  #ssrc: number | null = null;
  /** RTP time of a new stream says nothing about the one before (RFC 3550 section 5.1). */
  #streamIsNew = false;
  #lastToc: number = silencePacket[0] as number;
  #lastSoundAtMs: number | null = null;
  readonly #onPages: ((oggPages: Uint8Array) => void) | null;
  readonly #growing = new OggOpusWriter(newSerial());
  /** Packets that the growing file has. */
  #grown = 0;

  /**
   * @param parts.longestMs later packets are dropped.
   * @param parts.onPages told of an Ogg Opus file as it grows, about every second of speech, silence only once somebody
   * spoke after it: what there is of the recording when it never comes to `finish`.
   */
  constructor(parts: {
    readonly nowMs: () => number;
    readonly longestMs: number;
    readonly onPages?: (oggPages: Uint8Array) => void;
  }) {
    this.#nowMs = parts.nowMs;
    this.#longestSamples = parts.longestMs * 48;
    this.#onPages = parts.onPages ?? null;
  }

  receive(audio: ReceivedAudio): void {
    if (isSound(audio)) this.#lastSoundAtMs = this.#nowMs();
    if (this.#ssrc !== audio.ssrc) {
      this.#order.restart();
      this.#streamIsNew = true;
      this.#ssrc = audio.ssrc;
    }
    this.#order.receive(audio);
  }

  /** When somebody was last heard speaking; null where nobody was. */
  get lastSoundAtMs(): number | null {
    return this.#lastSoundAtMs;
  }

  get recordedMs(): number {
    return this.#samples / 48;
  }

  /** @param tailMs how much of a silent end is kept; Infinity keeps all. */
  finish({ tailMs }: { readonly tailMs: number }): Recording {
    this.#order.flush();
    const keptSamples = Math.min(this.#samples, this.#soundEndsAtSamples + tailMs * 48);
    const writer = new OggOpusWriter(newSerial());
    let written = 0;
    for (const packet of this.#packets) {
      if (written >= keptSamples) break;
      writer.add(packet);
      written += opusPacketSamples(packet);
    }
    return {
      oggOpus: written === 0 ? new Uint8Array() : writer.finish(),
      durationMs: Math.round(written / 48),
      soundMs: Math.round(this.#soundSamples / 48),
    };
  }

  #place(audio: ReceivedAudio): void {
    const samples = opusPacketSamples(audio.payload);
    if (samples === 0) return;
    const at = this.#positionOf(audio.timestamp);
    // Older than what is recorded already: a repeat, or later than the order was held for.
    if (at + samples / 2 < this.#samples) return;
    this.#fillTo(at);
    this.#last = { timestamp: audio.timestamp, atSamples: at, atMs: this.#nowMs() };
    // Received buffers may be views of a larger one that is used again.
    this.#append(Uint8Array.from(audio.payload), samples);
    this.#lastToc = audio.payload[0] as number;
    if (!isSound(audio)) return;
    this.#soundSamples += samples;
    this.#soundEndsAtSamples = this.#samples;
    if (this.#onPages) this.#grow(this.#onPages);
  }

  #grow(told: (oggPages: Uint8Array) => void): void {
    for (; this.#grown < this.#packets.length; this.#grown += 1)
      this.#growing.add(this.#packets[this.#grown] as Uint8Array);
    const pages = this.#growing.takePages();
    if (pages.length > 0) told(pages);
  }

  /** Where a packet belongs, in samples from the recording's beginning: by RTP time, unless that has jumped. */
  #positionOf(timestamp: number): number {
    const last = this.#last;
    if (!last) return this.#samples;
    // Signed 32-bit difference: RTP time wraps (RFC 3550 section 5.1).
    const byRtp = (timestamp - last.timestamp) | 0;
    const byClock = (this.#nowMs() - last.atMs) * 48;
    const elapsed = this.#streamIsNew || Math.abs(byRtp - byClock) > clocksApartSamples ? byClock : byRtp;
    this.#streamIsNew = false;
    return last.atSamples + elapsed;
  }

  #fillTo(at: number): void {
    const gap = Math.min(at, this.#longestSamples) - this.#samples;
    if (gap <= longestConcealedSamples) {
      const concealed = concealmentPacket(this.#lastToc);
      const each = opusPacketSamples(concealed);
      for (let left = gap; left >= each / 2 && left > 0; left -= each) this.#append(concealed, each);
      return;
    }
    for (let left = gap; left >= samplesPerFrame / 2; left -= samplesPerFrame) {
      this.#append(silencePacket, samplesPerFrame);
    }
  }

  #append(packet: Uint8Array, samples: number): void {
    if (this.#samples + samples > this.#longestSamples) return;
    this.#packets.push(packet);
    this.#samples += samples;
  }
}

function newSerial(): number {
  return Math.floor(Math.random() * 0x1_0000_0000);
}
