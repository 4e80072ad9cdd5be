// Hands a desktop what others did, scope by scope, from where it was; and tells it where the hub knows less than it once
// told, since it was restored from a backup.

import type { z } from 'zod';
import type { UserId } from '#shared/domain/ids.ts';
import type { SyncScope, syncCommands } from '#shared/hub/sync-contract.ts';
import { nothingKnown, positionOf, positionText } from '#shared/hub/sync-position.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { EraStore } from './era-store.ts';
import type { PullDatabase, PulledPage, PullStore } from './pull-store.ts';
import { PullTurns } from './pull-turns.ts';

type PullReply = z.output<(typeof syncCommands)['sync.pull']['reply']>;

/** Read in some 3 ms, in which nothing else of the hub is done. */
const sliceRows = 100;

/** Whether a user may see what belongs there. */
export type Sees = (scope: SyncScope) => boolean;

export class PullService {
  readonly #store: PullStore;
  readonly #eras: EraStore;
  readonly #seesAll: (userId: UserId) => boolean;
  readonly #turns = new PullTurns();

  constructor(store: PullStore, eras: EraStore, seesAll: (userId: UserId) => boolean) {
    this.#store = store;
    this.#eras = eras;
    this.#seesAll = seesAll;
  }

  /** As the database says now, whichever hub has changed it. @param db the transaction in which it is asked, if any. */
  async seesOf(userId: UserId, db?: PullDatabase): Promise<Sees> {
    if (this.#seesAll(userId)) return () => true;
    const own = await this.#store.projectsOf(userId, db);
    return (scope) => scope === null || own.has(scope);
  }

  /** @throws CommandFailed 'notAMember' */
  async pull(userId: UserId, scope: SyncScope, cursor: string | null, limit: number): Promise<PullReply> {
    const sees = await this.seesOf(userId);
    if (!sees(scope)) {
      throw new CommandFailed('notAMember', 'You are no member of this project (any more).');
    }
    const from = cursor === null ? null : positionOf(cursor);
    if (cursor !== null) {
      const knownUntil = from ? await this.#eras.lostAfter(from) : nothingKnown;
      if (knownUntil !== null) return { state: 'restored', knownUntil };
    }
    const { changes, seq, left } = await this.#page(scope, from?.seq ?? 0, limit);
    return {
      state: 'changes',
      changes,
      cursor: positionText({ eraId: await this.#eras.newest(), seq }),
      left,
    };
  }

  /** As one page of the store, in slices. What changed between them comes again later, under its new number. */
  async #page(scope: SyncScope, afterSeq: number, limit: number): Promise<PulledPage> {
    const changes: PulledPage['changes'] = [];
    let [seq, left, read] = [afterSeq, 0, 0];
    do {
      await this.#turns.next();
      const rows = Math.min(sliceRows, limit - read);
      const slice = await this.#store.page(scope, seq, rows);
      changes.push(...slice.changes);
      ({ seq, left } = slice);
      read += rows;
    } while (left > 0 && read < limit);
    return { changes, seq, left };
  }
}
