// API keys: made by a super admin, told once, shown by programs to REST, taken away. Each does what its scopes name.
import { randomUUID } from 'node:crypto';
import type { ApiKey, ApiScope } from '#shared/admin/system-contract.ts';
import { type ApiKeyId, apiKeyId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { hashOfToken, newToken } from '../accounts/opaque-token.ts';
import type { Actor, AuditedChange } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import type { ApiKeyStore } from './api-key-store.ts';

/** Found by programs that look for leaked keys, and by people who wonder what a text is. */
const keyPrefix = 'offhook_';
/** When a key was last used is kept to the minute: not every request is a write. */
const usedToTheMs = 60_000;

export interface ApiKeyServiceParts {
  readonly store: ApiKeyStore;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
}

export class ApiKeyService {
  readonly #parts: ApiKeyServiceParts;

  constructor(parts: ApiKeyServiceParts) {
    this.#parts = parts;
  }

  list(): Promise<ApiKey[]> {
    return this.#parts.store.all();
  }

  /** @returns the key itself too, which is kept nowhere. @throws CommandFailed 'nameTaken'. */
  async add(
    actor: Actor,
    wanted: { name: string; scopes: readonly ApiScope[] },
  ): Promise<{ key: string; apiKey: ApiKey }> {
    const { store, clock, changes } = this.#parts;
    const key = `${keyPrefix}${newToken()}`;
    const apiKey: ApiKey = {
      id: apiKeyId.parse(randomUUID()),
      name: wanted.name,
      scopes: [...new Set(wanted.scopes)],
      madeAtMs: clock.nowMs(),
      lastUsedAtMs: null,
    };
    const change = changeOf(actor, 'apiKey.add', apiKey, {}, shown(apiKey));
    if (!(await store.add(apiKey, hashOfToken(key), change))) {
      throw new CommandFailed(
        'nameTaken',
        'There is an API key of this name. Nothing was made; take another.',
      );
    }
    changes.tell('apiKeys');
    return { key, apiKey };
  }

  /** @throws CommandFailed 'noSuchKey'. */
  async remove(actor: Actor, id: ApiKeyId): Promise<void> {
    const { store, clock, changes } = this.#parts;
    const removal = (key: ApiKey) => changeOf(actor, 'apiKey.remove', key, shown(key), {});
    if (!(await store.remove(id, removal, clock.nowMs()))) {
      throw new CommandFailed('noSuchKey', 'This API key is no longer there.');
    }
    changes.tell('apiKeys');
  }

  /** @param key as a program showed it. @returns null where it is none, or none any more. */
  async recognise(key: string): Promise<ApiKey | null> {
    const { store, clock } = this.#parts;
    if (!key.startsWith(keyPrefix)) return null;
    const found = await store.byHash(hashOfToken(key));
    const nowMs = clock.nowMs();
    if (found && nowMs - (found.lastUsedAtMs ?? 0) >= usedToTheMs) await store.used(found.id, nowMs);
    return found;
  }
}

function shown({ name, scopes }: ApiKey): Record<string, unknown> {
  return { name, scopes };
}

function changeOf(
  actor: Actor,
  action: string,
  { id, name }: ApiKey,
  before: AuditedChange['before'],
  after: AuditedChange['after'],
): AuditedChange {
  return { actor, action, subject: { kind: 'apiKey', id, name }, before, after };
}
