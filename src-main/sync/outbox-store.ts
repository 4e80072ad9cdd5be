// The rows of what this desktop is still to tell the hub, and of what it told lately. Synchronous, so that a row can be
// part of the transaction of what it tells of. Used by outbox.ts and by the sync service.
import { sql } from 'kysely';
import type { CallId, MutationId, RecordId, UserId } from '#shared/domain/ids.ts';
import type { Mutation } from '#shared/hub/sync-contract.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { asText, prepare } from '../database/prepared.ts';
import type { HubKind, OutboxTable } from '../database/tables.ts';
import { asOne } from '../database/way.ts';

/** Whose mutations, and for which hub. */
export interface Whose {
  readonly userId: UserId;
  readonly hub: HubKind;
}

/** One mutation as it waits here, or as it was answered. */
export interface Kept extends Whose {
  readonly mutationId: MutationId;
  readonly sequence: number;
  readonly madeAtMs: number;
  readonly mutation: Mutation;
  readonly recordId: RecordId | null;
  readonly callId: CallId | null;
  readonly undoUntilMs: number | null;
  readonly state: OutboxTable['state'];
  readonly attempts: number;
  readonly reason: string | null;
  /** Where it stands in the hub's order, once it was answered. */
  readonly at: string | null;
  /** Of a conflict, as JSON. */
  readonly conflict: string | null;
}

export interface Answer {
  readonly mutationId: MutationId;
  readonly state: Exclude<OutboxTable['state'], 'waiting'>;
  readonly reason: string | null;
  readonly at: string;
  readonly conflict: string | null;
  readonly answeredAtMs: number;
}

/** The reason of a refusal that is the hub's own failure: set aside, and sent again at the next connection. */
export const hubFails = 'hubFails';
/** As `undoUntilMs` of what could be undone, and was sent. */
export const undoIsOver = 0;

export type OutboxStore = ReturnType<typeof openOutboxStore>;
/** In the statement's text: a partial index is used only where its condition is seen to hold. */
const isApplied = sql.lit('applied' as const);
type Named<Row> = Row & Readonly<Record<string, string | number | null>>;

