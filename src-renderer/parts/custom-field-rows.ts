// Fields that a project adds while they are edited (pure): each gets the key that it keeps for ever when it is saved for the
// first time. For records (the call form) and for orders; custom-fields-editor.tsx is their form.
import type { CustomField } from '#shared/domain/call-form.ts';

export interface OwnRow extends Omit<CustomField, 'key' | 'choices'> {
  /** Its key, or one of this page's own while it is new. */
  readonly rowKey: string;
  /** Null while it is new. */
  readonly key: string | null;
  /** Line by line as typed: some may be empty. */
  readonly choices: readonly string[];
}

export type OwnProblem = 'labelMissing' | 'labelTaken' | 'choicesMissing' | 'choiceTwice';
export const mostOwnFields = 100;

export function rowsOf(fields: readonly CustomField[]): OwnRow[] {
  return fields.map((each) => ({ ...each, rowKey: each.key }));
}

/** @param taken keys that mean something already, also where the field is not among the rows any more */
export function fieldsOf(rows: readonly OwnRow[], taken: readonly string[]): CustomField[] {
  const keys = new Set([...taken, ...rows.flatMap(({ key }) => key ?? [])]);
  return rows.map(({ key, label, type, choices, required }) => {
    const given = key ?? newKey(label, keys);
    keys.add(given);
    return {
      key: given,
      label: label.trim(),
      type,
      choices: type === 'choice' ? written(choices) : [],
      required,
    };
  });
}

/** "Größe (cm)" becomes `groesseCm`; what is no key of its own becomes `field`; a number sets apart what is alike. */
export function newKey(label: string, taken: ReadonlySet<string>): string {
  const words = label
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const joined = words
    .map((word, place) => (place === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
    .slice(0, 40);
  const base = /^[a-z]/.test(joined) ? joined : `field${joined}`;
  if (!taken.has(base)) return base;
  let count = 2;
  while (taken.has(`${base}${count}`)) count += 1;
  return `${base}${count}`;
}

export function problemsOf(own: readonly OwnRow[]): ReadonlyMap<string, OwnProblem> {
  const problems = new Map<string, OwnProblem>();
  const labels = new Set<string>();
  for (const { rowKey, label, type, choices } of own) {
    const plain = alike(label);
    if (plain === '') problems.set(rowKey, 'labelMissing');
    else if (labels.has(plain)) problems.set(rowKey, 'labelTaken');
    else if (type === 'choice' && written(choices).length === 0) problems.set(rowKey, 'choicesMissing');
    else if (new Set(written(choices).map(alike)).size < written(choices).length)
      problems.set(rowKey, 'choiceTwice');
    labels.add(plain);
  }
  return problems;
}

function written(choices: readonly string[]): string[] {
  return choices.map((each) => each.trim()).filter((each) => each !== '');
}

function alike(text: string): string {
  return text.trim().toLowerCase();
}
