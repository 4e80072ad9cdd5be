// What one Opus packet tells without decoding it (RFC 6716 section 3): how long it lasts, and stand-ins for packets
// that never came. Used by the Ogg reader and writer, the player and the recorder. Decodes nothing.

/** Opus counts in samples of 48 kHz, whatever was encoded (RFC 7587 section 4.1). */
export const samplesPerSecond = 48_000;
export const samplesPerFrame = 960;

/** A 20 ms CELT frame of digital silence (mono, fullband), as encoders send it. */
export const silencePacket: Uint8Array = Uint8Array.of(0xf8, 0xff, 0xfe);

/** RFC 6716 table 2: frame length by configuration number, in samples of 48 kHz. */
function frameSamples(configuration: number): number {
  if (configuration < 12) return [480, 960, 1920, 2880][configuration & 3] ?? samplesPerFrame;
  if (configuration < 16) return (configuration & 1) === 0 ? 480 : 960;
  return 120 << (configuration & 3);
}

/**
 * Length of a packet in samples of 48 kHz (RFC 6716 section 3.1 and 3.2).
 * Zero for an empty or malformed packet: more than 120 ms, or a frame count that is missing.
 */
export function opusPacketSamples(packet: Uint8Array): number {
  const toc = packet[0];
  if (toc === undefined) return 0;
  const perFrame = frameSamples(toc >> 3);
  const code = toc & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 0x3f;
  const samples = perFrame * frames;
  return samples <= 5760 ? samples : 0;
}

/**
 * A packet that makes the decoder conceal one frame: the TOC of the packet before the gap, one frame, no data
 * (RFC 6716 section 3.2.1 allows frames of length 0, which a decoder treats as lost or discontinuous).
 */
export function concealmentPacket(lastToc: number): Uint8Array {
  return Uint8Array.of(lastToc & 0xfc);
}

/** True for silence frames and the one- or two-byte packets of discontinuous transmission. */
export function isSilentPacket(packet: Uint8Array): boolean {
  if (packet.length <= 2) return true;
  return packet.length === silencePacket.length && silencePacket.every((byte, at) => packet[at] === byte);
}
