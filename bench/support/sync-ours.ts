// Our side of sync.bench.ts: the built team hub and desktops' mains without windows (desk-main.ts), processes with their
// databases on disk.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { RecordId } from '#shared/domain/ids.ts';
import { type Client, connect } from '#shared/wire/connect.ts';
import type { DatabasePlace } from '../../src-hub/database/open-database.ts';
import { seedCompany } from '../../tests/support/seed-company.ts';
import { deskContract, processPort, quiet } from './desk-wire.ts';
import { addPeople, notesIn } from './people-in-hub.ts';
import { progress } from './progress.ts';
import {
  noteIsAbout,
  notesOf,
  noteText,
  processorMs,
  pushedIn,
  type SyncAmount,
  type SyncSide,
} from './sync-side.ts';
import { startTeamHub } from './team-hub.ts';

interface Desk {
  readonly child: ChildProcess;
  readonly client: Client<typeof deskContract>;
  readonly file: string;
}

const root = path.resolve(import.meta.dirname, '..', '..');
const node = path.join(root, 'node_modules', '.bin', 'node');

/** @param folder of its own, empty */
export async function startOurs(
  name: string,
  folder: string,
  place: DatabasePlace,
  amount: SyncAmount,
): Promise<SyncSide> {
  const hubFolder = path.join(folder, 'hub');
  mkdirSync(hubFolder, { recursive: true });
  const company = await seedCompany(place, { agents: amount.desks, callers: 0, projects: 1 });
  const project = company.projects[0];
  if (!project) throw new Error('There is no project.');
  await addPeople(place, hubFolder, project.id, amount.records);
  progress(`${name}: ${amount.records} people are in the hub`);
  const hub = await startTeamHub(hubFolder, place);
  const desks: Desk[] = [];
  let people: RecordId[] = [];
  let written = 0;

  const startDesk = (): Desk => {
    const own = path.join(folder, `desk-${desks.length}`);
    mkdirSync(own);
    const username = company.agents[desks.length]?.username ?? '';
    const profile = process.env.OFFHOOK_BENCH_PROFILE;
    const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
    const program = path.join(root, 'bench', 'support', 'desk-main.ts');
    const child = spawn(node, [...profiling, program, own, '', username, company.password], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const client = connect(deskContract, processPort(child), quiet);
    client.on('stand.warned', (text) => progress(`${name}, ${username}: ${text.slice(0, 600)}`));
    const desk = { child, client, file: path.join(own, 'offhook.sqlite') };
    desks.push(desk);
    return desk;
  };

  const write = async ({ client }: Desk, round: number, desk: number) => {
    await client.call('stand.leave', null);
    for (let index = 0; index < notesOf(amount, desk); index++) {
      const recordId = people[noteIsAbout(amount, round, index)];
      if (!recordId) throw new Error('There is nobody to write about.');
      await client.call('notes.add', { recordId, text: noteText(round, desk, index) });
      written += 1;
    }
  };

  return {
    name,
    async pull() {
      const { client, file } = startDesk();
      const before = processorMs(hub.pid);
      const stopped = await client.call('stand.sync', { url: hub.url });
      const hubProcessorMs = processorMs(hub.pid) - before;
      people = idsIn(file);
      if (people.length !== amount.records) throw new Error(`${people.length} records have come.`);
      return { ...stopped, hubProcessorMs };
    },
    async push(round) {
      await Promise.all(desks.map((desk, at) => write(desk, round, at)));
      const all = await Promise.all(desks.map(({ client }) => client.call('stand.sync', { url: hub.url })));
      const times = all.map(({ startedAtMs, sentAtMs, waiting }) => {
        if (waiting > 0 || sentAtMs === null) throw new Error(`${waiting} notes were not sent.`);
        return { startedAtMs, sentAtMs };
      });
      return pushedIn(times);
    },
    end() {
      for (const { child } of desks) child.kill('SIGKILL');
      hub.end();
    },
    async close() {
      for (const { child } of desks) {
        const ended = once(child, 'exit');
        child.disconnect();
        await ended;
      }
      hub.requireNoErrors();
      await hub.stop();
      const there = await notesIn(place);
      if (there !== written) throw new Error(`${name}: of ${written} notes the hub has ${there}.`);
    },
  };
}

function idsIn(file: string): RecordId[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare('SELECT id FROM records ORDER BY id').all();
    return rows.map(({ id }) => id as RecordId);
  } finally {
    database.close();
  }
}
