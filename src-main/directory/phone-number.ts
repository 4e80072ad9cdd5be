// Reading and writing phone numbers: what was typed or received to what is dialled, compared and shown.
// libphonenumber-js does the parsing; extensions, feature codes and emergency numbers never reach it.
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';

/** Longest E.164 number is 15 digits (ITU-T E.164 6.1); more cannot be dialled. */
const longestNumberDigits = 15;
/** Emergency numbers (two or three digits everywhere) are among these, so that they are always read. */
const extension = /^\d{2,6}$/;
const featureCode = /^[*#][\d*#]{1,10}$/;

export interface ParsedTarget {
  /** What goes into the Request-URI: an extension, a code, a number in E.164, or a whole sip: URI. */
  readonly target: string;
  /** As people write it. */
  readonly display: string;
}

/**
 * Reads what stands in the dial field or in a tel:, sip: or callto: link.
 * @param country decides how national numbers are read (ISO 3166).
 * @returns null where it is not something that can be dialled.
 */
export function parseDialTarget(text: string, country: CountryCode): ParsedTarget | null {
  const plain = withoutScheme(text.trim());
  if (/^[^\s@<>"]{1,64}@[\w.-]{1,200}$/.test(plain)) return { target: `sip:${plain}`, display: plain };
  const compact = plain.replace(/[\s().\-/\u00a0\u2011]/g, '');
  if (isShortCode(compact)) return { target: compact, display: compact };
  // A trunk prefix in brackets, "+49 (0)30 …", is how Germans write it; it is not dialled.
  const number = parsePhoneNumberFromString(plain.replace(/\(0\)/, ''), country);
  if (!number?.isPossible() || number.nationalNumber.length > longestNumberDigits) return null;
  return { target: number.number, display: number.formatInternational() };
}

/** As people write it; what cannot be parsed is shown as it came. */
export function formatNumber(number: string, country: CountryCode): string {
  if (isShortCode(number)) return number;
  const parsed = parsePhoneNumberFromString(number, country);
  if (!parsed?.isPossible()) return number;
  return parsed.country === country ? parsed.formatNational() : parsed.formatInternational();
}

/** With the country's code, as people write that; what cannot be parsed is shown as it came. */
export function formatAbroad(number: string, country: CountryCode): string {
  if (isShortCode(number)) return number;
  const parsed = parsePhoneNumberFromString(number, country);
  return parsed?.isPossible() ? parsed.formatInternational() : number;
}

/** What equal numbers have in common: E.164 where it parses, else the number without its punctuation. */
export function comparableNumber(number: string, country: CountryCode): string {
  const compact = withoutScheme(number.trim()).replace(/[^\d+*#]/g, '');
  if (isShortCode(compact)) return compact;
  const parsed = parsePhoneNumberFromString(number.replace(/\(0\)/, ''), country);
  return parsed?.isPossible() ? parsed.number : compact;
}

function isShortCode(compact: string): boolean {
  return extension.test(compact) || featureCode.test(compact);
}

function withoutScheme(text: string): string {
  return text.replace(/^(tel|sips?|callto):(\/\/)?/i, '').replace(/;.*$/, '');
}
