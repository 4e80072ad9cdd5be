// Finds people and projects as one types: by name, extension and team, umlauts in any way of writing. Pure; the texts to
// compare are made once for each directory, so that thousands are looked through within a keystroke.
// Who fits equally well stands by name, and never by presence: a row must not move under the hand that reaches for it.
import type { CallableProject, Person } from '#shared/domain/person.ts';

interface Searchable<Item> {
  readonly item: Item;
  readonly name: string;
  /** Each word of the name, in both ways of writing. */
  readonly words: readonly string[];
  readonly number: string;
  readonly teams: readonly string[];
}

export interface PeopleIndex {
  readonly people: readonly Searchable<Person>[];
  readonly projects: readonly Searchable<CallableProject>[];
}

export interface Found {
  readonly people: readonly Person[];
  readonly projects: readonly CallableProject[];
}

export function indexPeople(people: readonly Person[], projects: readonly CallableProject[]): PeopleIndex {
  return {
    people: people
      .map((item) => searchable(item, item.displayName, item.extension, item.teams))
      .sort((one, other) => byName.compare(one.name, other.name)),
    projects: projects
      .map((item) => searchable(item, item.name, item.number, []))
      .sort((one, other) => byName.compare(one.name, other.name)),
  };
}

/** @param text '' finds all */
export function searchPeople(index: PeopleIndex, text: string): Found {
  const wanted = words(text).map((word) => [folded(word), foldedAscii(word)] as const);
  return { people: ranked(index.people, wanted), projects: ranked(index.projects, wanted) };
}

const byName = new Intl.Collator(['de', 'en'], { sensitivity: 'base', numeric: true });

type Wanted = readonly (readonly [string, string])[];

function ranked<Item>(all: readonly Searchable<Item>[], wanted: Wanted): Item[] {
  if (wanted.length === 0) return all.map(({ item }) => item);
  const found: { item: Item; rank: number; place: number }[] = [];
  for (const [place, each] of all.entries()) {
    const rank = rankOf(each, wanted);
    if (rank !== null) found.push({ item: each.item, rank, place });
  }
  return found.sort((one, other) => one.rank - other.rank || one.place - other.place).map(({ item }) => item);
}

/** Every word that was typed must be found; the worst of them decides. Null where one is not. */
function rankOf(each: Searchable<unknown>, wanted: Wanted): number | null {
  let worst = 0;
  for (const [word, ascii] of wanted) {
    const rank = Math.min(rankOfWord(each, word), rankOfWord(each, ascii));
    if (rank === Number.POSITIVE_INFINITY) return null;
    worst = Math.max(worst, rank);
  }
  return worst;
}

function rankOfWord({ words: names, number, teams }: Searchable<unknown>, word: string): number {
  if (number === word) return 0;
  if (names[0]?.startsWith(word) || names[1]?.startsWith(word)) return 1;
  if (names.some((name) => name.startsWith(word))) return 2;
  if (number.startsWith(word) || (word.length > 2 && number.includes(word))) return 3;
  if (teams.some((team) => team.startsWith(word))) return 4;
  if (names.some((name) => name.includes(word))) return 5;
  return teams.some((team) => team.includes(word)) ? 6 : Number.POSITIVE_INFINITY;
}

function searchable<Item>(
  item: Item,
  name: string,
  number: string,
  teams: readonly string[],
): Searchable<Item> {
  return {
    item,
    name,
    words: words(name).flatMap((word) => [folded(word), foldedAscii(word)]),
    number: number.replace(/[^\d+]/g, ''),
    teams: teams.flatMap((team) => [folded(team), foldedAscii(team), ...words(team).map(folded)]),
  };
}

function words(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}

/** Without accents: "Müller" is muller. */
function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '');
}

/** As German is written where there are no umlauts: "Müller" is mueller. */
function foldedAscii(text: string): string {
  const spelled = text.toLowerCase().normalize('NFC');
  return folded(spelled.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue'));
}
