// What whoever makes or changes a rule is refused, in words. Called by rule-service.ts.
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { uniqueViolation } from '../database/unique-violation.ts';

/** A name that another rule of the project has is a refusal. */
export async function asRefusals<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // SQLite names the columns, PostgreSQL the index.
    const violated = uniqueViolation(error);
    if (violated?.includes('name')) {
      throw new CommandFailed(
        'labelTaken',
        'Another automation of this project has this name. Nothing was changed; choose another one.',
      );
    }
    throw error;
  }
}

export function noSuchRule(): CommandFailed {
  return new CommandFailed('noSuchRule', 'This automation is no longer there. Nothing was changed.');
}

export function changedMeanwhile(): CommandFailed {
  return new CommandFailed(
    'changedMeanwhile',
    'Somebody else has changed this automation since you read it. Nothing of yours was taken over; look at theirs first.',
  );
}
