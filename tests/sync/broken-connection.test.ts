// A desktop with its own database, link, session and sync, and the product's hub, over real sockets that break where it
// hurts: in the middle of an answer, in the middle of a page, and at a frame that somebody between them does not take.
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { noteId, type RecordId, recordId } from '#shared/domain/ids.ts';
import type { Mutation } from '#shared/hub/sync-contract.ts';
import { systemClock } from '../../src-main/calls/clock.ts';
import { openDatabase } from '../../src-main/database/open.ts';
import { createHubLink } from '../../src-main/hub-link/hub-link.ts';
import { openRecordStores } from '../../src-main/records/records.ts';
import { createSessionService } from '../../src-main/session/session-service.ts';
import { atWorkOf, createSync, createSyncOutbox, followSession, hubOver } from '../../src-main/sync/sync.ts';
import { content, report } from '../hub/records/records-at-work.ts';
import { clerk, signInDesktop, startTestHub } from '../hub/support.ts';
import { startBreakingProxy } from '../support/breaking-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/recording-log.ts';
import { newFolder } from './desks.ts';

const slowMs = 60_000;
const withinMs = 30_000;

async function hubBehindProxy() {
  const hub = await startTestHub();
  const proxy = await startBreakingProxy(hub.port);
  const beside = await signInDesktop(hub, clerk, 'beside');
  return { hub, proxy, beside: beside.client };
}

async function startDesk(url: string) {
  const log = recordingLog();
  const database = await openDatabase(`${newFolder()}/offhook.sqlite`);
  const stores = openRecordStores(database, () => 'GB');
  const link = createHubLink(log);
  const session = createSessionService({
    hub: link,
    deviceId: randomUUID(),
    remembered: { available: () => false, read: () => null, keep() {}, forget() {} },
    keepWork: () => undefined,
    usernameChanged: () => undefined,
    startPhone: () => undefined,
    renewPhone: () => undefined,
    stopPhone: () => Promise.resolve(),
    log,
  });
  const outbox = createSyncOutbox(database, stores, systemClock, () => atWorkOf(session.view()));
  const sync = createSync({
    ...{ database, stores, outbox, log },
    hub: hubOver(link),
    clock: systemClock,
    random: Math.random,
    country: () => 'GB',
    recordsChanged: () => undefined,
  });
  followSession(sync.service, session, link);
  onTestFinished(async () => {
    await sync.close();
    link.close();
    database.close();
  });
  link.connectTo(url);
  await session.signIn(clerk);
  const same = () =>
    eventually(
      'all is the same here and there',
      () => {
        const { waiting, pulling, sameSinceMs } = sync.service.view();
        return waiting === 0 && pulling === null && sameSinceMs !== null;
      },
      withinMs,
    );
  /** In one transaction, so that they go together. */
  const write = (mutations: readonly Mutation[]) =>
    stores.records.transaction(() => {
      for (const each of mutations) {
        if (each.kind === 'note.add')
          stores.notes.write({ ...each.note, authorId: 'clerk' as never, authorName: '' }, 'here');
        outbox.add(each);
        if (each.kind === 'record.create') outbox.overlay.relay(each.recordId);
      }
    });
  return { ...stores, database, outbox, service: sync.service, log, same, write };
}

/** All that the hub has of what belongs to no project. */
async function pulled(beside: Awaited<ReturnType<typeof hubBehindProxy>>['beside']) {
  const reply = await beside.call('sync.pull', { scope: null, cursor: null, limit: 2_000 });
  if (reply.state !== 'changes') throw new Error('It was restored from a backup.');
  return reply.changes;
}

const create = (id: RecordId, lastName: string): Mutation => ({
  kind: 'record.create',
  recordId: id,
  content: content({ lastName }),
});
const note = (id: RecordId, text: string): Extract<Mutation, { kind: 'note.add' }> => ({
  kind: 'note.add',
  note: { id: noteId.parse(randomUUID()), recordId: id, callId: null, text, writtenAtMs: 1 },
});
const newRecordId = () => recordId.parse(randomUUID());

