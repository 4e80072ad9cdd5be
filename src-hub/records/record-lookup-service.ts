// Who has a number, for a desktop that knows nobody with it while its phone rings. Called by record-lookup-handlers.ts.
import type { CountryCode } from 'libphonenumber-js';
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { RecordListStore } from './record-list-store.ts';
import { readRecordNumber } from './record-number.ts';

export interface RecordLookupParts {
  readonly store: Pick<RecordListStore, 'withNumber'>;
  /** In which a number is read that has no country's code. */
  readonly country: () => CountryCode | null;
  /** What a user may see, as it is now. */
  readonly seesOf: (userId: UserId) => Promise<(scope: ProjectId | null) => boolean>;
}

const mostTold = 20;
/** Of a number that very many have (a switchboard), so many are looked at. */
const mostRead = 200;

export class RecordLookupService {
  readonly #parts: RecordLookupParts;

  constructor(parts: RecordLookupParts) {
    this.#parts = parts;
  }

  /** Those that the user may see, the last changed first. */
  async lookup(userId: UserId, written: string): Promise<WholeRecord[]> {
    const { store, country, seesOf } = this.#parts;
    const { number } = readRecordNumber(written, country());
    if (number === '') return [];
    const [sees, found] = await Promise.all([seesOf(userId), store.withNumber(number, mostRead)]);
    return found.filter(({ projectId }) => sees(projectId)).slice(0, mostTold);
  }
}
