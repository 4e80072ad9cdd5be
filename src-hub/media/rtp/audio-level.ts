// How loud a packet is, told by its sender in a header extension (RFC 6464): silence is found without decoding.
// Used by media-connection.ts for what is heard and by the recorder and the players for what counts as sound.
import { RTP_EXTENSION_URI } from 'werift';
import { isSilentPacket } from '../ogg/opus-packet.ts';

/** RFC 6464: -127 dBov is digital silence. */
export const silenceDbov = -127;
/** Told for the packets of a prompt: they are not decoded, so this is their usual loudness, not a measurement. */
export const promptDbov = -20;
/** Louder than this counts as somebody speaking; a quiet room with noise suppression lies below. */
const soundAboveDbov = -50;

/** The level byte's lower seven bits, as a negative number. The V flag in front is not to be relied on. */
export function levelOfExtension(
  extensions: readonly { readonly id: number; readonly payload: Uint8Array }[],
  negotiated: readonly { readonly id: number; readonly uri: string }[],
): number | null {
  const level = negotiated.find(({ uri }) => uri === RTP_EXTENSION_URI.audioLevelIndication);
  const byte = level && extensions.find(({ id }) => id === level.id)?.payload[0];
  return byte === undefined ? null : -(byte & 0x7f);
}

/** Where the sender tells no level, only frames of silence and discontinuous transmission count as silent. */
export function isSound(audio: { readonly payload: Uint8Array; readonly levelDbov: number | null }): boolean {
  return audio.levelDbov === null ? !isSilentPacket(audio.payload) : audio.levelDbov > soundAboveDbov;
}
