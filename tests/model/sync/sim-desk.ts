// One desktop of the simulation: main's own record and sync modules over a database file. It can be killed before any
// write to that file; what begins anew has the file as it was at that moment.
import { join } from 'node:path';
import type { Statement } from 'better-sqlite3';
import { type MutationId, type ProjectId, type RecordId, type UserId, userId } from '#shared/domain/ids.ts';
import type { SyncScope } from '#shared/hub/sync-contract.ts';
import type { Clock } from '../../../src-main/calls/clock.ts';
import { type DesktopDatabase, openDatabase } from '../../../src-main/database/open.ts';
import { openListSettingsStore } from '../../../src-main/records/list-settings-store.ts';
import { RecordChanges } from '../../../src-main/records/record-changes.ts';
import { openRecordPageStore } from '../../../src-main/records/record-page-store.ts';
import { createRecordWriting } from '../../../src-main/records/record-writing.ts';
import { openRecordStores } from '../../../src-main/records/records.ts';
import { RecordsService } from '../../../src-main/records/records-service.ts';
import { openUnsavedStore } from '../../../src-main/records/unsaved-store.ts';
import { createSync, createSyncOutbox } from '../../../src-main/sync/sync.ts';
import type { SyncHub } from '../../../src-main/sync/sync-ports.ts';
import { createSyncWriter } from '../../../src-main/sync/sync-writer.ts';
import { deskClock, type SimClock } from './sim-clock.ts';
import { copyDatabase, Killed, removeDatabase } from './sim-hub.ts';

type Running = Awaited<ReturnType<typeof run>>;

export interface DeskParts {
  readonly name: string;
  readonly folder: string;
  readonly template: string;
  readonly clock: SimClock;
  readonly chance: () => number;
  /** What goes through its connection; of this life of the desktop only. */
  hubFor(desk: SimDesk): SyncHub;
  fault(message: string): void;
}

export class SimDesk {
  readonly name: string;
  readonly userId: UserId;
  readonly #parts: DeskParts;
  #file: string;
  #at: Running | null = null;
  #life = { isDead: true, writesLeft: Number.POSITIVE_INFINITY };
  #dead: DesktopDatabase[] = [];
  kills = 0;
  /** Its clock is wrong by so much. */
  skewMs = 0;
  online = false;
  /** What its user has open. */
  open: readonly SyncScope[];
  /** Names of what is made here. */
  made = 0;

