// Calls that are alive on this desktop, their draft, and saving.
import { z } from 'zod';
import { callFormOfProject } from '../domain/call-form.ts';
import { callFormView } from '../domain/call-form-view.ts';
import { callView, draftView } from '../domain/call-view.ts';
import { formDraft } from '../domain/form-draft.ts';
import { callId, dispositionId } from '../domain/ids.ts';
import { command, topic } from '../wire/contract.ts';

const aCall = z.strictObject({ callId });
const done = z.null();

const calls = topic('calls', z.array(callView));
/** How the agent's projects set the form; a project without an entry has the usual one. */
const callForms = topic('callForms', z.array(callFormOfProject));

export const callsCommands = {
  ...calls.commands,
  ...callForms.commands,
  /** Refused: 'notANumber', 'onAnotherCall', 'phoneOff', 'notRegistered', 'microphoneNotReady'. */
  'calls.dial': command(z.strictObject({ target: z.string().max(500) }), aCall),
  /** All below are refused with 'notNow' where the call's phase does not allow them, 'noSuchCall' where it is gone. */
  'calls.accept': command(aCall, done),
  'calls.ignore': command(aCall, done),
  'calls.decline': command(aCall, done),
  'calls.hangUp': command(aCall, done),
  /** Refused, as `resume`: 'exchangeAway'. */
  'calls.hold': command(aCall, done),
  'calls.resume': command(aCall, done),
  'calls.setMuted': command(z.strictObject({ callId, muted: z.boolean() }), done),
  /** Tones: 0-9, *, #, A-D. */
  'calls.sendDtmf': command(z.strictObject({ callId, tones: z.string().regex(/^[0-9*#A-D]{1,32}$/) }), done),
  /**
   * Blind transfer (CALL-9): to an extension, a project's number, or a number outside where the agent may. The caller is
   * held meanwhile; what becomes of it is told as `transfer` of the call. Refused: 'notANumber', 'exchangeAway'.
   */
  'calls.transfer': command(z.strictObject({ callId, target: z.string().max(500) }), done),
  /** While nobody has answered. Refused: 'exchangeAway'. */
  'calls.takeBack': command(aCall, done),
  /** Leaves the caller waiting in the project that they were given to, and ends the call for this agent. */
  'calls.letGo': command(aCall, done),
  /** The agent has seen why the last transfer failed. */
  'calls.dismissTransfer': command(aCall, done),
  'calls.extendWrapUp': command(
    z.strictObject({ callId, byMs: z.number().int().positive().max(3_600_000) }),
    done,
  ),

  /** Also for a call of the inbox that is still to finish. */
  'drafts.get': command(aCall, draftView),
  /**
   * Writes the draft to disk before it replies; the reply is what may be marked "saved".
   * Refused: 'diskFull', 'diskFailed' (the text stays in the field), 'finished' (already saved for good).
   */
  'drafts.change': command(
    z.strictObject({
      callId,
      note: z.string().max(100_000).optional(),
      dispositionId: dispositionId.nullable().optional(),
      form: formDraft.optional(),
    }),
    draftView,
  ),
  /** The form of any call of this agent, over or not; asked anew at `drafts.changed`, `history.changed`, `records.changed`. */
  'calls.form': command(aCall, callFormView),
  /**
   * Save: finalises the log, and creates or changes the record (FORM-6). Refused: 'dispositionRequired', 'dispositionGone'
   * (the chosen one was removed), 'noteRequired', 'fieldsMissing' (required ones are empty), 'fieldsInvalid', 'recordGone'
   * (the chosen one was erased), 'diskFull', 'finished'. Which fields: `problems` of the form.
   */
  'calls.finish': command(aCall, z.strictObject({ undoUntilMs: z.number() })),
  /** Refused: 'tooLate'. The call is then "to finish" again, its draft as it was. */
  'calls.undoFinish': command(aCall, done),
} as const;

export const callsEvents = {
  ...calls.events,
  ...callForms.events,
  'drafts.changed': draftView,
} as const;
