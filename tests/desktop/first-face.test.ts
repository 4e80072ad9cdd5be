// The sign-in as it is drawn before any script: from the settings as they stand on disk, whatever state they are in, and
// with nothing that a name or an address could break out of.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { glanceAtSettings } from '../../src-main/settings/settings-glance.ts';
import { fillFirstFace, firstFacePage } from '../../src-main/windows/first-face.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'offhook-face-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const defaults = { language: 'en', theme: 'system', username: '', hubUrl: null };
const glance = (text: string, locale = 'en-GB') => {
  writeFileSync(path.join(folder, 'config.json'), text);
  return glanceAtSettings(folder, locale);
};

it('takes language, theme, name and team server from the settings on disk', () => {
  const stored = {
    view: { language: 'de', theme: 'dark', username: 'mia', microphoneId: 'x' },
    local: { hubUrl: 'wss://hub.example.org', deviceId: 'y' },
  };
  expect(glance(JSON.stringify(stored))).toEqual({
    language: 'de',
    theme: 'dark',
    username: 'mia',
    hubUrl: 'wss://hub.example.org',
  });
});

it('falls back to the computer’s language and to defaults where the file is missing, damaged or of another shape', () => {
  expect(glanceAtSettings(folder, 'de-AT')).toEqual({ ...defaults, language: 'de' });
  for (const text of ['', '{', '[]', 'null', '7', '{"view":5,"local":[]}', '{"view":{"language":"fr"}}'])
    expect(glance(text)).toEqual(defaults);
});

const page = '<!doctype html><html lang="en"><body><div id="root"></div></body></html>';
const faces = {
  en: '<div id="root" data-team-server="%teamServer|Practice%">%teamServer|Practice%</div>',
  'de-remembers-named': '<div id="root"><input value="%username%"><i>%teamServer|Übung%</i></div>',
};
const facts = { language: 'en', dark: false, canRemember: false, username: '', hubUrl: null } as const;

it('fills in the face that fits: language, theme, the name that is remembered, the team server', () => {
  expect(fillFirstFace(page, faces, facts)).toBe(
    '<!doctype html><html lang="en" data-mantine-color-scheme="light"><body><div id="root" data-team-server="Practice">Practice</div></body></html>',
  );
  const named = { ...facts, language: 'de', dark: true, canRemember: true, username: 'mia' } as const;
  const filled = fillFirstFace(page, faces, { ...named, hubUrl: 'wss://hub.example.org' });
  expect(filled).toContain('<html lang="de" data-mantine-color-scheme="dark">');
  expect(filled).toContain('<input value="mia"><i>wss://hub.example.org</i>');
});

it('lets neither a name nor an address become part of the page', () => {
  const filled = fillFirstFace(page, faces, {
    ...facts,
    language: 'de',
    canRemember: true,
    username: '"><script>$&$1',
    hubUrl: 'wss://x/<b>&"',
  });
  expect(filled).toContain('<input value="&quot;&gt;&lt;script&gt;$&amp;$1">');
  expect(filled).toContain('<i>wss://x/&lt;b&gt;&amp;&quot;</i>');
});

it('leaves the plain page where the build drew none', async () => {
  expect(fillFirstFace(page, {}, facts)).toBeNull();
  expect(await firstFacePage(folder, facts)).toBeNull();
});
