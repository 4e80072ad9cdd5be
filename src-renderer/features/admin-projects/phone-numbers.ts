// A project's numbers as people write them, and as the hub keeps them: E.164, or two to six digits as they are. Read as
// the hub reads them (src-hub/projects/project-numbers.ts), which has the last word.
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

const internalNumber = /^\d{2,6}$/;

export interface ReadNumber {
  /** What is sent, and by which two are the same. */
  readonly dialled: string;
  readonly shown: string;
}

/** @param country in which a number without its country code is read @returns null where it is no phone number */
export function readNumber(text: string, country: CountryCode | null = null): ReadNumber | null {
  const typed = text.trim().replace(/^tel:/i, '');
  const plain = typed.replace(/[\s().\-/–]/g, '');
  if (internalNumber.test(plain)) return { dialled: plain, shown: plain };
  const international = /^00[1-9]/.test(plain) ? `+${plain.slice(2)}` : typed;
  const number = parsePhoneNumberFromString(international, country ?? undefined);
  return number?.isPossible() ? { dialled: number.number, shown: number.formatInternational() } : null;
}

/** Of the first that tells its country, as the hub takes it for the others. */
export function countryOf(numbers: readonly string[]): CountryCode | null {
  for (const number of numbers) {
    const read = readNumber(number);
    const country = read && parsePhoneNumberFromString(read.dialled)?.country;
    if (country) return country;
  }
  return null;
}

/** Whether a country code is all that it lacks: it begins with a trunk zero. */
export function lacksCountry(text: string): boolean {
  return /^0[1-9]\d{4,18}$/.test(text.replace(/[\s().\-/–]/g, ''));
}

/** As people write it; what cannot be read is shown as it is. */
export function shownNumber(text: string): string {
  return readNumber(text)?.shown ?? text;
}

/** What somebody pastes: one number to a line, or separated by comma or semicolon. */
export function splitNumbers(text: string): string[] {
  return text
    .split(/[\n,;\t]+/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
