// What supervisors set of a project's call form, and what is done to many records at once: imports, and erasing for good.
import { z } from 'zod';
import { callForm } from '../domain/call-form.ts';
import { projectId } from '../domain/ids.ts';
import { command } from '../wire/contract.ts';

const version = z.number().int().nonnegative();

/** Version 0: nobody has set it yet, and the usual form counts. */
export const versionedCallForm = z.strictObject({ version, form: callForm });
export type VersionedCallForm = z.output<typeof versionedCallForm>;

/** Refused in common: 'notAllowed', 'noSuchProject'. */
export const adminRecordCommands = {
  'admin.callForms.get': command(z.strictObject({ projectId }), versionedCallForm),
  /**
   * A field of the project's own that is taken away keeps its values in records. Refused: 'changedMeanwhile',
   * 'fieldTwice', 'keyTaken', 'labelTaken' (of the project's own fields), 'typeChanged' (a key keeps its type for ever),
   * 'choicesMissing', 'choiceTwice'.
   */
  'admin.callForms.set': command(z.strictObject({ projectId, version, form: callForm }), versionedCallForm),
} as const;
