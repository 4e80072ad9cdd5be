// Drives the hub's peers as the load drives the hub: so many calls at once, each begun when the one before on its line
// has ended. Used by hub.bench.ts.
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import WebSocket from 'ws';
import { type PeerDoors, pass } from '../peers/hub-peer.ts';
import type { RecordedFrame } from './hub-load.ts';

/** @returns calls per second; three requests each. */
export async function askFastify(
  { httpUrl }: PeerDoors,
  {
    lines,
    seconds,
    userIds,
    projectId,
  }: { lines: number; seconds: number; userIds: string[]; projectId: string },
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: lines });
  const startedAtMs = performance.now();
  const untilMs = startedAtMs + seconds * 1_000;
  let done = 0;
  const oneLine = async () => {
    while (performance.now() < untilMs) {
      const body = JSON.stringify({ userId: userIds[done % userIds.length], projectId });
      const path = `/calls/${crypto.randomUUID()}`;
      await post(agent, httpUrl + path, body);
      await post(agent, `${httpUrl}${path}/answered`, body);
      await post(agent, `${httpUrl}${path}/ended`, body);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: lines }, oneLine));
  agent.destroy();
  return done / ((performance.now() - startedAtMs) / 1_000);
}

function post(agent: Agent, url: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`Answered with ${response.statusCode}`)),
      );
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

/** @returns calls per second; the frames of one each. */
export async function passFrames(
  { webSocketUrl }: PeerDoors,
  { lines, seconds, frames }: { lines: number; seconds: number; frames: readonly RecordedFrame[] },
): Promise<number> {
  const whos = ['caller', 'phone', 'desk'] as const;
  const name = crypto.randomUUID();
  const opened = await Promise.all(
    Array.from({ length: lines }, async (_, at) => {
      const sockets = whos.map((who) => new WebSocket(`${webSocketUrl}/?line=${name}-${at}&who=${who}`));
      await Promise.all(sockets.map((ws) => once(ws, 'open')));
      return Object.fromEntries(whos.map((who, index) => [who, sockets[index]])) as Record<
        RecordedFrame['who'],
        WebSocket
      >;
    }),
  );
  const startedAtMs = performance.now();
  const untilMs = startedAtMs + seconds * 1_000;
  let done = 0;
  await Promise.all(
    opened.map(
      (line) =>
        new Promise<void>((resolve) => {
          pass(line, frames, 'sent', () => {
            done += 1;
            if (performance.now() < untilMs) return true;
            resolve();
            return false;
          });
        }),
    ),
  );
  const perSecond = done / ((performance.now() - startedAtMs) / 1_000);
  for (const line of opened) for (const ws of Object.values(line)) ws.terminate();
  return perSecond;
}