export function openOutboxStore({ sqlite, kysely }: DesktopDatabase) {
  const count = prepare(sqlite).as(() =>
    kysely
      .updateTable('outbox_counter')
      .set((row) => ({ sequence: row('sequence', '+', 1) }))
      .where('id', '=', 1)
      .returning('sequence'),
  );
  const insert = prepare<Named<OutboxTable>>(sqlite).as((given) =>
    kysely.insertInto('outbox').values({
      mutation_id: given('mutation_id'),
      sequence: given('sequence'),
      user_id: given('user_id'),
      hub: given('hub'),
      made_at_ms: given('made_at_ms'),
      kind: given('kind'),
      mutation: given('mutation'),
      record_id: given('record_id'),
      call_id: given('call_id'),
      undo_until_ms: given('undo_until_ms'),
      state: given('state'),
      attempts: given('attempts'),
      reason: given('reason'),
      at: given('at'),
      conflict: given('conflict'),
      answered_at_ms: given('answered_at_ms'),
    }),
  );
  const unsettled = kysely
    .selectFrom('outbox')
    .selectAll()
    .where('state', '<>', isApplied)
    .orderBy('sequence');
  const stillWaiting = unsettled.where('state', '=', sql.lit('waiting' as const));
  const waiting = prepare<{ userId: UserId; hub: HubKind; after: number; limit: number }>(sqlite).as(
    (given) =>
      stillWaiting
        .where('user_id', '=', asText(given('userId')))
        .where('hub', '=', asText(given('hub')))
        .where('sequence', '>', given('after'))
        // What is about a record that the hub does not have would be refused for good.
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('outbox as aside')
                .select('aside.sequence')
                .where('aside.state', '<>', isApplied)
                .whereRef('aside.record_id', '=', 'outbox.record_id')
                .where('aside.kind', '=', sql.lit('record.create' as const))
                .where('aside.reason', '=', sql.lit(hubFails)),
            ),
          ),
        )
        .limit(given('limit')),
  );
  const ofKind = prepare<{ userId: UserId; hub: HubKind; kind: Mutation['kind'] }>(sqlite).as((given) =>
    stillWaiting
      .where('user_id', '=', asText(given('userId')))
      .where('hub', '=', asText(given('hub')))
      .where('kind', '=', asText(given('kind'))),
  );
  const open = prepare<{ limit: number }>(sqlite).as((given) => unsettled.limit(given('limit')));
  const counted = prepare(sqlite).as(() =>
    kysely
      .selectFrom('outbox')
      .select((row) => ['state', row.fn.countAll<number>().as('count')])
      .where('state', '<>', isApplied)
      .groupBy('state'),
  );
  const ofRecord = prepare<{ recordId: RecordId }>(sqlite).as((given) =>
    unsettled.where('record_id', '=', asText(given('recordId'))),
  );
  const anyOpen = prepare(sqlite).as(() => unsettled.clearSelect().select('sequence').limit(1));
  const ofCall = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely
      .selectFrom('outbox')
      .selectAll()
      .where('call_id', '=', asText(given('callId')))
      .orderBy('sequence'),
  );
  const find = prepare<{ mutationId: MutationId }>(sqlite).as((given) =>
    kysely.selectFrom('outbox').selectAll().where('mutation_id', '=', given('mutationId')),
  );
  const forget = prepare<{ mutationId: MutationId }>(sqlite).as((given) =>
    kysely.deleteFrom('outbox').where('mutation_id', '=', given('mutationId')),
  );
  const closeUndo = prepare<{ mutationId: MutationId }>(sqlite).as((given) =>
    kysely
      .updateTable('outbox')
      .set({ undo_until_ms: undoIsOver })
      .where('mutation_id', '=', given('mutationId')),
  );
  const tried = prepare<{ mutationId: MutationId }>(sqlite).as((given) =>
    kysely
      .updateTable('outbox')
      .set((row) => ({ attempts: row('attempts', '+', 1) }))
      .where('mutation_id', '=', given('mutationId')),
  );
  const answer = prepare<Named<Answer>>(sqlite).as((given) =>
    kysely
      .updateTable('outbox')
      .set({
        state: given('state'),
        reason: given('reason'),
        at: given('at'),
        conflict: given('conflict'),
        answered_at_ms: given('answeredAtMs'),
      })
      .where('mutation_id', '=', given('mutationId')),
  );
  const applied = prepare<{ hub: HubKind }>(sqlite).as((given) =>
    kysely
      .selectFrom('outbox')
      .select(['mutation_id', 'record_id', 'at'])
      .where('state', '=', isApplied)
      .where('hub', '=', asText(given('hub')))
      .orderBy('sequence'),
  );
  const lastApplied = prepare<{ hub: HubKind }>(sqlite).as((given) =>
    kysely
      .selectFrom('outbox')
      .select('at')
      .where('state', '=', isApplied)
      .where('hub', '=', asText(given('hub')))
      .orderBy('answered_at_ms', 'desc')
      .orderBy('sequence', 'desc')
      .limit(1),
  );
  const again = prepare<{ mutationId: MutationId }>(sqlite).as((given) =>
    kysely
      .updateTable('outbox')
      .set({ state: 'waiting', at: null, answered_at_ms: null, reason: null })
      .where('mutation_id', '=', given('mutationId')),
  );
  const forgetApplied = prepare<{ beforeMs: number; limit: number }>(sqlite).as((given) =>
    kysely
      .deleteFrom('outbox')
      .where('mutation_id', 'in', (query) =>
        query
          .selectFrom('outbox')
          .select('mutation_id')
          .where('state', '=', isApplied)
          .where('answered_at_ms', '<', given('beforeMs'))
          .limit(given('limit')),
      ),
  );

  const setAside = prepare<{ hub: HubKind }>(sqlite).as((given) =>
    unsettled
      .where('state', '=', sql.lit('refused' as const))
      .where('reason', '=', hubFails)
      .where('hub', '=', asText(given('hub'))),
  );

  const atWork = prepare<Named<Whose>>(sqlite).as((given) =>
    kysely
      .updateTable('outbox_counter')
      .set({ user_id: given('userId'), hub: given('hub') })
      .where('id', '=', 1),
  );
  const lastAtWork = prepare(sqlite).as(() =>
    kysely.selectFrom('outbox_counter').select(['user_id', 'hub']).where('id', '=', 1),
  );

  return {
    /** From now on. @throws SqliteError */
    atWork(whose: Whose): void {
      atWork.run({ ...whose });
    },
    lastAtWork(): Whose | null {
      const { user_id: userId, hub } = lastAtWork.get({}) ?? { user_id: null, hub: null };
      return userId === null || hub === null ? null : { userId, hub };
    },
    /** @returns its sequence. @throws SqliteError */
    add(row: Omit<OutboxTable, 'sequence'>): number {
      const sequence = count.get({})?.sequence;
      if (sequence === undefined) throw new Error('The outbox has lost its counter.');
      insert.run({ ...row, sequence });
      return sequence;
    },
    /** What may be sent, in their order. @param after only what has a greater sequence */
    waiting: ({ userId, hub }: Whose, limit: number, after = 0): Kept[] =>
      waiting.all({ userId, hub, after, limit }).map(kept),
    /** What waits of one kind, in their order. */
    ofKind: ({ userId, hub }: Whose, kind: Mutation['kind']): Kept[] =>
      ofKind.all({ userId, hub, kind }).map(kept),
    /** All that is not applied, whoever's, in their order. */
    open: (limit: number): Kept[] => open.all({ limit }).map(kept),
    counts(): Readonly<Record<'waiting' | 'conflict' | 'refused', number>> {
      const counts = { waiting: 0, conflict: 0, refused: 0 };
      for (const { state, count: many } of counted.all({})) if (state !== 'applied') counts[state] = many;
      return counts;
    },
    /** Whether there is anything that is not applied. */
    hasOpen: (): boolean => anyOpen.get({}) !== undefined,
    /** What is not applied of a record, in their order. */
    ofRecord: (recordId: RecordId): Kept[] => ofRecord.all({ recordId }).map(kept),
    ofCall: (callId: CallId): Kept[] => ofCall.all({ callId }).map(kept),
    find(mutationId: MutationId): Kept | null {
      const row = find.get({ mutationId });
      return row ? kept(row) : null;
    },
    /** @throws SqliteError */
    forget(mutationId: MutationId): void {
      forget.run({ mutationId });
    },
    /** They are about to be sent: whatever a clock says later, they cannot be taken back. @throws SqliteError */
    closeUndo(mutationIds: readonly MutationId[]): void {
      sqlite.transaction(() => {
        for (const mutationId of mutationIds) closeUndo.run({ mutationId });
      })();
    },
    /** They were sent, and no answer came. @throws SqliteError */
    tried(mutationIds: readonly MutationId[]): void {
      asOne(sqlite, () => {
        for (const mutationId of mutationIds) tried.run({ mutationId });
      });
    },
    /** @throws SqliteError */
    answered(told: Answer): void {
      answer.run({ ...told });
    },
    /** What this hub has said to have, in the order in which it was made. */
    applied: (hub: HubKind): { mutationId: MutationId; recordId: RecordId | null; at: string | null }[] =>
      applied
        .all({ hub })
        .map(({ mutation_id, record_id, at }) => ({ mutationId: mutation_id, recordId: record_id, at })),
    /** Where the hub stood when it last took something of this desktop. */
    lastApplied: (hub: HubKind): string | null => lastApplied.get({ hub })?.at ?? null,
    /** What this hub failed at, whoever's, in their order. */
    setAside: (hub: HubKind): Kept[] => setAside.all({ hub }).map(kept),
    /** To be sent once more. @throws SqliteError */
    sendAgain(mutationId: MutationId): void {
      again.run({ mutationId });
    },
    /** @returns how many went. @throws SqliteError */
    forgetApplied: (beforeMs: number, limit: number): number =>
      forgetApplied.run({ beforeMs, limit }).changes,
  };
}

function kept(row: OutboxTable): Kept {
  return {
    mutationId: row.mutation_id,
    sequence: row.sequence,
    userId: row.user_id,
    hub: row.hub,
    madeAtMs: row.made_at_ms,
    // It was checked when it was written, and nobody else writes here.
    mutation: JSON.parse(row.mutation) as Mutation,
    recordId: row.record_id,
    callId: row.call_id,
    undoUntilMs: row.undo_until_ms,
    state: row.state,
    attempts: row.attempts,
    reason: row.reason,
    at: row.at,
    conflict: row.conflict,
  };
}
