// Builds the calls' own objects, once, in the order in which they need each other. Called by compose.ts and by tests.
import type { CallId } from '#shared/domain/ids.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { diskTroubleOf } from '../database/database-errors.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { CallDesk } from './call-desk.ts';
import type {
  Agent,
  CallerDirectory,
  CallForms,
  CallRecords,
  Colleagues,
  Dispositions,
  Microphone,
  NumberFormat,
  OfferReporter,
  PhoneState,
  Projects,
} from './call-desk-ports.ts';
import { CallFormDesk } from './call-form-desk.ts';
import { CallJournal } from './call-journal.ts';
import { type CallStore, openCallStore } from './call-store.ts';
import type { Clock } from './clock.ts';
import { openDialogStore } from './dialog-store.ts';
import { Drafts } from './drafts.ts';
import { Filing } from './filing.ts';
import { Finishing } from './finishing.ts';
import { LeftOverCalls } from './left-over-calls.ts';
import { OpenDialogs } from './open-dialogs.ts';
import { OrderCalls } from './order-calls.ts';
import type { TelephonyPort } from './telephony-port.ts';

export interface CallsParts {
  readonly database: DesktopDatabase;
  readonly telephony: TelephonyPort;
  readonly clock: Clock;
  readonly hub: OfferReporter;
  readonly directory: CallerDirectory;
  readonly colleagues: Colleagues;
  readonly projects: Projects;
  readonly dispositions: Dispositions;
  readonly callForms: CallForms;
  readonly records: CallRecords;
  readonly numbers: NumberFormat;
  readonly microphone: Microphone;
  readonly phone: PhoneState;
  readonly agent: Agent;
  readonly log: WireLog;
  readonly newCallId: () => CallId;
}

export interface Calls {
  readonly desk: CallDesk;
  readonly drafts: Drafts;
  readonly finishing: Finishing;
  readonly forms: CallFormDesk;
  readonly filing: Filing;
  readonly store: CallStore;
  readonly ofOrders: OrderCalls;
}

/** Calls that the last run left alive are ended first: before any window asks, and before another can begin. */
export function createCalls(parts: CallsParts): Calls {
  const store = openCallStore(parts.database);
  const journal = new CallJournal({ ...parts, store });
  const forms = new CallFormDesk(parts);
  const filing = new Filing({ ...parts, store });
  const drafts = new Drafts({ ...parts, store, journal, filing });
  const finishing = new Finishing({ ...parts, store, journal, drafts, forms, filing });
  const openDialogs = new OpenDialogs({ ...parts, store: openDialogStore(parts.database) });
  const leftOver = new LeftOverCalls({ ...parts, store, forms, filing });
  restore(parts, { finishing, openDialogs, leftOver });
  const desk = new CallDesk({ ...parts, journal, drafts, finishing, forms, openDialogs, leftOver });
  const ofOrders = new OrderCalls({ ...parts, desk, drafts, finishing, filing, store });
  return { desk, drafts, finishing, forms, filing, store, ofOrders };
}

/** A disk that takes no writing must not keep the phone from ringing: what is alive on disk then waits for a next start. */
function restore(
  { telephony, log }: CallsParts,
  of: { finishing: Finishing; openDialogs: OpenDialogs; leftOver: LeftOverCalls },
): void {
  try {
    of.leftOver.endAll(of.openDialogs.endLeftOver(telephony));
    of.finishing.watchUndosOfBefore();
  } catch (error) {
    if (diskTroubleOf(error) === null) throw error;
    log.error('calls: the calls of the last run could not be closed', { error });
  }
}
