// Tokens that stand for a session or a remembered device: 256 random bits, kept at rest as their SHA-256 only. A slow hash
// would add nothing to that many bits.
import { createHash, randomBytes } from 'node:crypto';

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
