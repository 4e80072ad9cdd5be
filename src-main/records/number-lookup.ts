// Who has a number, as it is written or received. Used wherever a call or a person asks: the directory, the call's form,
// lists of one number.
import type { CountryCode } from 'libphonenumber-js';
import { comparableNumber } from '../directory/phone-number.ts';
import type { KnownRecord, RecordStore } from './record-store.ts';

/** As nearly all numbers come from the exchange, and stand in records (ITU-T E.164 6.1). */
const inE164 = /^\+[1-9]\d{6,14}$/;

/**
 * The last called first, then the last changed.
 * @param country how national numbers are read
 */
export function recordsWithNumber(
  store: Pick<RecordStore, 'byNumber'>,
  written: string,
  country: CountryCode,
): KnownRecord[] {
  // Parsing takes twice as long as the lookup; a number that is found as it is needs none.
  if (inE164.test(written)) {
    const here = store.byNumber(written);
    if (here.length > 0) return here;
  }
  const comparable = comparableNumber(written, country);
  return comparable === '' ? [] : store.byNumber(comparable);
}
