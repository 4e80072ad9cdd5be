// Who is calling: this desktop's own records first, the hub's word where nobody here has the number.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { recordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type WholeRecord } from '#shared/domain/record.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { openDatabase } from '../../src-main/database/open.ts';
import { createDirectory } from '../../src-main/directory/caller-directory.ts';
import type { HubLink } from '../../src-main/hub-link/hub-link.ts';
import { createHubLookup } from '../../src-main/records/hub-lookup.ts';
import { openRecordStore } from '../../src-main/records/record-store.ts';
import { deskAtWork } from '../calls/desk-at-work.ts';
import { recordingLog } from '../support/recording-log.ts';

const country = () => 'DE' as const;

function recordOf(id: string, lastName: string, number: string): WholeRecord {
  return {
    ...emptyRecordContent,
    id: recordId.parse(id),
    lastName,
    numbers: [{ number, extension: '', label: 'main' }],
    version: 1,
    createdAtMs: 1,
    changedAtMs: 1,
  };
}

async function directoryBeside(answers: (number: string) => Promise<WholeRecord[]>, state = 'online') {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-lookup-'));
  const database = await openDatabase(path.join(folder, 'desk.db'));
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const asked: string[] = [];
  const hub = {
    view: () => ({ state }),
    call(_name: string, { number }: { number: string }) {
      asked.push(number);
      return answers(number);
    },
  } as unknown as Pick<HubLink, 'call' | 'view'>;
  const log = recordingLog();
  const lookup = createHubLookup({ hub, country, log });
  const store = openRecordStore(database, country);
  return { asked, log, lookup, store, directory: createDirectory(store, lookup, country) };
}

test('a number that nobody here has is asked of the hub once at a time, and known from then on', async () => {
  const there = recordOf('there', 'Anna Müller', '+4930123456');
  const { directory, lookup, asked, store } = await directoryBeside(() => Promise.resolve([there]));
  expect(directory.identify('+4930123456', null).name).toBeNull();
  const found = new Promise((resolve) => lookup.found.on(resolve));
  lookup.ask('030 123456');
  lookup.ask('+49 30 123456');
  expect(await found).toBe('+4930123456');
  expect(asked).toEqual(['+4930123456']);
  expect(directory.identify('+4930123456', 'as the gateway says')).toMatchObject({
    name: 'Anna Müller',
    recordId: 'there',
  });
  const here = recordOf('here', 'Bert', '+4930123456');
  store.write(here, here, 'sent');
  expect(directory.identify('030 123456', null).recordId).toBe('here');
  lookup.forget();
  expect(lookup.find(there.id)).toBeNull();
});

test('without the hub, or where it fails, a caller is their number, and nothing is thrown', async () => {
  const away = await directoryBeside(() => Promise.resolve([]), 'offline');
  away.lookup.ask('+4930123456');
  expect(away.asked).toEqual([]);
  const refusing = await directoryBeside(() => Promise.reject(new CommandFailed('hubAway', 'Away.')));
  refusing.lookup.ask('+4930123456');
  refusing.lookup.ask('anonymous');
  await Promise.resolve();
  expect([refusing.asked, refusing.log.lines]).toEqual([['+4930123456'], []]);
});

test('a call that rings gets its name when somebody is found', async () => {
  const desk = await deskAtWork();
  const call = desk.ring('call-1', { callerNumber: '+442079460999', callerName: null });
  expect(desk.view(call)?.remote.name).toBeNull();
  const there = recordOf('there', 'Dora', '+442079460999');
  desk.recordStore.write(there, there, 'sent');
  desk.desk.identifyAnew();
  expect(desk.view(call)?.remote).toMatchObject({ name: 'Dora', recordId: 'there', recordKind: 'contact' });
  const stored = await desk.wouldLeave();
  expect(stored.entry(call).remote.name).toBe('Dora');
});
