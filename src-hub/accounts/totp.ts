// One-time codes by time (RFC 6238 over RFC 4226), their secrets in base32 (RFC 4648 6) and the address that authenticators
// read from a QR code. Pure; which code was used already is second-factor-store.ts's.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const stepMs = 30_000;
const usualDigits = 6;
/** RFC 4226 4 R6: as long as the hash, 160 bits. */
const secretBytes = 20;
/** RFC 6238 5.2: one step each way, for slow fingers and clocks. */
const stepsAccepted = 1;
/** So far off a code is not accepted, but is recognised as that of a clock that is wrong: two minutes. */
const stepsRecognised = 4;

const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export type CodeReading =
  /** @property step counts 30 s from the epoch. */
  | { readonly kind: 'inTime'; readonly step: number }
  /** @property byMs how far the authenticator's clock is ahead; negative where it is behind. */
  | { readonly kind: 'clockOff'; readonly byMs: number }
  | { readonly kind: 'wrong' };

/** @returns 160 random bits in base32. */
export function newTotpSecret(): string {
  return toBase32(randomBytes(secretBytes));
}

/** RFC 4226 5.3. @param counter whole number below 2^53. */
export function hotp(
  key: Buffer,
  counter: number,
  digits = usualDigits,
  algorithm: 'sha1' | 'sha256' | 'sha512' = 'sha1',
): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(algorithm, key).update(message).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const truncated = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}

/** The code of a moment. @param secret base32 */
export function totp(secret: string, nowMs: number): string {
  return hotp(fromBase32(secret), Math.floor(nowMs / stepMs));
}

/** Six digits, possibly with the space that authenticators show in the middle. */
export function looksLikeTotp(typed: string): boolean {
  return /^\d{6}$/.test(typed.replace(/\s/g, ''));
}

/** @param typed as a person typed it. @param secret base32 */
export function readTotp(secret: string, typed: string, nowMs: number): CodeReading {
  const code = Buffer.from(typed.replace(/\s/g, ''));
  const key = fromBase32(secret);
  const now = Math.floor(nowMs / stepMs);
  let found: number | null = null;
  // Always all of them: how long it takes tells nothing.
  for (let away = -stepsRecognised; away <= stepsRecognised; away += 1) {
    const expected = Buffer.from(hotp(key, now + away));
    const same = expected.length === code.length && timingSafeEqual(expected, code);
    if (same && (found === null || Math.abs(away) < Math.abs(found))) found = away;
  }
  if (found === null) return { kind: 'wrong' };
  return Math.abs(found) <= stepsAccepted
    ? { kind: 'inTime', step: now + found }
    : { kind: 'clockOff', byMs: found * stepMs };
}

/** As authenticators read it (Google's Key Uri Format; SHA-1, six digits and 30 s are what all of them know). */
export function totpAddress(secret: string, username: string): string {
  const label = `Offhook:${encodeURIComponent(username)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=Offhook&algorithm=SHA1&digits=${usualDigits}&period=${stepMs / 1000}`;
}

function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((group) => base32Letters[Number.parseInt(group.padEnd(5, '0'), 2)])
    .join('');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => base32Letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
