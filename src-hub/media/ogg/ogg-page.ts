// One Ogg page (RFC 3533 section 6): building it, and finding pages in bytes that may be damaged or cut off.
// Used by ogg-opus-reader.ts and ogg-opus-writer.ts; knows nothing about Opus.

export interface OggPage {
  /** The first segment goes on with the packet that the page before began. */
  readonly continued: boolean;
  readonly begins: boolean;
  readonly ends: boolean;
  /** -1n where no packet ends on this page. */
  readonly granule: bigint;
  readonly serial: number;
  readonly sequence: number;
  /** Segment lengths; a packet ends with the first one below 255. */
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

const headerBytes = 27;
export const maxSegments = 255;
const capture = [0x4f, 0x67, 0x67, 0x53];

/** RFC 3533: CRC-32 with polynomial 0x04c11db7, start 0, not reflected, no final XOR. */
const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let remainder = index << 24;
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = remainder & 0x8000_0000 ? (remainder << 1) ^ 0x04c1_1db7 : remainder << 1;
  }
  return remainder >>> 0;
});

function pageChecksum(bytes: Uint8Array): number {
  let crc = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    // The checksum is computed with its own field (22 to 25) read as zero.
    const byte = at >= 22 && at < 26 ? 0 : (bytes[at] as number);
    crc = ((crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 0xff] as number)) >>> 0;
  }
  return crc;
}

/** Lacing values of one packet: as many 255 as fit, then the rest, which is 0 for an exact multiple of 255. */
export function lacingOf(packetBytes: number): number[] {
  return [...new Array<number>(Math.floor(packetBytes / 255)).fill(255), packetBytes % 255];
}

export function encodeOggPage(page: OggPage): Uint8Array {
  const bytes = new Uint8Array(headerBytes + page.lacing.length + page.body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(capture, 0);
  bytes[5] = (page.continued ? 1 : 0) | (page.begins ? 2 : 0) | (page.ends ? 4 : 0);
  view.setBigInt64(6, page.granule, true);
  view.setUint32(14, page.serial, true);
  view.setUint32(18, page.sequence, true);
  bytes[26] = page.lacing.length;
  bytes.set(page.lacing, headerBytes);
  bytes.set(page.body, headerBytes + page.lacing.length);
  view.setUint32(22, pageChecksum(bytes), true);
  return bytes;
}

/** Every whole page with a right checksum, in order. Damaged stretches and a last page that was cut off are skipped. */
export function* readOggPages(bytes: Uint8Array): Generator<OggPage> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + headerBytes <= bytes.length) {
    const page = readPageAt(bytes, view, at);
    if (!page) {
      at += 1;
      continue;
    }
    yield page;
    at += headerBytes + page.lacing.length + page.body.length;
  }
}

function readPageAt(bytes: Uint8Array, view: DataView, at: number): OggPage | null {
  if (!capture.every((byte, index) => bytes[at + index] === byte) || bytes[at + 4] !== 0) return null;
  const segments = bytes[at + 26] as number;
  const bodyAt = at + headerBytes + segments;
  if (bodyAt > bytes.length) return null;
  const lacing = bytes.subarray(at + headerBytes, bodyAt);
  const bodyEnd = bodyAt + lacing.reduce((sum, length) => sum + length, 0);
  if (bodyEnd > bytes.length) return null;
  if (pageChecksum(bytes.subarray(at, bodyEnd)) !== view.getUint32(at + 22, true)) return null;
  const flags = bytes[at + 5] as number;
  return {
    continued: (flags & 1) !== 0,
    begins: (flags & 2) !== 0,
    ends: (flags & 4) !== 0,
    granule: view.getBigInt64(at + 6, true),
    serial: view.getUint32(at + 14, true),
    sequence: view.getUint32(at + 18, true),
    lacing,
    body: bytes.subarray(bodyAt, bodyEnd),
  };
}
