// Which extension a new user gets: the lowest of the range that nobody and nothing has. Pure; used by user-store.
import { echoExtension, emergencyNumbers } from '../routing/route-decision.ts';

export interface ExtensionRange {
  readonly first: number;
  readonly last: number;
}

/** True for a number that no user can have, whatever the range: a call to it never reaches a user. */
export function isNobodys(number: string): boolean {
  return emergencyNumbers.has(number) || number === echoExtension;
}

/** @param taken extensions of users, and numbers of projects. @returns in their order, lowest first. */
export function* freeExtensions(range: ExtensionRange, taken: ReadonlySet<string>): Generator<string, void> {
  for (let number = range.first; number <= range.last; number += 1) {
    const extension = String(number);
    if (!taken.has(extension) && !isNobodys(extension)) yield extension;
  }
}
