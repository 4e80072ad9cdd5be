// Builds the history over the calls' objects. Called by compose.ts and by tests.
import type { CallId } from '#shared/domain/ids.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { Agent, CallerDirectory } from '../calls/call-desk-ports.ts';
import type { Calls } from '../calls/calls.ts';
import type { Clock } from '../calls/clock.ts';
import type { DesktopDatabase } from '../database/open.ts';
import type { DispositionList, Voicemails } from './history-ports.ts';
import { HistoryService } from './history-service.ts';
import { openHistoryStore } from './history-store.ts';
import { openSearchIndexStore } from './search-index-store.ts';

export interface HistoryParts {
  readonly database: DesktopDatabase;
  readonly calls: Calls;
  readonly clock: Clock;
  readonly directory: CallerDirectory;
  readonly dispositions: DispositionList;
  readonly voicemails: Voicemails;
  readonly agent: Agent;
  readonly log: WireLog;
  readonly newCallId: () => CallId;
}

export function createHistory(parts: HistoryParts): HistoryService {
  const { desk, drafts, finishing, forms, filing, store } = parts.calls;
  return new HistoryService({
    ...parts,
    desk,
    drafts,
    finishing,
    forms,
    filing,
    calls: store,
    store: openHistoryStore(parts.database),
    index: openSearchIndexStore(parts.database),
  });
}
