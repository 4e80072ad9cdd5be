// The audit log as it is read: newest first, a page at a time, and as much of it as the asker may see.
import type { AuditEntry } from '#shared/admin/system-contract.ts';
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import type { AuditQuestion, AuditStore } from './audit-store.ts';

export class AuditService {
  readonly #store: AuditStore;
  readonly #scopeOf: ScopeOf;

  constructor(store: AuditStore, scopeOf: ScopeOf) {
    this.#store = store;
    this.#scopeOf = scopeOf;
  }

  async list(
    asker: Pick<UserView, 'userId' | 'accountType'>,
    question: Omit<AuditQuestion, 'within'>,
  ): Promise<{ entries: AuditEntry[]; more: boolean }> {
    const scope = await this.#scopeOf(asker);
    const text = question.text.trim();
    const found = await this.#store.list({ ...question, text, within: scope === 'all' ? null : scope });
    return { entries: found.slice(0, question.limit), more: found.length > question.limit };
  }
}
