// Reads the numbers of a project as somebody typed them. Pure; called before a project is written.
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { echoExtension, emergencyNumbers, plainNumber } from '../routing/route-decision.ts';

/** As the desktop reads extensions (src-main/directory/phone-number.ts). */
const internalNumber = /^\d{2,6}$/;
/** ITU-T E.164 6.1. */
const longestDigits = 15;

/**
 * @param country in which a number without its country code is read; null where nobody can know.
 * @returns E.164, or two to six digits as they are, each once.
 * @throws CommandFailed 'numberMalformed', 'numberReserved'
 */
export function readProjectNumbers(written: readonly string[], country: CountryCode | null): string[] {
  return [...new Set(written.map((each) => readNumber(each, country ?? countryOf(written))))];
}

/** Of the first that tells its country. */
export function countryOf(numbers: readonly string[]): CountryCode | null {
  for (const number of numbers) {
    const country = parsePhoneNumberFromString(plainNumber(number))?.country;
    if (country) return country;
  }
  return null;
}

function readNumber(written: string, country: CountryCode | null): string {
  const plain = plainNumber(written.trim());
  if (emergencyNumbers.has(plain) || plain === echoExtension) {
    throw new CommandFailed(
      'numberReserved',
      `${plain} is an emergency number or the hub's own. Nothing was changed; take another number.`,
    );
  }
  if (internalNumber.test(plain)) return plain;
  const parsed = parsePhoneNumberFromString(
    plain.startsWith('+') ? plain : written,
    country ? country : undefined,
  );
  if (!parsed?.isPossible() || parsed.nationalNumber.length > longestDigits) {
    throw new CommandFailed(
      'numberMalformed',
      `${written.trim() || 'An empty line'} is no telephone number. Nothing was changed; write it with + and the country code.`,
    );
  }
  return parsed.number;
}