it(
  'OFF-2: all comes over once, either way, though the connection breaks in the middle of a page, and of the answer to a change',
  async () => {
    const { proxy, beside } = await hubBehindProxy();
    const ids = Array.from({ length: 600 }, newRecordId);
    for (const from of [0, 200, 400]) {
      const mutations = ids.slice(from, from + 200).map((id, index) => ({
        mutationId: randomUUID() as never,
        sequence: from + index + 1,
        madeAtMs: 1,
        mutation: create(id, `Marlow ${from + index}.`),
      }));
      await beside.call('sync.push', { mutations });
    }
    const pageBroken = proxy.breakAt('"Marlow 550."');
    const desk = await startDesk(proxy.url);
    await pageBroken;
    await desk.same();
    expect(proxy.connections()).toBe(2);
    const atHub = (await pulled(beside)).flatMap((each) => (each.entity === 'record' ? [each.record] : []));
    expect(atHub.length).toBeGreaterThanOrEqual(600);
    for (const record of atHub) expect(desk.records.base(record.id)).toEqual(record);
    const here = desk.database.sqlite
      .prepare('SELECT count(*) FROM records WHERE project_id IS NULL')
      .pluck()
      .get();
    expect(here).toBe(atHub.length);

    const made = newRecordId();
    const texts = Array.from({ length: 30 }, (_, index) => `Note ${index}`);
    const answerBroken = proxy.breakAt('"outcome":"applied"');
    desk.write([create(made, 'Marlow'), ...texts.map((text) => note(made, text))]);
    await answerBroken;
    await desk.same();
    expect(proxy.connections()).toBe(3);
    const changes = await pulled(beside);
    const record = changes.find((each) => each.entity === 'record' && each.record.id === made);
    expect(record).toMatchObject({ record: { lastName: 'Marlow', version: 1 } });
    const notes = changes.flatMap((each) =>
      each.entity === 'note' && each.note.recordId === made ? [each.note] : [],
    );
    expect(notes.map(({ text }) => text)).toEqual(texts);
    const written = desk.notes.ofRecord(made);
    expect(written.map(({ state }) => state)).toEqual(texts.map(() => 'sent'));
    expect(desk.records.stateOf(made)).toBe('sent');
  },
  slowMs,
);

it(
  'OFF-2: a change that is larger than the way to the hub takes is refused with its reason, and all that follows is sent',
  async () => {
    const { proxy, beside } = await hubBehindProxy();
    proxy.takeAtMost(200_000);
    const desk = await startDesk(proxy.url);
    await desk.same();
    const made = newRecordId();
    const callOf = (id: string, corrections: number): Mutation => ({
      kind: 'call.report',
      call: report({
        id,
        projectId: null,
        corrections: Array.from({ length: corrections }, (_, index) => ({
          ...{ id: String(index), atMs: 1, author: 'Ann', dispositionId: null, dispositionLabel: null },
          note: 'x'.repeat(90_000),
        })),
      }),
    });
    // The second is closed at on the way; the fourth is more than any hub takes, and is not even sent.
    const all = [
      callOf('c0', 1),
      note(made, 'one'),
      callOf('c1', 3),
      note(made, 'two'),
      callOf('c2', 50),
      note(made, 'three'),
    ];
    desk.write([create(made, 'Marlow'), ...all]);
    await desk.same();
    expect(
      desk.outbox.store.open(100).map(({ callId, state, reason }) => [callId, state, reason].join(' ')),
    ).toEqual(['c1 refused tooLarge', 'c2 refused tooLarge']);
    const changes = await pulled(beside);
    expect(changes.flatMap((each) => (each.entity === 'call' ? [each.call.callId] : []))).toEqual(['c0']);
    const texts = changes.flatMap((each) =>
      each.entity === 'note' && each.note.recordId === made ? [each.note.text] : [],
    );
    expect(texts).toEqual(['one', 'two', 'three']);
  },
  slowMs,
);
