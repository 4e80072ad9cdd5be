// Makes one sorted list of several, in steps between which others have their turn: sorting a hundred thousand at once would
// hold up a hub in which calls ring. Pure but for that; called by line-snapshot.ts.
const stepsAtOnce = 10_000;

/** @param parts each sorted. @param rest lets others have their turn. @returns all of them, sorted; of two that are alike, the one of the earlier part is first. */
export async function merged<T>(
  parts: readonly (readonly T[])[],
  compare: (one: T, other: T) => number,
  rest: () => Promise<unknown>,
): Promise<readonly T[]> {
  let round = parts.filter((part) => part.length > 0);
  let steps = 0;
  while (round.length > 1) {
    const next: T[][] = [];
    for (let place = 0; place < round.length; place += 2) {
      const [one = [], other = []] = round.slice(place, place + 2);
      const both: T[] = [];
      let mine = 0;
      let theirs = 0;
      while (mine < one.length || theirs < other.length) {
        const left = one[mine];
        const right = other[theirs];
        const isMine = right === undefined || (left !== undefined && compare(left, right) <= 0);
        both.push((isMine ? left : right) as T);
        if (isMine) mine += 1;
        else theirs += 1;
        steps += 1;
        if (steps % stepsAtOnce === 0) await rest();
      }
      next.push(both);
    }
    round = next;
  }
  return round[0] ?? [];
}
