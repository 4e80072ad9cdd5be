// What the columns of a file are, by their headings. Pure; each kind of import has words of its own.
import type { CustomField } from '#shared/domain/call-form.ts';

type Own = `fields.${string}`;

/**
 * By place; null where nobody can tell.
 * @param words in small letters, without accents, spaces and signs.
 * @param fields those that a project defines, which are known by key and label.
 * @param repeatable those of which there may be more than one column.
 */
export function recognisedColumns<Target extends string>(
  header: readonly string[],
  words: Readonly<Record<Exclude<Target, Own>, readonly string[]>>,
  fields: readonly CustomField[],
  repeatable: ReadonlySet<Target | Own>,
): (Target | Own)[] | (Target | Own | null)[] {
  const entries = Object.entries<readonly string[]>(words) as [Target, readonly string[]][];
  const byHeading = new Map(
    entries.flatMap(([target, names]) => names.map((name): [string, Target] => [name, target])),
  );
  const own = new Map(
    fields.flatMap(({ key, label }): [string, Own][] => [
      [plainHeading(`fields.${key}`), `fields.${key}`],
      [plainHeading(key), `fields.${key}`],
      [plainHeading(label), `fields.${key}`],
    ]),
  );
  const used = new Set<Target | Own>();
  return header.map((heading) => {
    const plain = plainHeading(heading);
    const target = own.get(plain) ?? byHeading.get(plain) ?? null;
    if (target === null || (used.has(target) && !repeatable.has(target))) return null;
    used.add(target);
    return target;
  });
}

/** "E-Mail Adresse" and "email_adresse" are one. */
function plainHeading(heading: string): string {
  return heading
    .normalize('NFKD')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
