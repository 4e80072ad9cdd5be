// What the fields of an order may hold that its project defines, and its time zone. Pure; asked before an order is written.
import type { CustomField } from '#shared/domain/call-form.ts';
import type { OrderContent } from '#shared/domain/order.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { fits } from '../call-forms/call-form-rules.ts';
import { isTimeZone as knowsTimeZone } from '../projects/project-rules.ts';

/**
 * What was there before stays, also where the project does not define it any more.
 * @throws CommandFailed 'noSuchField', 'fieldMalformed'
 */
export function requireGoodFields(
  defined: readonly CustomField[],
  fields: OrderContent['fields'],
  before: OrderContent['fields'],
): void {
  for (const [key, value] of Object.entries(fields)) {
    if (before[key] === value) continue;
    const field = defined.find((each) => each.key === key);
    if (!field) {
      throw new CommandFailed(
        'noSuchField',
        `Orders of this project have no field ${key}. Nothing was changed.`,
      );
    }
    if (!fits(field, value)) {
      throw new CommandFailed(
        'fieldMalformed',
        `${key} cannot have this value: it is a field of type ${field.type}. Nothing was changed.`,
      );
    }
  }
}

const known = new Map<string, boolean>();

/** @param zone an IANA name, as this computer's ICU knows it. */
export function isTimeZone(zone: string): boolean {
  const before = known.get(zone);
  if (before !== undefined) return before;
  const is = knowsTimeZone(zone);
  if (known.size < mostKnown) known.set(zone, is);
  return is;
}

/** There are some 600; what is written wrongly does not fill the memory. */
const mostKnown = 2_000;

/** @throws CommandFailed 'timeZoneUnknown' */
export function requireTimeZone(zone: string | null): void {
  if (zone === null || isTimeZone(zone)) return;
  throw new CommandFailed(
    'timeZoneUnknown',
    'There is no such time zone. Nothing was changed; write it as Europe/Berlin.',
  );
}
