// Why a database cannot be used, in words for whoever runs the hub. Thrown while it is opened.

/** The database was written by a later Offhook. Nothing in it was changed. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';

  constructor(unknownMigration: string) {
    super(
      `The hub's database was written by a newer version of Offhook (it knows "${unknownMigration}"). ` +
        'It was left untouched. Install the newer version, or start with another database.',
    );
  }
}

/** PostgreSQL cannot be reached or does not let the hub in. The message holds no password. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

/** @returns the first migration that this version does not know, or undefined. */
export function unknownMigration(done: readonly string[], known: readonly string[]): string | undefined {
  return done.find((name) => !known.includes(name));
}
