// API keys at rest: only their hashes, so that a copied database opens nothing.
import { z } from 'zod';
import { type ApiKey, apiScope } from '#shared/admin/system-contract.ts';
import type { ApiKeyId } from '#shared/domain/ids.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';

export class ApiKeyStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async all(): Promise<ApiKey[]> {
    const rows = await this.#db.selectFrom('api_key').selectAll().orderBy('name').execute();
    return rows.map(toApiKey);
  }

  async byHash(keyHash: string): Promise<ApiKey | null> {
    const row = await this.#db
      .selectFrom('api_key')
      .selectAll()
      .where('key_hash', '=', keyHash)
      .executeTakeFirst();
    return row ? toApiKey(row) : null;
  }

  /** @returns false where the name is taken. */
  async add(key: ApiKey, keyHash: string, change: AuditedChange): Promise<boolean> {
    return await this.#db.transaction().execute(async (db) => {
      const added = await db
        .insertInto('api_key')
        .values({
          id: key.id,
          name: key.name,
          key_hash: keyHash,
          scopes: key.scopes.join(' '),
          made_at_ms: key.madeAtMs,
          last_used_at_ms: null,
        })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (added) await appendAudit(db, change, key.madeAtMs);
      return added !== undefined;
    });
  }

  /** @param changeOf the entry for the key as it was. @returns false where there is no such key. */
  async remove(id: ApiKeyId, changeOf: (key: ApiKey) => AuditedChange, atMs: number): Promise<boolean> {
    return await this.#db.transaction().execute(async (db) => {
      const row = await db.deleteFrom('api_key').where('id', '=', id).returningAll().executeTakeFirst();
      if (row) await appendAudit(db, changeOf(toApiKey(row)), atMs);
      return row !== undefined;
    });
  }

  async used(id: ApiKeyId, atMs: number): Promise<void> {
    await this.#db.updateTable('api_key').set({ last_used_at_ms: atMs }).where('id', '=', id).execute();
  }
}

function toApiKey(row: HubTables['api_key']): ApiKey {
  return {
    id: row.id,
    name: row.name,
    scopes: z.array(apiScope).parse(row.scopes.split(' ')),
    madeAtMs: row.made_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
  };
}
