// Reads the Opus packets out of an Ogg Opus file (RFC 7845): prompts, and the speech that a trainer hands in.
// Takes packets of any length and files that were cut off. One stream, mono or stereo; decodes nothing.

import { concatenate } from './ogg-opus-writer.ts';
import { readOggPages } from './ogg-page.ts';
import { opusPacketSamples } from './opus-packet.ts';

export interface OpusPacket {
  readonly bytes: Uint8Array;
  /** Length in samples of 48 kHz. */
  readonly samples: number;
}

export interface OpusAudio {
  readonly channels: number;
  /** To be dropped from the start when decoded. */
  readonly preSkipSamples: number;
  readonly packets: readonly OpusPacket[];
  readonly durationMs: number;
}

/** The bytes are no Ogg Opus that can be sent into a call. The message says which part is not. */
export class NotOggOpus extends Error {
  override readonly name = 'NotOggOpus';
}

/** Gives the audio packets of the file's first Opus stream. Throws NotOggOpus. */
export function readOggOpus(file: Uint8Array): OpusAudio {
  const [head, tags, ...packets] = streamPackets(file);
  if (!head || !startsWith(head, 'OpusHead') || head.length < 19) {
    throw new NotOggOpus('the file does not begin with an Opus identification header');
  }
  if (((head[8] as number) & 0xf0) !== 0) throw new NotOggOpus('the Opus version of the file is not known');
  if (head[18] !== 0) throw new NotOggOpus('the file has more channels than a call can carry');
  if (!tags || !startsWith(tags, 'OpusTags')) throw new NotOggOpus('the comment header is missing');
  const audio = packets
    .map((bytes) => ({ bytes, samples: opusPacketSamples(bytes) }))
    .filter((packet) => packet.samples > 0);
  if (audio.length === 0) throw new NotOggOpus('the file holds no sound');
  const samples = audio.reduce((sum, packet) => sum + packet.samples, 0);
  return {
    channels: head[9] as number,
    preSkipSamples: (head[10] as number) | ((head[11] as number) << 8),
    packets: audio,
    durationMs: samples / 48,
  };
}

/** RFC 3533 section 5: a packet ends with a segment below 255 bytes, perhaps pages later. */
function* streamPackets(file: Uint8Array): Generator<Uint8Array> {
  let serial: number | null = null;
  let sequence = -1;
  let begun: Uint8Array[] | null = null;
  for (const page of readOggPages(file)) {
    if (serial === null && page.begins) serial = page.serial;
    if (page.serial !== serial) continue;
    // A page between was lost: neither can the packet begun before it be finished, nor this one's second half used.
    if (!page.continued) begun = [];
    else if (page.sequence !== sequence + 1) begun = null;
    sequence = page.sequence;
    let at = 0;
    for (const length of page.lacing) {
      begun?.push(page.body.subarray(at, at + length));
      at += length;
      if (length === 255) continue;
      if (begun) yield concatenate(begun);
      begun = [];
    }
  }
}

function startsWith(bytes: Uint8Array, magic: string): boolean {
  return bytes.length >= magic.length && [...magic].every((letter, at) => bytes[at] === letter.charCodeAt(0));
}
