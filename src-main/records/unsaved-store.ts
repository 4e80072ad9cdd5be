// What this user has typed about records and not saved: kept from one keystroke to the next, until it is saved or
// discarded. Used by records-service.ts; erasure-store.ts empties it of an erased person.
import type { UnsavedText } from '#shared/desktop/records-contract.ts';
import type { RecordId, UserId } from '#shared/domain/ids.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';

export interface UnsavedStore {
  of(userId: UserId): UnsavedText[];
  /** @throws SqliteError */
  keep(userId: UserId, text: UnsavedText): void;
  /** @throws SqliteError */
  end(userId: UserId, key: string): void;
}

export function openUnsavedStore({ sqlite, kysely }: DesktopDatabase): UnsavedStore {
  const all = prepare<{ userId: UserId }>(sqlite).as((given) =>
    kysely
      .selectFrom('unsaved_texts')
      .where('user_id', '=', given('userId'))
      .select(['key', 'record_id as recordId', 'content']),
  );
  const put = prepare<{ userId: UserId; key: string; recordId: RecordId | null; content: string }>(sqlite).as(
    (given) =>
      kysely
        .insertInto('unsaved_texts')
        .values({
          user_id: given('userId'),
          key: given('key'),
          record_id: given('recordId'),
          content: given('content'),
        })
        .onConflict((conflict) =>
          conflict.columns(['user_id', 'key']).doUpdateSet({ content: given('content') }),
        ),
  );
  const remove = prepare<{ userId: UserId; key: string }>(sqlite).as((given) =>
    kysely.deleteFrom('unsaved_texts').where('user_id', '=', given('userId')).where('key', '=', given('key')),
  );
  return {
    of: (userId) => all.all({ userId }),
    keep: (userId, text) => void put.run({ userId, ...text }),
    end: (userId, key) => void remove.run({ userId, key }),
  };
}
