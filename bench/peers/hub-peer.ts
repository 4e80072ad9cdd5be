// What the hub is measured beside, in a process of its own: bare Fastify that runs the hub's statements of a call on the
// same database, and bare `ws` that passes the very frames of a call, knowing nothing of them. Started by hub.bench.ts.
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import { type SipCallId, sipCallId, type UserId, userId } from '#shared/domain/ids.ts';
import { type DatabasePlace, openHubDatabase } from '../../src-hub/database/open-database.ts';
import { OfferStore, type StoredOffer } from '../../src-hub/routing/offer-store.ts';
import type { RecordedFrame } from '../support/hub-load.ts';

export interface PeerOrder {
  readonly place: DatabasePlace;
  readonly projectId: string;
  readonly frames: readonly RecordedFrame[];
}

export interface PeerDoors {
  readonly httpUrl: string;
  readonly webSocketUrl: string;
}

/** As the hub keeps a call: arrived and offered, answered, ended. One transaction for each, as one would write it. */
async function bareFastify({ place }: PeerOrder): Promise<string> {
  const db = await openHubDatabase(place);
  const store = new OfferStore(db);
  const app = Fastify();
  type Asked = { Params: { id: string }; Body: { userId: string; projectId: string } };
  const offer = (
    id: SipCallId,
    user: UserId,
    outcome: StoredOffer['outcome'],
    atMs: number,
  ): StoredOffer => ({
    ...{ sipCallId: id, userId: user, attempt: 1, beganAtMs: atMs, outcome, missedReason: null },
    ...{ endedAtMs: atMs, toTell: false },
  });
  const request = (id: SipCallId) => ({
    ...{ sipCallId: id, fromUser: '4000', requestUser: '+4930100000', callerNumber: '4000' },
    ...{ callerName: null, redirectedFrom: null, transferredBy: null },
  });
  app.post<Asked>('/calls/:id', async ({ params, body }) => {
    const id = sipCallId.parse(params.id);
    const atMs = Date.now();
    await db.transaction().execute(async (within) => {
      await store.addCall(
        request(id),
        { destination: 'project', projectId: body.projectId as never },
        atMs,
        within,
      );
      await store.putOffer(offer(id, userId.parse(body.userId), 'ringing', atMs), within);
    });
    return null;
  });
  app.post<Asked>('/calls/:id/answered', async ({ params, body }) => {
    const id = sipCallId.parse(params.id);
    const answeredBy = userId.parse(body.userId);
    const atMs = Date.now();
    await db.transaction().execute(async (within) => {
      await store.putOffer(offer(id, answeredBy, 'answered', atMs), within);
      await store.routingEnded(
        id,
        { outcome: 'answered', answeredBy, answeredAtMs: atMs, endedAtMs: null },
        within,
      );
    });
    return null;
  });
  app.post<Asked>('/calls/:id/ended', async ({ params }) => {
    await store.callEnded(sipCallId.parse(params.id), Date.now());
    return null;
  });
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

/** Each line is three connections, and begins its frames again and again. */
async function bareWebSocket({ frames }: PeerOrder): Promise<string> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  const lines = new Map<string, Partial<Record<RecordedFrame['who'], WebSocket>>>();
  server.on('connection', (ws, { url }) => {
    const asked = new URL(url ?? '', 'ws://peer').searchParams;
    const name = asked.get('line') ?? '';
    const line = lines.get(name) ?? {};
    lines.set(name, line);
    line[asked.get('who') as RecordedFrame['who']] = ws;
    if (Object.keys(line).length === 3)
      pass(line as Record<RecordedFrame['who'], WebSocket>, frames, 'received');
  });
  await new Promise((listening) => server.once('listening', listening));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * Says what this side says, and waits for as many frames as the other side says before it goes on.
 * @param mine 'sent' at the client's side, 'received' at the server's
 * @param roundOver told after the last frame; false ends it
 */
export function pass(
  line: Record<RecordedFrame['who'], WebSocket>,
  frames: readonly RecordedFrame[],
  mine: RecordedFrame['way'],
  roundOver: () => boolean = () => true,
): void {
  let at = 0;
  let heard = 0;
  const goOn = () => {
    for (;;) {
      const frame = frames[at];
      if (!frame) {
        if (!roundOver()) return;
        at = 0;
        continue;
      }
      if (frame.way === mine) line[frame.who].send(frame.text);
      else if (heard > 0) heard -= 1;
      else return;
      at += 1;
    }
  };
  for (const ws of Object.values(line)) {
    ws.on('message', (data: Buffer) => {
      // As text, as the hub and its phones read it.
      if (data.toString('utf8') === '') return;
      heard += 1;
      goOn();
    });
  }
  goOn();
}

process.on('message', async (order: PeerOrder) => {
  const doors: PeerDoors = { httpUrl: await bareFastify(order), webSocketUrl: await bareWebSocket(order) };
  process.send?.(doors);
});
