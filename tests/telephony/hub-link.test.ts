// The link to the hub over a real WebSocket server that refuses, falls silent and comes back: what it says of itself, and
// how soon it is there again.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LinkView } from '#shared/desktop/session-contract.ts';
import { contractHeader, contractVersion } from '#shared/hub/hub-handshake.ts';
import { createHubLink, type HubLink } from '../../src-main/hub-link/hub-link.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/recording-log.ts';

let server: WebSocketServer;
let accepted: WebSocket[];
let refusing: boolean;
let deaf: boolean;
let refused: number;
let hub: HubLink;
let seen: LinkView[];

beforeEach(async () => {
  accepted = [];
  refusing = false;
  deaf = false;
  refused = 0;
  seen = [];
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, autoPong: false });
  await once(server, 'listening');
  server.shouldHandle = () => {
    if (refusing) refused += 1;
    return !refusing;
  };
  server.on('headers', (headers) => headers.push(`${contractHeader}: ${contractVersion}`));
  server.on('connection', (ws) => {
    accepted.push(ws);
    ws.on('ping', (data) => {
      if (!deaf) ws.pong(data);
    });
  });
  hub = createHubLink(recordingLog() as never);
  hub.onChanged((view) => seen.push(view));
  hub.connectTo(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await online();
});
afterEach(() => {
  hub.close();
  for (const ws of server.clients) ws.terminate();
  server.close();
});

const online = () => eventually('online', () => hub.view().state === 'online');
const cut = () => {
  for (const ws of server.clients) ws.terminate();
};

it('is away since it was lost, however often it is tried, and online since it is back', async () => {
  refusing = true;
  const cutAtMs = Date.now();
  cut();
  await eventually('tried four times', () => refused >= 4);
  refusing = false;
  await online();
  expect(seen.at(-1)?.sinceMs).toBeGreaterThan(cutAtMs);
  const awaySince = new Set(seen.filter(({ state }) => state === 'offline').map(({ sinceMs }) => sinceMs));
  expect(awaySince.size).toBe(1);
  expect([...awaySince][0]).toBeLessThan(cutAtMs + 200);
  // Once connected, it was never said to be connecting again.
  expect(
    seen.slice(seen.findIndex(({ state }) => state === 'online')).map(({ state }) => state),
  ).not.toContain('connecting');
});

it('finds out at once that a link is dead which still looks open, and makes another', async () => {
  deaf = true;
  hub.retryNow();
  await eventually('noticed', () => hub.view().state === 'offline', 2_500);
  deaf = false;
  await online();
  expect(accepted.length).toBe(2);
});

it('leaves a link alone that answers when it is looked at', async () => {
  hub.retryNow();
  hub.retryNow();
  await eventually('asked', () => accepted.length === 1);
  expect(hub.view().state).toBe('online');
});

it('tries at once when it is told to, and one try at a time', async () => {
  refusing = true;
  cut();
  await eventually('waiting for the next try', () => (hub.view().retryAtMs ?? 0) - Date.now() > 700, 15_000);
  refusing = false;
  const before = accepted.length;
  hub.retryNow();
  hub.retryNow();
  await eventually('online', () => hub.view().state === 'online', 600);
  expect(accepted.length).toBe(before + 1);
});
