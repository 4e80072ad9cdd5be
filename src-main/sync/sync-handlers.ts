// The wire's side of syncing for the windows, and its news to them. Decides nothing: the services do.
import type { syncViewCommands } from '#shared/desktop/sync-view-contract.ts';
import type { DesktopWire } from '../desktop-wire/desktop-wire.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { SyncPeopleService } from './sync-people-service.ts';
import type { SyncService } from './sync-service.ts';

export function syncHandlers(
  sync: SyncService,
  people: SyncPeopleService,
): DomainHandlers<typeof syncViewCommands> {
  return {
    'sync.get': () => sync.view(),
    'sync.items': () => people.items(),
    'sync.conflicts': () => people.conflicts(),
    'sync.resolve': ({ mutationId, choices }) => {
      people.resolve(mutationId, choices);
      return null;
    },
    'sync.now': () => {
      sync.now();
      return null;
    },
    'sync.putAway': ({ mutationId }) => {
      people.putAway(mutationId);
      return null;
    },
  };
}

export function announceSync(sync: SyncService, tell: DesktopWire['tell']): void {
  sync.onChanged((view) => tell('sync.changed', view));
}
