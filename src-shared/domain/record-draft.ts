// What an agent has typed into a record's page and not saved: as typed, so that nothing unfinished or invalid is lost.
// Main keeps it on disk as text (`records.keepUnsaved`); the windows read it with these.
import { z } from 'zod';
import { typedValues } from './form-draft.ts';
import { recordContent, recordNumber } from './record.ts';

const unfinishedContent = recordContent.extend({
  /** Lines may be empty. */
  numbers: z.array(recordNumber.extend({ number: z.string(), extension: z.string() })),
  emails: z.array(z.string()),
});

export const newRecordDraft = z.strictObject({
  /** What is chosen, and the lines of numbers and e-mails. */
  values: unfinishedContent,
  /** Over it, by field. */
  typed: typedValues,
});
export type NewRecordDraft = z.output<typeof newRecordDraft>;

export const recordDraft = newRecordDraft.extend({
  /** The record as it was when its form was opened: what was changed is told beside it. */
  before: recordContent,
});
export type RecordDraft = z.output<typeof recordDraft>;
