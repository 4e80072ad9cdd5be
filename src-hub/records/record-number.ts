// Numbers of records as they are kept: E.164 where they can be read so, else as written. Pure; called wherever a record
// comes in (desktops, REST, imports), and for what is looked up.
import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js';
import {
  Metadata,
  type MetadataJson,
  parsePhoneNumberFromString as parsePhoneNumberBy,
} from 'libphonenumber-js/core';
import allMetadata from 'libphonenumber-js/min/metadata';
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
  const parsed = parsedForRecord(plain.replace(/\(0\)/, ''), country ?? undefined);
  if (!parsed?.isPossible() || parsed.nationalNumber.length > longestDigits) {
    return { number: plain.trim() === '' ? trimmed : plain.trim(), extension };
  }
  return { number: parsed.number, extension: extension || (parsed.ext ?? '').slice(0, longestExtension) };
}

/** Calling codes that several countries share are the first one's, which is their main one. */
const mainCountries: MetadataJson = {
  ...allMetadata,
  country_calling_codes: Object.fromEntries(
    Object.entries(allMetadata.country_calling_codes).map(([code, [main = code]]) => [code, [main]]),
  ) as MetadataJson['country_calling_codes'],
};

/**
 * As the library parses it, but for the country, which nobody asks for here: telling those of a shared calling code apart
 * takes three quarters of the time. Where their numbers differ in length it may matter, and the library is asked.
 */
export function parsedForRecord(text: string, country: CountryCode | undefined): PhoneNumber | undefined {
  const parsed = parsePhoneNumberBy(text, { defaultCountry: country }, mainCountries);
  if (!parsed) return parsePhoneNumberFromString(text, country);
  const { countryCallingCode, nationalNumber } = parsed;
  const isSure = lengthsOf(countryCallingCode)?.has(nationalNumber.length) ?? true;
  return isSure ? parsed : parsePhoneNumberFromString(text, country);
}

const known = new Map<string, ReadonlySet<number> | null>();

/** The lengths that numbers have in each country of this code; null where there is one country only. */
function lengthsOf(callingCode: string): ReadonlySet<number> | null {
  const before = known.get(callingCode);
  if (before !== undefined) return before;
  const countries = Object.entries(allMetadata.country_calling_codes).find(
    ([code]) => code === callingCode,
  )?.[1];
  const metadata = new Metadata(allMetadata);
  const lengths = (countries ?? []).map((country) => {
    metadata.selectNumberingPlan(country);
    return new Set(metadata.numberingPlan?.possibleLengths());
  });
  const [first = new Set<number>(), ...others] = lengths;
  const inAll = new Set([...first].filter((length) => others.every((each) => each.has(length))));
  const common = others.length === 0 ? null : inAll;
  known.set(callingCode, common);
  return common;
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
