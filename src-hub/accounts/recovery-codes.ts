// Recovery codes: what lets a person in who has lost their authenticator. Made ten at a time, shown once, kept as hashes.
// Each has about 79 random bits, so that a fast hash at rest is enough. Pure.
import { createHash, randomInt } from 'node:crypto';

export const recoveryCodeCount = 10;
/** Without 0, O, 1, I and L, which look alike on paper. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const length = 16;

/** @returns ten codes such as 7GQK-M2XA-9RTB-CW4D. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () =>
    Array.from({ length }, () => alphabet[randomInt(alphabet.length)])
      .join('')
      .replace(/(.{4})(?!$)/g, '$1-'),
  );
}

/** @param typed in any case, with or without hyphens and spaces. */
export function hashOfRecoveryCode(typed: string): string {
  const plain = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return createHash('sha256').update(plain).digest('hex');
}
