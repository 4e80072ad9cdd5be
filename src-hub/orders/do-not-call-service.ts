// The do-not-call list, of the whole company (DIAL-10). What changes in it puts the orders concerned into line anew, and
// reaches whoever has one of them on the screen.
import type { CountryCode } from 'libphonenumber-js';
import type { DoNotCallEntry } from '#shared/admin/dial-up-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor, AuditedChange } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import { readRecordNumber } from '../records/record-number.ts';
import { withoutNul } from '../records/record-rows.ts';
import type { DoNotCallStore } from './do-not-call-store.ts';
import type { Placing } from './placing-port.ts';

export interface DoNotCallServiceParts {
  readonly store: DoNotCallStore;
  readonly placing: Pick<Placing, 'placeNumbers'>;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  /** In which a number without its country code is read. */
  country(): CountryCode | null;
}

/** ITU-T E.164 6.1. Short numbers are not listed: emergency numbers are never blocked. */
const inE164 = /^\+[1-9]\d{6,14}$/;
const mostNamed = 20;

export class DoNotCallService {
  readonly #parts: DoNotCallServiceParts;

  constructor(parts: DoNotCallServiceParts) {
    this.#parts = parts;
  }

  /** @param digits in any way of writing; '' for all. */
  async list(digits: string): Promise<{ entries: DoNotCallEntry[]; total: number }> {
    return await this.#parts.store.list(digits.replace(/\D/g, ''));
  }

  /** @returns how many were not there yet, and what could not be read, as it was written. */
  async add(
    actor: Actor,
    written: readonly string[],
    reason: string,
  ): Promise<{ added: number; malformed: string[] }> {
    const { store, placing, clock, changes } = this.#parts;
    const read = written.map((each) => ({ each, number: this.#read(each) }));
    const numbers = new Set(read.flatMap(({ number }) => number ?? []));
    const malformed = read.flatMap(({ each, number }) => (number === null ? [each] : []));
    const nowMs = clock.nowMs();
    const entry = { reason: withoutNul(reason), addedAtMs: nowMs, addedBy: actor.name };
    const added = await store.add(
      [...numbers].map((number) => ({ number, ...entry })),
      (some) => changeOf(actor, 'doNotCall.add', {}, { ...named(some), reason: entry.reason }),
      nowMs,
      (db, some) => placing.placeNumbers(db, some),
    );
    if (added.length > 0) changes.tell('doNotCall');
    return { added: added.length, malformed };
  }

  /** What is not there stays so. @throws CommandFailed 'numberMalformed' */
  async remove(actor: Actor, written: string): Promise<void> {
    const { store, placing, clock, changes } = this.#parts;
    const number = this.#read(written);
    if (number === null) {
      throw new CommandFailed('numberMalformed', 'This is no telephone number. Nothing was changed.');
    }
    const change = changeOf(actor, 'doNotCall.remove', named([number]), {});
    const gone = await store.remove(number, change, clock.nowMs(), (db) =>
      placing.placeNumbers(db, [number]),
    );
    if (gone) changes.tell('doNotCall');
  }

  #read(written: string): string | null {
    const { number } = readRecordNumber(written, this.#parts.country());
    return inE164.test(number) ? number : null;
  }
}

function changeOf(
  actor: Actor,
  action: string,
  before: AuditedChange['before'],
  after: AuditedChange['after'],
): AuditedChange {
  return {
    actor,
    action,
    subject: { kind: 'doNotCall', id: 'doNotCall', name: 'Do not call' },
    before,
    after,
  };
}

/** The log outlives the list: a number is told by its end. */
function named(numbers: readonly string[]): Record<string, unknown> {
  const some = numbers.slice(0, mostNamed).map((number) => `…${number.slice(-3)}`);
  return { count: numbers.length, numbers: some };
}
