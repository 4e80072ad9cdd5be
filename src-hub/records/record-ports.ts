// What records tell of in the transaction that changes them: to orders that go by their numbers, to the automations. Asked for
// by the record service and the stores of imports; given by compose.ts.
import type { RecordId } from '#shared/domain/ids.ts';
import type { Happenings } from '../automations/happenings.ts';
import type { RecordsDatabase } from './record-store.ts';

/** The number that is dialled first is another one, and what goes by it is to be looked at. */
export type NumbersChanged = (db: RecordsDatabase, ids: readonly RecordId[]) => Promise<void>;

export type RecordHappenings = Pick<Happenings, 'callReported' | 'recordsCreated'>;
