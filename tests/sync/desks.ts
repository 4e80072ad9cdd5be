// Desktops' sync modules over databases of their own, and a hub's over one of its own, in one process; what goes between
// can be lost, refused or cut off on either way. Nothing is replaced but the wire, the clock and chance.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type MutationId, noteId, type RecordId, recordId, type UserId } from '#shared/domain/ids.ts';
import type { RecordChanges, RecordContent } from '#shared/domain/record.ts';
import type { Pushed, SyncScope } from '#shared/hub/sync-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { openHubDatabase } from '../../src-hub/database/open-database.ts';
import { EraStore } from '../../src-hub/sync/era-store.ts';
import { PullService } from '../../src-hub/sync/pull-service.ts';
import { PullStore } from '../../src-hub/sync/pull-store.ts';
import type { CallsFirst } from '../../src-main/calls/calls-first.ts';
import { openDatabase } from '../../src-main/database/open.ts';
import { openRecordStores } from '../../src-main/records/records.ts';
import { createSync, createSyncOutbox } from '../../src-main/sync/sync.ts';
import type { SyncHub } from '../../src-main/sync/sync-ports.ts';
import { createSyncWriter } from '../../src-main/sync/sync-writer.ts';
import { ann, content, recordsAtWork } from '../hub/records/records-at-work.ts';
import { pushesAt } from '../support/pushes-at.ts';
import { type TestClock, testClock } from '../support/test-clock.ts';

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'offhook-sync-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** As a backup has it, or a computer that lost its power. */
export function copyOf(file: string): string {
  const copy = join(newFolder(), 'copy.sqlite');
  for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, copy + part);
  return copy;
}

export async function startSyncHub(file = join(newFolder(), 'hub.sqlite'), era = 'era-1') {
  const db = await openHubDatabase({ sqlite: file });
  const at = await recordsAtWork(db);
  const eras = new EraStore(db);
  await eras.begin(era);
  const pulls = new PullService(new PullStore(db), eras, () => false);
  const pushes = pushesAt(db, at.records, pulls);
  let open = true;
  const close = async () => {
    if (open) await db.destroy();
    open = false;
  };
  onTestFinished(close);
  return { ...at, db, file, pulls, pushes, close };
}
export type SyncHubAtWork = Awaited<ReturnType<typeof startSyncHub>>;

/** What may go wrong with the next request, on its way there or back. */
export type Fault = 'away' | 'answerLost' | 'refused';

export interface Wire {
  hub: SyncHubAtWork;
  /** Taken one by one, in order. */
  faults: Fault[];
  /** What was pushed, also where its answer was lost. */
  readonly pushed: MutationId[][];
  requests: number;
}

function hubOver(wire: Wire, userId: UserId, deviceId: string): SyncHub {
  const user = {
    userId,
    username: 'ann',
    displayName: 'Ann Archer',
    accountType: 'clerk',
    extension: '301',
  } as const;
  const through = async <T>(work: () => Promise<T>): Promise<T> => {
    wire.requests += 1;
    const fault = wire.faults.shift();
    if (fault === 'away') throw new CommandFailed('hubAway', 'away');
    if (fault === 'refused') throw new CommandFailed('internal', 'refused');
    const answer = structuredClone(await work().catch(asTheWireTells));
    if (fault === 'answerLost') throw new CommandFailed('hubAway', 'lost');
    return answer;
  };
  return {
    push: (mutations) =>
      through((): Promise<readonly Pushed[]> => {
        wire.pushed.push(mutations.map((each) => each.mutationId));
        return wire.hub.pushes.push(user, deviceId, structuredClone(mutations));
      }),
    pull: ({ scope, cursor, limit }) =>
      through(() => {
        return wire.hub.pulls.pull(userId, scope, cursor, limit);
      }),
  };
}

/** What fails in the hub unexpectedly says nothing of why to those outside. */
function asTheWireTells(error: unknown): never {
  throw error instanceof CommandFailed ? error : new CommandFailed('internal', String(error));
}

export interface DeskOptions {
  readonly file?: string;
  readonly deviceId?: string;
  readonly clock?: TestClock;
  /** Writes what it pulls in a thread of its own. */
  readonly threaded?: boolean;
  readonly callsFirst?: CallsFirst;
  readonly recordsChanged?: () => void;
}

