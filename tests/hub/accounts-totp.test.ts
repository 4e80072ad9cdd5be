// One-time codes against the vectors of RFC 4226 (appendix D) and RFC 6238 (appendix B).
import { describe, expect, it } from 'vitest';
import { hotp, newTotpSecret, readTotp, totp, totpAddress } from '../../src-hub/accounts/totp.ts';

const key = Buffer.from('12345678901234567890');
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('a one-time code', () => {
  it('by count is RFC 4226’s', () => {
    const codes = Array.from({ length: 10 }, (_, counter) => hotp(key, counter));
    expect(codes).toEqual([
      ...['755224', '287082', '359152', '969429', '338314'],
      ...['254676', '287922', '162583', '399871', '520489'],
    ]);
  });

  it.each([
    [59, '94287082', '46119246', '90693936'],
    [1_111_111_109, '07081804', '68084774', '25091201'],
    [1_111_111_111, '14050471', '67062674', '99943326'],
    [1_234_567_890, '89005924', '91819424', '93441116'],
    [2_000_000_000, '69279037', '90698825', '38618901'],
    [20_000_000_000, '65353130', '77737706', '47863826'],
  ])('at %i s is RFC 6238’s, with each of its hashes', (seconds, sha1, sha256, sha512) => {
    const step = Math.floor(seconds / 30);
    const seed = (bytes: number) => Buffer.from('1234567890'.repeat(7).slice(0, bytes));
    expect(hotp(seed(20), step, 8, 'sha1')).toBe(sha1);
    expect(hotp(seed(32), step, 8, 'sha256')).toBe(sha256);
    expect(hotp(seed(64), step, 8, 'sha512')).toBe(sha512);
    expect(totp(secret, seconds * 1000)).toBe(sha1.slice(2));
  });

  it('is read with the space that authenticators show, one step each way, and known as late or early to two minutes', () => {
    const nowMs = 2_000_000_000_000;
    const read = (offSeconds: number) => readTotp(secret, totp(secret, nowMs + offSeconds * 1000), nowMs);
    expect(readTotp(secret, '279 037', nowMs)).toEqual({ kind: 'inTime', step: 66_666_666 });
    expect([-30, 0, 30].map((off) => read(off).kind)).toEqual(['inTime', 'inTime', 'inTime']);
    expect(read(90)).toEqual({ kind: 'clockOff', byMs: 90_000 });
    expect(read(-90)).toEqual({ kind: 'clockOff', byMs: -90_000 });
    expect([read(-150), read(150)].map(({ kind }) => kind)).toEqual(['wrong', 'wrong']);
    for (const typed of ['', '27903', '2790370', '０１２３４５', 'abcdef']) {
      expect(readTotp(secret, typed, nowMs)).toEqual({ kind: 'wrong' });
    }
  });

  it('has a secret of 160 bits, told to the authenticator in an address', () => {
    expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(newTotpSecret());
    expect(totpAddress(secret, 'kim@example.org')).toBe(
      `otpauth://totp/Offhook:kim%40example.org?secret=${secret}&issuer=Offhook&algorithm=SHA1&digits=6&period=30`,
    );
  });
});
