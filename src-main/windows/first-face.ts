// The sign-in's page as its first request is answered: with the form that the build drew (scripts/draw-faces.ts), in the
// person's language and theme, with their name. So it is painted before any of its scripts is there. Served by boot.ts.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { SettingsView } from '#shared/desktop/settings-contract.ts';

export interface FirstFaceFacts {
  readonly language: SettingsView['language'];
  readonly dark: boolean;
  readonly canRemember: boolean;
  /** Empty where nobody is remembered. */
  readonly username: string;
  /** Null for the practice hub. */
  readonly hubUrl: string | null;
}

/**
 * @param folder the built renderer (out/renderer)
 * @returns the page; null where the build drew none, and the plain page does
 */
export async function firstFacePage(folder: string, facts: FirstFaceFacts): Promise<string | null> {
  try {
    const [page, faces] = await Promise.all([
      readFile(path.join(folder, 'sign-in.html'), 'utf8'),
      readFile(path.join(folder, 'sign-in.faces.json'), 'utf8'),
    ]);
    return fillFirstFace(page, JSON.parse(faces) as Record<string, string>, facts);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Pure: puts the face that fits into the page. @returns null where there is none for these facts */
export function fillFirstFace(
  page: string,
  faces: Readonly<Record<string, string>>,
  facts: FirstFaceFacts,
): string | null {
  const { language, dark, canRemember, username, hubUrl } = facts;
  const name = [language, canRemember && 'remembers', username !== '' && 'named'].filter(Boolean).join('-');
  const face = faces[name];
  if (face === undefined) return null;
  const filled = face
    .replaceAll('%username%', () => escaped(username))
    .replaceAll(/%teamServer\|([^%]*)%/g, (_mark, practice: string) =>
      hubUrl === null ? practice : escaped(hubUrl),
    );
  const scheme = dark ? 'dark' : 'light';
  return page
    .replace('<html lang="en">', `<html lang="${language}" data-mantine-color-scheme="${scheme}">`)
    .replace('<div id="root"></div>', () => filled);
}

/** For text and for attributes in double quotes. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
