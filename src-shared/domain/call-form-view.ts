// The form of one call as main sees it (FORM-1 to FORM-8): whether it opens, what Save will do, who may be meant, what is
// missing. Made by main; what the project asks for is in the topic `callForms`, what was typed in the call's draft.
import { z } from 'zod';
import { creatableKind } from './call-form.ts';
import { recordKind } from './disposition.ts';
import { projectId, recordId } from './ids.ts';

/** A record in a line. */
export const recordBrief = z.strictObject({
  recordId,
  kind: recordKind,
  name: z.string(),
  /** As people write it; null where it has none. */
  number: z.string().nullable(),
  city: z.string(),
  projectId: projectId.nullable(),
  projectName: z.string().nullable(),
});
export type RecordBrief = z.output<typeof recordBrief>;

export const fieldProblem = z.strictObject({
  /** As in `typedValues`. */
  field: z.string().max(60),
  problem: z.enum([
    'required',
    'notANumber',
    'notADate',
    'notAChoice',
    'notAnEmail',
    'notAPhoneNumber',
    'tooLong',
  ]),
});
export type FieldProblem = z.output<typeof fieldProblem>;

export const callFormView = z.strictObject({
  /** Whether it opens by itself now, as the project sets it (FORM-2). */
  open: z.boolean(),
  /** With a colleague. */
  internal: z.boolean(),
  /** As people write it; null where it is not known. */
  calledNumber: z.string().nullable(),
  /** What Save does about the other side's record. */
  does: z.enum(['creates', 'keeps', 'nothing']),
  /** What is created (FORM-1); null unless it `creates`. */
  creates: creatableKind.nullable(),
  /** Whose form counts: the project of the record that is created or kept. */
  projectId: projectId.nullable(),
  contact: recordBrief.nullable(),
  /** Which of the contact's numbers the call is from or to. */
  numberAt: z.number().int().nonnegative(),
  customer: recordBrief.nullable(),
  /** FORM-8: all with this number, the most recent first. */
  candidates: z.array(recordBrief).max(20),
  /** Whom "Save phone number" would add the number to; null where nobody lacks it. */
  numberGoesTo: recordId.nullable(),
  /** A record that was chosen is there no more. */
  chosenGone: z.boolean(),
  /** What keeps Save from being done. */
  problems: z.array(fieldProblem),
});
export type CallFormView = z.output<typeof callFormView>;
