// Mantine's styles are taken component by component: one that is used and has no styles would look broken, unseen here.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const renderer = path.resolve(import.meta.dirname, '../../src-renderer');
const mantine = path.resolve(import.meta.dirname, '../../node_modules/@mantine/core');
const taken = readFileSync(path.join(renderer, 'look/mantine-styles.ts'), 'utf8');

/** Components of Mantine that our files, or the given ones of Mantine's own, import. */
function componentsIn(text: string, from: RegExp): string[] {
  return [...text.matchAll(from)].flatMap((found) =>
    (found[1] ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => /^[A-Z]\w+$/.test(name)),
  );
}

function used(): Set<string> {
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  return new Set(
    files.flatMap((file) =>
      componentsIn(
        readFileSync(path.join(renderer, file), 'utf8'),
        /import \{([^}]*)\} from '@mantine\/core'/g,
      ),
    ),
  );
}

const hasStyles = (name: string) => existsSync(path.join(mantine, `styles/${name}.layer.css`));

/** What a component is made of: the components that its folder in Mantine imports, and theirs. */
function madeOf(name: string, seen = new Set<string>()): Set<string> {
  const folder = path.join(mantine, 'esm/components', name);
  if (seen.has(name) || !existsSync(folder)) return seen;
  seen.add(name);
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.mjs')) continue;
    const text = readFileSync(path.join(folder, file), 'utf8');
    for (const part of componentsIn(text, /import \{([^}]*)\} from "\.\.[^"]*"/g)) madeOf(part, seen);
  }
  return seen;
}

describe('the styles of Mantine', () => {
  it('are there for every component in use, and for what it is made of', () => {
    expect(used()).toContain('Select');
    const wanted = [...used()].flatMap((name) => [...madeOf(name)]).filter(hasStyles);
    const missing = new Set(wanted.filter((name) => !taken.includes(`/${name}.layer.css'`)));
    expect([...missing]).toEqual([]);
  });
});
