// The records that the hub gave this desktop, kept to say who is calling. Asked while the phone rings, so its one
// statement is compiled once. Written by caller-directory.ts at sign-in.
import type { RecordKind } from '#shared/domain/disposition.ts';
import type { RecordId } from '#shared/domain/ids.ts';
import type { DirectoryRecord } from '#shared/hub/hub-contract.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';

export interface KnownRecord {
  readonly id: RecordId;
  readonly kind: RecordKind;
  readonly name: string;
}

export interface RecordStore {
  /** @param number as comparableNumber makes it; the record that was written last where several have it. */
  findByNumber(number: string): KnownRecord | null;
  /** Takes these for all there are, in one transaction. @throws SqliteError */
  replaceAll(records: readonly DirectoryRecord[]): void;
}

export function openRecordStore({ sqlite, kysely }: DesktopDatabase): RecordStore {
  const byNumber = prepare<{ number: string }>(sqlite).as((given) =>
    kysely
      .selectFrom('record_numbers')
      .innerJoin('records', 'records.id', 'record_numbers.record_id')
      .where('record_numbers.number', '=', given('number'))
      .select(['records.id', 'records.kind', 'records.name'])
      .orderBy('record_numbers.rowid' as never, 'desc')
      .limit(1),
  );
  const forgetNumbers = prepare(sqlite).as(() => kysely.deleteFrom('record_numbers'));
  const forgetRecords = prepare(sqlite).as(() => kysely.deleteFrom('records'));
  const addRecord = prepare<{ id: RecordId; kind: RecordKind; name: string }>(sqlite).as((given) =>
    kysely.insertInto('records').values({ id: given('id'), kind: given('kind'), name: given('name') }),
  );
  const addNumber = prepare<{ recordId: RecordId; number: string }>(sqlite).as((given) =>
    kysely
      .insertInto('record_numbers')
      .values({ record_id: given('recordId'), number: given('number') })
      .onConflict((conflict) => conflict.doNothing()),
  );

  return {
    findByNumber: (number) => byNumber.get({ number }) ?? null,
    replaceAll: sqlite.transaction((records: readonly DirectoryRecord[]) => {
      forgetNumbers.run({});
      forgetRecords.run({});
      for (const { id, kind, name, numbers } of records) {
        addRecord.run({ id, kind, name });
        for (const number of numbers) addNumber.run({ recordId: id, number });
      }
    }),
  };
}
