// How orders come into line, as whoever writes orders asks for it; src-hub/dial-up/placing.ts does it.
import type { OrderId } from '#shared/domain/ids.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { NewOrder } from '../dial-up/placing.ts';

export interface Placing {
  /**
   * @param db the transaction that has written the orders, or what decides about their place. At most a thousand at once.
   * @param entered they came into their status just now, and wait there unprocessed; otherwise what is in line keeps its
   * bucket and its time.
   */
  place(db: HubDatabase, orderIds: readonly OrderId[], entered?: boolean): Promise<void>;
  /** As `place` for orders that this transaction has just made, of which nothing need be read. */
  placeNew(db: HubDatabase, orders: readonly NewOrder[]): Promise<void>;
  /** Orders of persons who have one of these numbers. @returns them. */
  placeNumbers(db: HubDatabase, numbers: readonly string[]): Promise<OrderId[]>;
}
