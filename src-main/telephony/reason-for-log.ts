// What a failure is called in the log. Used throughout telephony; a window is told by the facts of the call.
import { CommandFailed } from '#shared/wire/command-failed.ts';

/** A refusal's reason, else the error's kind: not its text, because JsSIP's quotes the number that was dialled. */
export function reasonForLog(error: unknown): string {
  if (error instanceof CommandFailed) return error.reason;
  return error instanceof Error ? error.name : typeof error;
}
