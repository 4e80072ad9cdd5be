// Tells the rest of the hub, in the same process, that something of the company has changed: the directory of people,
// agents' work and the admin windows listen, and ask anew. Told by each service after its transaction has been committed;
// who may see what changed is decided by whoever hands the news on. company-news.ts carries it to other hubs on the same
// database, and brings theirs.
import type { z } from 'zod';
import type { adminEvents } from '#shared/admin/admin-contract.ts';
import type { HubLog } from './hub-log.ts';

export type CompanyChangeKind = z.output<(typeof adminEvents)['admin.changed']>['kind'];

export interface CompanyChanges {
  /** @returns stops the telling. */
  onChanged(listener: (kind: CompanyChangeKind, from: 'here' | 'elsewhere') => void): () => void;
  /** @param from another hub has changed it, and what is in memory here was read anew. */
  tell(kind: CompanyChangeKind, from?: 'here' | 'elsewhere'): void;
}

/** A listener that fails is logged; the others hear of the change all the same. */
export function createCompanyChanges(log: HubLog): CompanyChanges {
  const listeners = new Set<(kind: CompanyChangeKind, from: 'here' | 'elsewhere') => void>();
  return {
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(kind, from = 'here') {
      for (const listener of [...listeners]) {
        try {
          listener(kind, from);
        } catch (error) {
          log.error('company changes: a listener failed', { kind, error });
        }
      }
    },
  };
}
