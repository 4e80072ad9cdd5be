// SUP-2: what a supervisor does to somebody who works at this moment. Part of the hub's contract and of the desktop's
// alike; a supervisor does it to people of their teams and projects, and to a super admin only where they are one.
import { z } from 'zod';
import { statusId, userId } from '../domain/ids.ts';
import { choosableStatus } from '../domain/presence.ts';
import { command } from '../wire/contract.ts';

/** Refused in common: 'notAllowed', 'noSuchUser'. Each leaves an entry in the audit log. */
export const superviseCommands = {
  /** As 'presence.set', for somebody else. Refused: 'noSuchStatus', 'notInFuture'. */
  'supervise.setStatus': command(
    z.strictObject({
      userId,
      status: choosableStatus,
      labelId: statusId.nullable(),
      untilMs: z.number().nullable(),
    }),
    z.null(),
  ),
  /** As if its time had run out: what is missing is "to finish", nothing is lost. Refused: 'notInWrapUp'. */
  'supervise.endWrapUp': command(z.strictObject({ userId }), z.null()),
  /** Ends all sessions of that user and forgets their remembered devices. A call in progress goes on to its end. */
  'supervise.signOut': command(z.strictObject({ userId }), z.null()),
} as const;

/** To the devices of the user whom it concerns. */
export const superviseEvents = {
  /** A supervisor ended the wrap-up: this device ends the one it is in. */
  'wrapUp.ended': z.null(),
} as const;
