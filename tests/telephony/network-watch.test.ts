// A change of this computer's addresses is told, and nothing else is.
import type { NetworkInterfaceInfo } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { watchNetwork } from '../../src-main/hub-link/network-watch.ts';
import { eventually } from '../support/eventually.ts';

let stop: () => void = () => undefined;
afterEach(() => stop());

function info(address: string, internal = false): NetworkInterfaceInfo {
  const family = address.includes(':') ? 'IPv6' : 'IPv4';
  return { address, family, internal, mac: '', netmask: '', cidr: null, scopeid: 0 } as NetworkInterfaceInfo;
}

function watched(first: Record<string, NetworkInterfaceInfo[]>) {
  const state = { interfaces: first, told: 0, looks: 0 };
  stop = watchNetwork({
    everyMs: 5,
    changed: () => state.told++,
    read: () => {
      state.looks += 1;
      return state.interfaces;
    },
  });
  const looked = async () => {
    const from = state.looks;
    await eventually('looked twice more', () => state.looks >= from + 2);
  };
  return { state, looked };
}

it('tells of an address that came, went, or became another', async () => {
  const { state, looked } = watched({ lo: [info('127.0.0.1', true)], wlan: [info('192.0.2.7')] });
  await looked();
  expect(state.told).toBe(0);
  state.interfaces = { lo: [info('127.0.0.1', true)], wlan: [info('192.0.2.8')] };
  await looked();
  expect(state.told).toBe(1);
  state.interfaces = { lo: [info('127.0.0.1', true)] };
  await looked();
  expect(state.told).toBe(2);
  state.interfaces = { lo: [info('127.0.0.1', true)], lan: [info('198.51.100.3')] };
  await looked();
  expect(state.told).toBe(3);
});

it.each([
  [
    'the order',
    { a: [info('192.0.2.7')], b: [info('198.51.100.3')] },
    { b: [info('198.51.100.3')], a: [info('192.0.2.7')] },
  ],
  [
    'a loopback address',
    { a: [info('192.0.2.7')] },
    { a: [info('192.0.2.7')], lo: [info('127.0.0.2', true)] },
  ],
  ['a link-local address', { a: [info('192.0.2.7')] }, { a: [info('192.0.2.7'), info('fe80::1')] }],
  [
    'a temporary IPv6 address of the same network',
    { a: [info('2001:db8:0:2::5')] },
    { a: [info('2001:db8:0:2:a:b:c:d')] },
  ],
])('does not tell of %s', async (_, before, after) => {
  const { state, looked } = watched(before as Record<string, NetworkInterfaceInfo[]>);
  state.interfaces = after as Record<string, NetworkInterfaceInfo[]>;
  await looked();
  expect(state.told).toBe(0);
});