  constructor(parts: DeskParts, open: readonly ProjectId[]) {
    this.#parts = parts;
    this.name = parts.name;
    this.userId = userId.parse(parts.name);
    this.open = [null, ...open];
    this.#file = join(parts.folder, `${parts.name}.sqlite`);
    copyDatabase(parts.template, this.#file);
  }

  get isUp(): boolean {
    return this.#at !== null && !this.#life.isDead;
  }

  get file(): string {
    return this.#file;
  }

  /** @throws Killed where it is down */
  get at(): Running {
    if (!this.#at || this.#life.isDead) throw new Killed(`${this.name} is down.`);
    return this.#at;
  }

  async start(): Promise<void> {
    if (this.isUp) return;
    const life = { isDead: false, writesLeft: Number.POSITIVE_INFINITY };
    this.#life = life;
    const { clock, fault } = this.#parts;
    const database = await openDatabase(this.#file);
    watchWrites(database, () => {
      if (life.isDead) throw new Killed(`${this.name} was killed.`);
      if (life.writesLeft <= 0) this.#die();
      life.writesLeft -= 1;
    });
    this.#at = await run({
      database,
      name: this.name,
      userId: this.userId,
      clock: deskClock(
        clock,
        () => !life.isDead,
        () => this.skewMs,
      ),
      chance: this.#parts.chance,
      hub: this.#parts.hubFor(this),
      fault: (message) => {
        if (!life.isDead) fault(`${this.name}: ${message}`);
      },
      newId: () => {
        this.made += 1;
        return `${this.name}-${this.made}`;
      },
    });
  }

  /** @param writes how many it still carries out */
  killAfter(writes: number): void {
    this.#life.writesLeft = writes;
  }

  kill(): void {
    if (!this.isUp) return;
    try {
      this.#die();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }

  tellSituation(): void {
    if (!this.isUp) return;
    this.at.sync.service.situation({ userId: this.userId, hub: 'team', open: this.open }, this.online);
  }

  /** The databases of dead lives; to be called when nothing of them goes on any more. */
  async close(): Promise<void> {
    if (this.#at) this.#dead.push(this.#at.database);
    this.#at = null;
    this.#life.isDead = true;
    for (const database of this.#dead.splice(0)) {
      const file = database.sqlite.name;
      database.close();
      if (file !== this.#file) removeDatabase(file);
    }
  }

  #die(): never {
    this.#life.isDead = true;
    this.kills += 1;
    const left = join(this.#parts.folder, `${this.name}-${this.kills}.sqlite`);
    copyDatabase(this.#file, left);
    this.#file = left;
    if (this.#at) this.#dead.push(this.#at.database);
    this.#at = null;
    this.online = false;
    throw new Killed(`${this.name} was killed.`);
  }
}

/** Calls `before` ahead of each statement that writes, and ahead of all where it throws. */
function watchWrites({ sqlite }: DesktopDatabase, before: () => void): void {
  const prepare = sqlite.prepare.bind(sqlite);
  const watched = (source: string) => {
    const statement = prepare(source) as Statement<unknown[]>;
    if (statement.readonly) return statement;
    for (const how of ['run', 'get', 'all'] as const) {
      const work = statement[how].bind(statement) as (...given: unknown[]) => unknown;
      Object.defineProperty(statement, how, {
        value: (...given: unknown[]) => {
          before();
          return work(...given);
        },
      });
    }
    return statement;
  };
  Object.defineProperty(sqlite, 'prepare', { value: watched });
}

interface RunParts {
  readonly database: DesktopDatabase;
  readonly name: string;
  readonly userId: UserId;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly hub: SyncHub;
  readonly fault: (message: string) => void;
  readonly newId: () => string;
}

async function run({ database, name, userId: user, clock, chance, hub, fault, newId }: RunParts) {
  const country = () => 'GB' as const;
  const log = {
    warn: (message: string, facts: Record<string, unknown>) => {
      // Refusals and an absent hub are part of the game; an error that nobody expected is not.
      if ('error' in facts && !(facts.error instanceof Killed)) fault(`${message}: ${String(facts.error)}`);
    },
    error: (message: string, facts: Record<string, unknown>) => {
      if (!(facts.error instanceof Killed)) fault(`${message}: ${String(facts.error)}`);
    },
  };
  const stores = openRecordStores(database, country);
  const outbox = createSyncOutbox(database, stores, clock, () => ({ userId: user, hub: 'team' }));
  const sync = createSync({
    database,
    stores,
    outbox,
    hub,
    clock,
    random: chance,
    country,
    recordsChanged: () => undefined,
    log,
    // Each row in a transaction of its own: a kill may come between any two.
    writer: createSyncWriter(database, { pause: () => Promise.resolve(), holdMs: -1 }),
  });
  const changes = new RecordChanges(clock, log);
  const lookup = {
    known: () => [],
    find: () => null,
    ask: () => undefined,
  };
  const agent = { current: () => ({ userId: user, displayName: `${name} of the simulation` }) };
  const writing = createRecordWriting({ store: stores.records, outbox, lookup, changes, clock });
  const notAsked = () => Promise.reject(new Error('The simulation asks for no list.'));
  const service = new RecordsService({
    store: stores.records,
    notes: stores.notes,
    syncedCalls: stores.syncedCalls,
    ownCalls: openRecordPageStore(database),
    listSettings: openListSettingsStore(database),
    unsaved: openUnsavedStore(database),
    reader: { list: notAsked, choices: notAsked },
    changes,
    writing,
    outbox: { add: (mutation, options) => void outbox.add(mutation, options), callState: () => 'sent' },
    names: { ofUser: (id) => id, ofProject: (id) => id },
    agent,
    country,
    clock,
    newId,
  });
  return { ...stores, database, outbox, sync, writing, service, agent };
}

export type { MutationId, RecordId };
