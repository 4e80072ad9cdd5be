// Puts orders into line anew where a change concerns all that stand in a status or mode: a thousand at a time, so that a
// hundred thousand do not hold up the hub. What is to be done is kept with the change, and gone on with at the next start.
import type { FreeMode } from '#shared/domain/dial-up.ts';
import type { OrderId, OrderStatusId } from '#shared/domain/ids.ts';
import type { BackgroundWork } from '../background-work.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubDatabase } from '../database/open-database.ts';
import { InTurn } from '../in-turn.ts';
import { type PlacingAnewStore, toPlace } from './placing-anew-store.ts';
import type { Placing } from './placing-port.ts';

export interface PlacingAnewParts {
  readonly store: PlacingAnewStore;
  readonly placing: Pick<Placing, 'place'>;
  readonly changes: CompanyChanges;
  readonly background: BackgroundWork;
}

const atOnce = 1_000;

export class PlacingAnew {
  readonly #parts: PlacingAnewParts;
  readonly #turns = new InTurn<'placing'>();
  #stopping = false;

  constructor(parts: PlacingAnewParts) {
    this.#parts = parts;
  }

  /** What runs stops after the orders it is at. */
  close(): void {
    this.#stopping = true;
  }

  /** @param db the transaction of the change. */
  async remember(
    db: HubDatabase,
    concerned: { readonly statusIds?: readonly OrderStatusId[]; readonly modes?: readonly FreeMode[] },
  ): Promise<void> {
    await this.#parts.store.add(db, toPlace(concerned.statusIds ?? [], concerned.modes));
  }

  /** @returns once the first thousand are done; the others follow. */
  async go(): Promise<void> {
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    const all = this.#turns.run('placing', () => this.#run(resolve));
    this.#parts.background.run('placing orders anew', all);
    await Promise.race([begun, all]);
  }

  async #run(begun: () => void): Promise<void> {
    const { store, changes } = this.#parts;
    const due = await store.all();
    for (const which of due) {
      let after: OrderId | null = null;
      for (;;) {
        if (this.#stopping) return;
        const ids = await store.next(which, after, atOnce);
        const last = ids.at(-1);
        if (last === undefined) break;
        await store.inTransaction((db) => this.#parts.placing.place(db, ids));
        changes.tell('orders');
        begun();
        after = last;
        if (ids.length < atOnce) break;
      }
    }
    if (due.length > 0) await store.done(due);
  }
}
