// How far each scope was pulled, and from which hub. Synchronous, so that a cursor is saved with the rows that it stands
// for. Used by sync-writer.ts and sync-service.ts.
import type { SyncScope } from '#shared/hub/sync-contract.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import type { HubKind, SyncCursorTable } from '../database/tables.ts';

export interface ScopeCursor {
  readonly scope: SyncScope;
  readonly hub: HubKind;
  readonly cursor: string | null;
  readonly sameAtMs: number | null;
}

export type CursorStore = ReturnType<typeof openCursorStore>;
type Scope = SyncCursorTable['scope'];

export function openCursorStore({ sqlite, kysely }: DesktopDatabase) {
  const all = prepare(sqlite).as(() => kysely.selectFrom('sync_cursor').selectAll().orderBy('scope'));
  const find = prepare<{ scope: Scope }>(sqlite).as((given) =>
    kysely.selectFrom('sync_cursor').select('scope').where('scope', '=', given('scope')),
  );
  const keep = prepare<{ scope: Scope; hub: HubKind; cursor: string | null; sameAtMs: number | null }>(
    sqlite,
  ).as((given) =>
    kysely
      .insertInto('sync_cursor')
      .values({
        scope: given('scope'),
        hub: given('hub'),
        cursor: given('cursor'),
        same_at_ms: given('sameAtMs'),
      })
      .onConflict((conflict) =>
        conflict.column('scope').doUpdateSet((row) => ({
          hub: row.ref('excluded.hub'),
          cursor: row.ref('excluded.cursor'),
          same_at_ms: row.fn.coalesce('excluded.same_at_ms', 'sync_cursor.same_at_ms'),
        })),
      ),
  );
  const beginAnew = prepare(sqlite).as(() => kysely.updateTable('sync_cursor').set({ cursor: null }));
  const beginAnewOf = prepare<{ scope: Scope }>(sqlite).as((given) =>
    kysely.updateTable('sync_cursor').set({ cursor: null }).where('scope', '=', given('scope')),
  );
  const forget = prepare<{ scope: Scope }>(sqlite).as((given) =>
    kysely.deleteFrom('sync_cursor').where('scope', '=', given('scope')),
  );
  return {
    all: (): ScopeCursor[] =>
      all.all({}).map((row) => ({
        scope: row.scope === '' ? null : row.scope,
        hub: row.hub,
        cursor: row.cursor,
        sameAtMs: row.same_at_ms,
      })),
    has: (scope: SyncScope): boolean => find.get({ scope: scope ?? '' }) !== undefined,
    /** @param sameAtMs null leaves it as it was. @throws SqliteError */
    keep({ scope, ...rest }: ScopeCursor): void {
      keep.run({ scope: scope ?? '', ...rest });
    },
    /** All scopes are pulled from the beginning. @throws SqliteError */
    beginAnew(): void {
      beginAnew.run({});
    },
    /** As `beginAnew`, of one. @throws SqliteError */
    beginAnewOf(scope: SyncScope): void {
      beginAnewOf.run({ scope: scope ?? '' });
    },
    /** @throws SqliteError */
    forget(scope: SyncScope): void {
      forget.run({ scope: scope ?? '' });
    },
  };
}
