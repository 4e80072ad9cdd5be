// That a call is set up as on a computer that does nothing else, though a desktop pulls a hundred thousand records: what
// comes from the hub is neither asked for nor written meanwhile, and goes on afterwards.
import { expect, onTestFinished, test } from 'vitest';
import { projectId, recordId } from '#shared/domain/ids.ts';
import { createCallsFirst } from '../../src-main/calls/calls-first.ts';
import { openDatabase, openForSync } from '../../src-main/database/open.ts';
import { createSyncWriter } from '../../src-main/sync/sync-writer.ts';
import { deskAtWork } from '../calls/desk-at-work.ts';
import { annActs, content, id } from '../hub/records/records-at-work.ts';
import { testClock } from '../support/test-clock.ts';
import { newFolder, startDesk, startSyncHub } from './desks.ts';

test('CALL-5: a first pull asks for no page while a call begins to ring or is being answered, goes on in between, and at once when it is over', async () => {
  const clock = testClock();
  const hub = await startSyncHub();
  await hub.db.transaction().execute(async (within) => {
    for (let n = 0; n < 801; n += 1) await hub.records.create(annActs, id(`r${n}`), content(), { within });
  });
  const phone = await deskAtWork({ clock });
  const callsFirst = createCallsFirst(clock);
  /** What happens when the next page has been written. */
  let happens = () => {};
  const desk = await startDesk(hub, {
    clock,
    callsFirst,
    recordsChanged() {
      happens();
      happens = () => {};
    },
  });
  phone.desk.entered.on((phase) => {
    callsFirst.entered(phase);
    desk.service.callEntered();
  });
  const pulled = () => desk.records.sentInScope(null, 5_000).length;
  const passes = async (ms: number) => {
    clock.pass(ms);
    await desk.service.idle();
  };
  const call = phone.ring('first');
  desk.connect();
  await desk.service.idle();
  expect([desk.wire.requests, pulled()]).toEqual([0, 0]);
  // What somebody writes is sent all the same.
  desk.create('mine');
  await passes(500);
  expect([desk.records.stateOf(id('mine')), pulled()]).toEqual(['sent', 1]);

  // It goes on ringing; whoever answers it does so in the middle of a page, after which another was asked for already.
  happens = () => phone.desk.accept(call);
  await passes(500);
  expect(pulled()).toBe(801);
  expect(desk.service.view().pulling).toEqual({ done: 800, total: 802 });
  const { requests } = desk.wire;
  await passes(3_000);
  expect([desk.wire.requests, pulled()]).toEqual([requests, 801]);
  phone.tell('callerGaveUp', call);
  await desk.service.idle();
  expect([pulled(), desk.service.view().pulling]).toEqual([802, null]);
});

test('a page that is being written is given up when a call comes, and written when it is set up', async () => {
  const main = await openDatabase(`${newFolder()}/offhook.sqlite`);
  onTestFinished(() => main.close());
  const countInMain = () =>
    main.sqlite.prepare<[], number>('SELECT count(*) FROM records').pluck().get() ?? 0;
  let looks = 0;
  let restMs = 0;
  const waits: [ms: number, there: number][] = [];
  const writer = createSyncWriter(openForSync(main.sqlite.name), {
    holdMs: 60_000,
    mainAsks: () => 0,
    pause: async () => undefined,
    callsRestMs() {
      looks += 1;
      if (looks === 10) restMs = 130;
      return restMs;
    },
    async wait(ms) {
      waits.push([ms, countInMain()]);
      restMs -= ms;
    },
  });
  onTestFinished(() => writer.close());
  const scope = projectId.parse('project');
  const changes = Array.from({ length: 40 }, (_, at) => {
    const own = { id: recordId.parse(`pulled-${at}`), version: 1, createdAtMs: 1, changedAtMs: 1 };
    return { entity: 'record', record: { ...content({ projectId: scope }), ...own } } as const;
  });
  await writer.keepPage({ scope, hub: 'team', changes, cursor: 'era:40', sameAtMs: null, country: 'GB' });
  expect(waits).toEqual([
    [100, 0],
    [30, 0],
  ]);
  expect(countInMain()).toBe(40);
});
