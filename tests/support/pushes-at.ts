// A hub's door for what desktops push, over a database of the test's own. Used by tests that have no whole hub.

import type { HubDatabase } from '../../src-hub/database/open-database.ts';
import type { OutcomeService } from '../../src-hub/dial-up/outcome-service.ts';
import type { RecordService } from '../../src-hub/records/record-service.ts';
import type { PullService } from '../../src-hub/sync/pull-service.ts';
import { PushService } from '../../src-hub/sync/push-service.ts';
import { PushStore } from '../../src-hub/sync/push-store.ts';
import { noOrders } from './no-orders.ts';

export function pushesAt(
  db: HubDatabase,
  records: RecordService,
  scopes: PullService,
  outcomes: Pick<OutcomeService, 'apply' | 'applyAll' | 'committed'> = noOrders,
): PushService {
  // What cannot be applied together is made so by these tests on purpose.
  return new PushService({
    store: new PushStore(db),
    records,
    outcomes,
    scopes,
    log: { warn: () => undefined },
  });
}
