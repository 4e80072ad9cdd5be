// Why something about a record is refused, in words for whoever asked. Used by this folder's services.
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { uniqueViolation } from '../database/unique-violation.ts';

/** Somebody was there first, between the look and the write. */
export async function asRefusals<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const constraint = uniqueViolation(error);
    if (constraint?.includes('external_id')) throw externalIdTaken();
    if (constraint !== null && /record\.id|record_pkey/.test(constraint)) throw idTaken();
    throw error;
  }
}

export function externalIdTaken(): CommandFailed {
  return new CommandFailed('externalIdTaken', 'Another record has this external id. Nothing was changed.');
}

export function idTaken(): CommandFailed {
  return new CommandFailed('idTaken', 'A record of this id is there already. Nothing was changed.');
}

export function noSuchRecord(): CommandFailed {
  return new CommandFailed('noSuchRecord', 'There is no such record (any more). Nothing was changed.');
}

export function changedMeanwhile(): CommandFailed {
  return new CommandFailed(
    'changedMeanwhile',
    'Somebody else has changed this record since you read it. Nothing was changed; read it again.',
  );
}