/** A desktop, begun on its file; `stop` leaves the file as a crash would. */
export async function startDesk(
  hub: SyncHubAtWork,
  {
    file = join(newFolder(), 'offhook.sqlite'),
    deviceId = 'desk-1',
    clock = testClock(),
    threaded = false,
    ...given
  }: DeskOptions = {},
) {
  const database = await openDatabase(file);
  const stores = openRecordStores(database, () => 'GB');
  const wire: Wire = { hub, faults: [], pushed: [], requests: 0 };
  const outbox = createSyncOutbox(database, stores, clock, () => ({ userId: ann, hub: 'team' }));
  const warned: string[] = [];
  const erased: RecordId[] = [];
  const sync = createSync({
    database,
    stores,
    outbox,
    hub: hubOver(wire, ann, deviceId),
    clock,
    random: () => 0,
    country: () => 'GB',
    recordsChanged: given.recordsChanged ?? (() => undefined),
    ...(given.callsFirst ? { callsFirst: given.callsFirst } : {}),
    erased: (ids) => void erased.push(...ids),
    log: {
      warn: (message) => void warned.push(message),
      error: (message, facts) => void warned.push(`${message} ${String(facts.error)}`),
    },
    ...(threaded
      ? {}
      : { writer: createSyncWriter(database, { pause: () => Promise.resolve(), holdMs: 0 }) }),
  });
  let open = true;
  const stop = async () => {
    if (open) await sync.close();
    database.close();
    open = false;
  };
  onTestFinished(stop);
  const { service, people } = sync;
  let scopes: readonly SyncScope[] = [null];
  return {
    ...stores,
    database,
    file,
    outbox,
    wire,
    clock,
    service,
    people,
    warned,
    erased,
    stop,
    connect(open: readonly SyncScope[] = scopes) {
      scopes = open;
      service.situation({ userId: ann, hub: 'team', open }, true);
    },
    disconnect: () => service.situation({ userId: ann, hub: 'team', open: scopes }, false),
    /** Sends and pulls until there is nothing more to do, retries included. */
    async settled(): Promise<void> {
      for (let quiet = 0, round = 0; quiet < 2; round += 1) {
        if (round > 200) throw new Error(`It never settles: ${JSON.stringify(service.view())}`);
        const before = wire.requests;
        clock.pass(1_000);
        await service.idle();
        const { waiting, why } = service.view();
        const sends = waiting > 0 && (why === 'sending' || why === 'hubRefuses');
        const triesAgain = sends || why === 'diskFull';
        quiet = wire.requests === before && !triesAgain ? quiet + 1 : 0;
      }
    },
    /** As a person does it: the row and what is to be sent, in one transaction. */
    create(name: string, part: Partial<RecordContent> = {}): RecordId {
      const id = recordId.parse(name);
      const whole = content(part);
      stores.records.transaction(() => {
        const nowMs = clock.nowMs();
        stores.records.write(
          { ...whole, id, version: 0, createdAtMs: nowMs, changedAtMs: nowMs },
          null,
          'here',
        );
        outbox.add({ kind: 'record.create', recordId: id, content: whole });
      });
      return id;
    },
    change(id: RecordId, before: RecordChanges, changes: RecordChanges): void {
      stores.records.transaction(() => {
        outbox.add({ kind: 'record.change', recordId: id, before, changes });
        outbox.overlay.relay(id);
      });
    },
    note(name: string, id: RecordId, text = 'Hello'): void {
      const note = { id: noteId.parse(name), recordId: id, callId: null, text, writtenAtMs: clock.nowMs() };
      stores.records.transaction(() => {
        stores.notes.write({ ...note, authorId: ann, authorName: 'Ann Archer' }, 'here');
        outbox.add({ kind: 'note.add', note });
      });
    },
    noteIds: (id: RecordId) =>
      stores.notes
        .ofRecord(id)
        .map((each) => `${each.id} ${each.state}`)
        .sort(),
    states: () =>
      outbox.store.open(100).map(({ mutation, state, reason }) => [mutation.kind, state, reason].join(' ')),
  };
}
export type Desk = Awaited<ReturnType<typeof startDesk>>;
