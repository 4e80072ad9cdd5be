// Where webhooks may go, address by address, and what a super admin may allow besides.
import { describe, expect, it } from 'vitest';
import {
  AllowedTargets,
  isPublicAddress,
  isTargetEntry,
  mayBeAllowed,
  resolvedOnce,
} from '../../../src-hub/automations/webhook-address.ts';

describe('an address that a webhook may go to', () => {
  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:2800:220:1:248:1893:25c8:1946'])(
    '%s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('an address that it may not go to', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback elsewhere', '127.9.9.9'],
    ['unspecified', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '192.168.1.1'],
    ['link-local, the metadata of clouds', '169.254.169.254'],
    ['the metadata of another cloud', '100.100.100.200'],
    ['Azure’s own', '168.63.129.16'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['multicast', '224.0.0.251'],
    ['broadcast', '255.255.255.255'],
    ['documentation', '203.0.113.5'],
    ['loopback', '::1'],
    ['unspecified', '::'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped private, in hexadecimal', '::ffff:a01:203'],
    ['compatible', '::127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64 of one’s own', '64:ff9b:1::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:4136:e378::'],
    ['unique local', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['multicast', 'ff02::1'],
    ['documentation', '2001:db8::1'],
  ])('%s: %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a target', () => {
  const none = new AllowedTargets([]);
  const some = new AllowedTargets(['intranet:8080', '10.1.0.0/16', '[fd00::5]:443']);

  it.each([
    ['http://127.1/', none, false],
    ['http://2130706433/', none, false],
    ['http://0x7f.1/', none, false],
    ['http://[::ffff:7f00:1]/', none, false],
    ['http://localhost/', none, false],
    ['http://printer.local/', none, false],
    ['https://user:password@example.com/', none, false],
    ['https://example.com/hook', none, true],
    ['http://10.1.2.3:9000/', some, true],
    ['http://10.2.0.1/', some, false],
    ['https://[fd00::5]/', some, true],
    ['http://[fd00::5]/', some, false],
  ] as const)('%s may be saved or not', (url, allowed, may) => {
    expect(mayBeAllowed(new URL(url), allowed)).toBe(may);
  });

  it('is looked up once, and refused where its name leads inside', async () => {
    expect(await resolvedOnce(new URL('http://localhost:1/'), none)).toEqual({ refused: true });
    const allowed = new AllowedTargets(['localhost:1']);
    expect(await resolvedOnce(new URL('http://localhost:1/'), allowed)).toHaveProperty('address');
    expect(await resolvedOnce(new URL('http://localhost:2/'), allowed)).toEqual({ refused: true });
  });

  it.each([
    ['host:80', true],
    ['10.0.0.0/8', true],
    ['fd00::/8', true],
    ['[::1]:8080', true],
    ['10.0.0.0/33', false],
    ['http://host', false],
    ['host', false],
  ])('%s is an entry of the list or none', (entry, is) => {
    expect(isTargetEntry(entry)).toBe(is);
  });
});
