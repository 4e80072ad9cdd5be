// The wire's side of looking a number up.
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { RecordLookupService } from './record-lookup-service.ts';

export function recordLookupHandlers(lookup: RecordLookupService): Pick<HubHandlers, 'records.lookup'> {
  return {
    'records.lookup': ({ number }, connection) =>
      lookup.lookup(requireSignedIn(connection).user.userId, number),
  };
}
