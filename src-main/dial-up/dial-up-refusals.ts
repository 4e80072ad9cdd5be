// Why call mode does not do what was asked, in words for the person. Thrown by the desk and its parts.
import type { MayDial } from '#shared/hub/dial-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';

/** @param why a sentence: what is in the way */
export function notNow(why: string): CommandFailed {
  return new CommandFailed('notNow', `That is not possible now. ${why}`);
}

export function tooLate(): CommandFailed {
  return new CommandFailed(
    'tooLate',
    'The outcome can no longer be taken back. It stands as it is; a supervisor can move the order.',
  );
}

const whyNotToDial: Record<Extract<MayDial, { may: false }>['reason'], string> = {
  outsideHours: 'This person may not be called at this hour. Nothing was dialled; plan a call back.',
  doNotCall: 'This number is on the do-not-call list. Nothing was dialled; end the order.',
  leaseOver:
    'The order was away from you for too long, and somebody else may have it. Nothing was dialled; what you wrote is kept.',
};

export function mayNotDial({ reason }: Extract<MayDial, { may: false }>): CommandFailed {
  return new CommandFailed(reason, whyNotToDial[reason]);
}
