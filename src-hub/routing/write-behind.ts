// Writes that nobody waits for, in their order, many in one transaction: a call that rings must not wait for a disk, and a
// disk must not be asked to commit for every offer of every call. Used by the offer service.
import type { BackgroundWork } from '../background-work.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubLog } from '../hub-log.ts';

export type Write = (db: HubDatabase) => Promise<void>;

/** So much is gathered before it is written: what a crash loses at most, and a desktop is told later by. */
const gatherMs = 25;
const mostAtOnce = 500;

export class WriteBehind {
  readonly #db: HubDatabase;
  readonly #log: HubLog;
  readonly #background: BackgroundWork;
  #waiting: Write[] = [];
  #writing: Promise<void> | null = null;

  constructor(db: HubDatabase, background: BackgroundWork, log: HubLog) {
    this.#db = db;
    this.#background = background;
    this.#log = log;
  }

  add(write: Write): void {
    this.#waiting.push(write);
    if (this.#writing !== null) return;
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = null;
    });
    this.#background.run('keeping calls and offers', this.#writing);
  }

  /** Resolves when all that was added before is on disk. */
  async written(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async #writeAll(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, gatherMs));
    while (this.#waiting.length > 0) {
      const writes = this.#waiting.splice(0, mostAtOnce);
      try {
        await this.#db.transaction().execute(async (db) => {
          for (const write of writes) await write(db);
        });
      } catch (error) {
        this.#log.warn('routing: calls and offers are written one by one', { error });
        await this.#oneByOne(writes);
      }
    }
  }

  /** One that cannot be kept, as where its user was removed meanwhile, must not take the others with it. */
  async #oneByOne(writes: readonly Write[]): Promise<void> {
    for (const write of writes) {
      try {
        await this.#db.transaction().execute(write);
      } catch (error) {
        this.#log.error('routing: a call or an offer could not be kept', { error });
      }
    }
  }
}
