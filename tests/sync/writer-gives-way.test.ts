// That main never waits for what syncing writes: the writer takes back what it had begun when main says that it writes.
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectId, recordId } from '#shared/domain/ids.ts';
import { openDatabase, openForSync } from '../../src-main/database/open.ts';
import { askedFor, sayWrite, writesAhead } from '../../src-main/database/way.ts';
import { openRecordStore } from '../../src-main/records/record-store.ts';
import { createSyncWriter } from '../../src-main/sync/sync-writer.ts';
import { content } from '../hub/records/records-at-work.ts';
import { newFolder } from './desks.ts';

const scope = projectId.parse('project');

test('the writer gives way to main in the middle of a page, and writes all of it afterwards', async () => {
  const main = await openDatabase(join(newFolder(), 'offhook.sqlite'));
  onTestFinished(() => main.close());
  const asks = askedFor(writesAhead(main.sqlite));
  const inMain = openRecordStore(main, () => 'GB');
  let looks = 0;
  const seen: number[] = [];
  const countInMain = () =>
    main.sqlite.prepare<[], number>('SELECT count(*) FROM records').pluck().get() ?? 0;
  const writer = createSyncWriter(openForSync(main.sqlite.name), {
    holdMs: 60_000,
    mainAsks: () => {
      looks += 1;
      if (looks === 10) sayWrite(main.sqlite);
      return asks();
    },
    pause: async (mainWrites) => {
      if (!mainWrites || seen.length > 0) return;
      seen.push(countInMain());
      const own = { ...content(), id: recordId.parse('own'), version: 0, createdAtMs: 1, changedAtMs: 1 };
      inMain.write(own, null, 'here');
    },
  });
  onTestFinished(() => writer.close());
  const changes = Array.from({ length: 40 }, (_, at) => {
    const id = recordId.parse(`pulled-${at}`);
    const record = { ...content({ projectId: scope }), id, version: 1, createdAtMs: 1, changedAtMs: 1 };
    return { entity: 'record', record } as const;
  });
  await writer.keepPage({ scope, hub: 'team', changes, cursor: 'era:40', sameAtMs: null, country: 'GB' });
  // Nothing of the page was there yet when main had its turn, and main's own record did not wait.
  expect(seen).toEqual([0]);
  expect(countInMain()).toBe(41);
});
