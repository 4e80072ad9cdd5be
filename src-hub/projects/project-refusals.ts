// Why a change of projects is refused, in words for whoever made it. Used by this folder's stores and services.
import { CommandFailed } from '#shared/wire/command-failed.ts';

export function noSuchProject(): CommandFailed {
  return new CommandFailed('noSuchProject', 'This project is no longer there.');
}

export function numberTaken(number: string): CommandFailed {
  return new CommandFailed(
    'numberTaken',
    `${number} belongs to another project already, or is somebody's extension. Nothing was changed.`,
  );
}

export function nameTaken(): CommandFailed {
  return new CommandFailed('nameTaken', 'Another project has this name already. Nothing was changed.');
}

/** @param what such as 'this project'. */
export function changedMeanwhile(what: string): CommandFailed {
  return new CommandFailed(
    'changedMeanwhile',
    `Somebody else has changed ${what} since you read it. Nothing of yours was taken over; look at theirs first.`,
  );
}
