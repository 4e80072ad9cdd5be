// A number as people write it.
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** E.164 in international format; anything else as it is. */
export function numberAsWritten(number: string): string {
  return number.startsWith('+')
    ? (parsePhoneNumberFromString(number)?.formatInternational() ?? number)
    : number;
}
