// Speaks into one call: prompts one after another, frames of silence between, so that the stream never stops.
// Ticks on the shared clock; while the other side holds the call, what is being said waits. Built by media-call.ts.
import type { MediaClock } from './media-clock.ts';
import type { OpusPacket } from './ogg/ogg-opus-reader.ts';
import { isSilentPacket, samplesPerFrame, silencePacket } from './ogg/opus-packet.ts';
import { promptDbov, silenceDbov } from './rtp/audio-level.ts';

export interface AudioOutput {
  readonly maySend: boolean;
  sendAudio(payload: Uint8Array, timestamp: number, marker: boolean, levelDbov: number): void;
}

/** A packet just heard, to be sent on. */
export interface LivePacket extends OpusPacket {
  readonly levelDbov: number;
}

/** Live packets are begun with when so many wait: they arrive unevenly, and leave evenly. */
const liveFromPackets = 3;
/** More waiting than this is delay that nobody wants; the oldest are dropped. */
const mostLivePackets = 10;

interface Saying {
  readonly packets: readonly OpusPacket[];
  readonly done: (finished: boolean) => void;
  next: number;
}

export class Player {
  readonly #output: AudioOutput;
  readonly #stopTicking: () => void;
  readonly #queue: Saying[] = [];
  readonly #live: LivePacket[] = [];
  #liveRuns = false;
  /** RTP time of this tick; random at first (RFC 3550 section 5.1), and running on while nothing may be sent. */
  #timestamp = Math.floor(Math.random() * 0x1_0000_0000);
  /** Samples of the packet last sent that lie beyond this tick: packets may be longer than 20 ms. */
  #ahead = 0;
  #pausedBefore = true;
  #closed = false;

  constructor(output: AudioOutput, clock: MediaClock) {
    this.#output = output;
    this.#stopTicking = clock.onTick(() => this.#tick());
  }

  /** Resolves with true when all of it was said, with false when it was cut short by `hush` or `close`. */
  say(packets: readonly OpusPacket[]): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false);
    return new Promise((resolve) => this.#queue.push({ packets, done: resolve, next: 0 }));
  }

  /** Drops what is being said and what waits to be. */
  hush(): void {
    for (const saying of this.#queue.splice(0)) saying.done(false);
  }

  /** Sends on what came in, 60 ms later, wherever nothing is being said. */
  passOn(packet: LivePacket): void {
    this.#live.push(packet);
    if (this.#live.length > mostLivePackets) this.#live.shift();
    if (this.#live.length >= liveFromPackets) this.#liveRuns = true;
  }

  close(): void {
    this.#closed = true;
    this.#stopTicking();
    this.hush();
  }

  #tick(): void {
    const at = this.#timestamp;
    this.#timestamp = (this.#timestamp + samplesPerFrame) >>> 0;
    if (!this.#output.maySend) {
      this.#pausedBefore = true;
      this.#ahead = 0;
      return;
    }
    let filled = this.#ahead;
    while (filled < samplesPerFrame) {
      const packet = this.#nextPacket();
      this.#output.sendAudio(
        packet?.bytes ?? silencePacket,
        (at + filled) >>> 0,
        this.#pausedBefore,
        packet?.levelDbov ?? silenceDbov,
      );
      this.#pausedBefore = false;
      filled += packet?.samples ?? samplesPerFrame;
    }
    this.#ahead = filled - samplesPerFrame;
  }

  #nextPacket(): LivePacket | null {
    for (let saying = this.#queue[0]; saying; saying = this.#queue[0]) {
      const packet = saying.packets[saying.next];
      if (packet) {
        saying.next += 1;
        return { ...packet, levelDbov: isSilentPacket(packet.bytes) ? silenceDbov : promptDbov };
      }
      this.#queue.shift();
      saying.done(true);
    }
    const live = this.#liveRuns ? this.#live.shift() : undefined;
    if (!live) this.#liveRuns = false;
    return live ?? null;
  }
}
