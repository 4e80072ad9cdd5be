// Who has a number, asked by a desktop that knows nobody with it: its own database has open projects only, and may be
// behind.
import { z } from 'zod';
import { wholeRecord } from '../domain/record.ts';
import { command } from '../wire/contract.ts';

export const recordLookupCommands = {
  /** Those that the user may see, the last changed first. `number` in any way of writing. */
  'records.lookup': command(z.strictObject({ number: z.string().max(200) }), z.array(wholeRecord).max(20)),
} as const;
