// What no file of the project may hold: paths of somebody's machine, hosts of package registries; and what each
// source file must have: a name in our style and words at its top. Run by scripts/lint.ts over what git tracks.
import { basename } from 'node:path';
import type { Offence } from './import-rules.ts';

const machinePath = /(?:^|["'`\s(=:])(\/(?:home|root|Users|work|tmp|mnt)\/[\w.@-]+)/m;
const registryHost = /\bregistry\.[a-z0-9-]+\.[a-z]+|"resolved":\s*"https?:/i;
const vagueName = /(^|[-.])(utils?|helpers?|manager)([-.]|$)/;
const linesThatNeedAReason = 400;

/**
 * @param path from the clone's root
 * @param text null for files that are no text
 */
export function fileOffences(path: string, text: string | null): Offence[] {
  const messages = [...nameOffences(path), ...(text === null ? [] : contentOffences(path, text))];
  return messages.map((message) => ({ path, message }));
}

function contentOffences(path: string, text: string): string[] {
  const found: string[] = [];
  const machine = machinePath.exec(text)?.[1];
  if (machine !== undefined) found.push(`names a path of one machine: ${machine}`);
  const host = registryHost.exec(text)?.[0];
  if (host !== undefined) found.push(`names a package registry's host: ${host}`);
  if (isSource(path)) {
    if (!/^(#!.*\n)?\/[/*]/.test(text)) found.push('does not say at its top what it is for and who calls it');
    const lines = text.split('\n').length;
    const reasoned = /\blines\b|\blong(er)?\b/i.test(leadingComment(text));
    if (lines > linesThatNeedAReason && !reasoned)
      found.push(`has ${lines} lines and does not say at its top why`);
  }
  return found;
}

/** What stands before the first line of code. */
function leadingComment(text: string): string {
  return /^(?:#!.*\n)?(?:(?:\/\/.*)?\n)*/.exec(text)?.[0] ?? '';
}

function nameOffences(path: string): string[] {
  if (!isSource(path)) return [];
  const name = basename(path);
  const stem = name.replace(/\.(test|bench|config|d)?\.?(tsx?|mjs)$/, '');
  const found: string[] = [];
  if (vagueName.test(name)) found.push('has a name that says nothing (utils, helpers, manager)');
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem.replaceAll('.', '-'));
  const pascal = name.endsWith('.tsx') && /^[A-Z][A-Za-z0-9]*$/.test(stem);
  // A migration begins with its number.
  const migration = path.startsWith('migrations/') && /^\d{4}[-_a-z0-9]*$/.test(stem);
  if (!kebab && !pascal && !migration) found.push('is named neither in kebab-case nor as a component');
  return found;
}

function isSource(path: string): boolean {
  return /^(src-[a-z]+|migrations|scripts|bench|tests)\/.*\.(ts|tsx|mjs)$/.test(path);
}
