// The peer's side of sync.bench.ts: pouch-hub.ts and pouch-desk.ts as processes.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { progress } from '../support/progress.ts';
import { samplePerson } from '../support/sample-people.ts';
import type { Stopped } from '../support/stopwatch.ts';
import {
  noteIsAbout,
  notesOf,
  noteText,
  processorMs,
  pushedIn,
  type SyncAmount,
  type SyncSide,
} from '../support/sync-side.ts';
import type { PouchNote } from './durable-pouch.ts';
import type { PouchOrder } from './pouch-desk.ts';

export interface PouchSide extends SyncSide {
  /** Lets the desktop that pulled last find people by their numbers, as ours can at once. */
  index(): Promise<Stopped>;
}

/** @param folder of its own, empty; @param batch how many documents go at once */
export async function startPouch(folder: string, amount: SyncAmount, batch: number): Promise<PouchSide> {
  const hubFolder = path.join(folder, 'hub');
  mkdirSync(hubFolder, { recursive: true });
  const hub = fork(path.join(import.meta.dirname, 'pouch-hub.ts'), [hubFolder, String(amount.records)]);
  const [{ url }] = (await once(hub, 'message')) as [{ url: string }];
  progress(`PouchDB: ${amount.records} people are in the hub`);
  const desks: ChildProcess[] = [];
  let written = 0;

  return {
    name: 'PouchDB',
    async pull() {
      const own = path.join(folder, `desk-${desks.length}`);
      mkdirSync(own);
      const desk = fork(path.join(import.meta.dirname, 'pouch-desk.ts'), [own, url, String(batch)]);
      desks.push(desk);
      const before = processorMs(hub.pid ?? 0);
      const stopped = (await ask(desk, { what: 'pull' })) as Stopped;
      const hubProcessorMs = processorMs(hub.pid ?? 0) - before;
      const there = await ask(desk, { what: 'count' });
      if (there !== amount.records) throw new Error(`${String(there)} documents have come.`);
      return { ...stopped, hubProcessorMs };
    },
    async index() {
      const desk = desks.at(-1);
      if (!desk) throw new Error('Nobody has pulled.');
      return (await ask(desk, { what: 'index' })) as Stopped;
    },
    async push(round) {
      for (const [at, desk] of desks.entries()) {
        const notes = Array.from({ length: notesOf(amount, at) }, (_, index) =>
          noteOf(amount, round, at, index),
        );
        written += notes.length;
        await ask(desk, { what: 'write', notes });
      }
      const all = await Promise.all(desks.map((desk) => ask(desk, { what: 'push' })));
      return pushedIn(
        (all as Stopped[]).map(({ startedAtMs, endedAtMs }) => ({ startedAtMs, sentAtMs: endedAtMs })),
      );
    },
    end() {
      for (const child of [...desks, hub]) child.kill('SIGKILL');
    },
    async close() {
      const { doc_count: there } = (await (await fetch(url)).json()) as { doc_count: number };
      for (const child of [...desks, hub]) {
        const ended = once(child, 'exit');
        child.disconnect();
        await ended;
      }
      const expected = amount.records + written;
      if (there !== expected) throw new Error(`Of ${expected} documents PouchDB's hub has ${there}.`);
    },
  };
}

function noteOf(
  amount: SyncAmount,
  round: number,
  desk: number,
  index: number,
): PouchNote & { readonly _id: string } {
  return {
    _id: `note-${round}-${desk}-${index}`,
    type: 'note',
    recordId: samplePerson(noteIsAbout(amount, round, index)).id,
    text: noteText(round, desk, index),
    authorName: `The agent-${desk}`,
    writtenAtMs: Date.now(),
  };
}

async function ask(desk: ChildProcess, order: PouchOrder): Promise<unknown> {
  const answered = once(desk, 'message');
  desk.send(order);
  const [{ reply, error }] = (await answered) as [{ reply?: unknown; error?: string }];
  if (error !== undefined) throw new Error(`PouchDB failed at ${order.what}: ${error}`);
  return reply;
}
