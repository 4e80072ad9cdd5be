// Numbers of records as they are kept: E.164 where they can be read so, else as written. Pure; called wherever a record
// comes in (desktops, REST, imports), and for what is looked up.
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { RecordNumber } from '#shared/domain/record.ts';

/** ITU-T E.164 6.1. */
const longestDigits = 15;
const inE164 = /^\+[1-9]\d{6,14}$/;
/** Extensions, and service and emergency numbers: dialled as they are, in every country. */
const shortNumber = /^\d{2,6}$/;
const featureCode = /^[*#][\d*#]{1,10}$/;
const longestExtension = 20;

export interface ReadNumber {
  readonly number: string;
  /** '' for none. */
  readonly extension: string;
}

/**
 * @param written as people or programs write it: national, with punctuation, as a tel: link with ;ext= (RFC 3966).
 * @param country in which a number without its country code is read; null where nobody can know.
 * @returns short numbers, codes and what is no number as they are, without what stands around them.
 */
export function readRecordNumber(written: string, country: CountryCode | null): ReadNumber {
  const trimmed = written.trim();
  if (inE164.test(trimmed)) return { number: trimmed, extension: '' };
  const [, scheme, rest = trimmed] = /^(tel|callto|sips?):(?:\/\/)?(.*)$/is.exec(trimmed) ?? [];
  const [address = '', ...parameters] = rest.split(';');
  const plain = scheme === undefined ? trimmed : address;
  const extension = parameters.flatMap((each) => /^ext=(\d+)$/i.exec(each.trim())?.[1] ?? [])[0] ?? '';
  const compact = plain.replace(/[\s().\-/\u00a0\u2011]/g, '');
  if (shortNumber.test(compact) || featureCode.test(compact)) return { number: compact, extension };
  // A trunk prefix in brackets, "+49 (0)30 …", is how Germans write it; it is not dialled.
  const parsed = parsePhoneNumberFromString(plain.replace(/\(0\)/, ''), country ?? undefined);
  if (!parsed?.isPossible() || parsed.nationalNumber.length > longestDigits) {
    return { number: plain.trim() === '' ? trimmed : plain.trim(), extension };
  }
  return { number: parsed.number, extension: extension || (parsed.ext ?? '').slice(0, longestExtension) };
}

/** Each once, the first place counts. What says its extension itself keeps it. */
export function readRecordNumbers(
  numbers: readonly RecordNumber[],
  country: CountryCode | null,
): RecordNumber[] {
  const read = numbers.map((each): RecordNumber => {
    const { number, extension } = readRecordNumber(each.number, country);
    return { number, extension: each.extension || extension.slice(0, longestExtension), label: each.label };
  });
  const keyOf = ({ number, extension }: RecordNumber) => `${number};${extension}`;
  return read.filter((each, index) => read.findIndex((other) => keyOf(other) === keyOf(each)) === index);
}
