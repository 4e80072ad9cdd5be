// One way to write a username, so that nobody has the name of another in other letters. Used where accounts are made,
// changed and signed in to.

/** @param text as typed; any case, any of Unicode's ways to write the same letters. */
export function plainUsername(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase();
}
