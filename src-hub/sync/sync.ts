// Builds what keeps desktops and the hub the same. Called by compose.ts, which starts it once users are known.
import { randomUUID } from 'node:crypto';
import type { UserId } from '#shared/domain/ids.ts';
import type { SyncScope } from '#shared/hub/sync-contract.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { DatabasePlace, HubDatabase } from '../database/open-database.ts';
import type { OutcomeService } from '../dial-up/outcome-service.ts';
import type { HubLog } from '../hub-log.ts';
import type { OpenProjectService } from '../projects/open-project-service.ts';
import type { RecordService } from '../records/record-service.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import { EraStore } from './era-store.ts';
import { PullService } from './pull-service.ts';
import { PullStore } from './pull-store.ts';
import { PushService } from './push-service.ts';
import { PushStore } from './push-store.ts';
import { syncHandlers } from './sync-handlers.ts';
import { SyncNews } from './sync-news.ts';
import { onStamped, syncChannel } from './sync-stamp-store.ts';

export interface SyncParts {
  readonly db: HubDatabase;
  readonly place: DatabasePlace;
  readonly records: RecordService;
  readonly outcomes: Pick<OutcomeService, 'apply' | 'applyAll' | 'committed'>;
  readonly users: UserDirectory;
  readonly open: Pick<OpenProjectService, 'of'>;
  readonly live: LiveConnections;
  readonly log: HubLog;
}

export interface Sync {
  readonly handlers: Pick<HubHandlers, 'sync.push' | 'sync.pull'>;
  /** What a user may see, as the database says now. */
  seesOf(userId: UserId): Promise<(scope: SyncScope) => boolean>;
  close(): Promise<void>;
}

export async function buildSync({
  db,
  place,
  records,
  outcomes,
  users,
  open,
  live,
  log,
}: SyncParts): Promise<Sync> {
  const eras = new EraStore(db);
  await eras.begin(randomUUID());
  const store = new PullStore(db);
  const pull = new PullService(store, eras, (userId) => users.byId(userId)?.accountType === 'superAdmin');
  const news = new SyncNews(await eras.head(), {
    changedSince: (seq) => store.changedSince(seq),
    hasOpen(userId, scope) {
      const { primaryId, secondaryIds } = open.of(userId);
      return primaryId === scope || secondaryIds.some((id) => id === scope);
    },
    live,
    log,
  });
  const unheard = 'sqlite' in place ? onStamped(db, news.sign) : await listen(place.postgres, news.sign, log);
  return {
    handlers: syncHandlers(
      new PushService({ store: new PushStore(db), records, outcomes, scopes: pull, log }),
      pull,
    ),
    seesOf: (userId) => pull.seesOf(userId),
    async close() {
      await unheard();
      await news.close();
    },
  };
}

/** Loaded only where it is wanted, as the database's driver is. */
async function listen(url: string, heard: () => void, log: HubLog): Promise<() => Promise<void>> {
  const { listenToPostgres } = await import('../database/postgres-listener.ts');
  return listenToPostgres(url, syncChannel, { heard, log });
}
