// Each folder's tsconfig knows only the world that its code runs in: no page in main or hub, no Node in a window.
// The compiler is given one offending file under the folder's own settings.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** What the compiler says of `source` under the settings of `folder`; '' where it is content. */
function judged(folder: string, source: string): string {
  const cache = path.join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const place = mkdtempSync(path.join(cache, 'folder-types-'));
  try {
    writeFileSync(path.join(place, 'offending.ts'), source);
    writeFileSync(
      path.join(place, 'tsconfig.json'),
      JSON.stringify({
        extends: path.join(root, folder, 'tsconfig.json'),
        compilerOptions: { composite: false, emitDeclarationOnly: false, noEmit: true },
        include: ['offending.ts'],
        references: [],
      }),
    );
    const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    execFileSync(process.execPath, [compiler, '-p', place], { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const ofAPage = 'export const title = document.title;\n';
const ofNode = "import { readFileSync } from 'node:fs';\nexport const text = readFileSync('x', 'utf8');\n";
const offences: [folder: string, what: string, source: string, named: string][] = [
  ['src-main', 'a page’s document', ofAPage, "Cannot find name 'document'"],
  ['src-hub', 'a page’s document', ofAPage, "Cannot find name 'document'"],
  ['src-shared', 'a page’s document', ofAPage, "Cannot find name 'document'"],
  ['src-shared', 'Node’s file system', ofNode, "'node:fs'"],
  ['src-renderer', 'Node’s file system', ofNode, "'node:fs'"],
];

test.each(offences)('%s does not know %s', (folder, _what, source, named) => {
  expect(judged(folder, source)).toContain(named);
});

test('what belongs there compiles', () => {
  expect(judged('src-main', ofNode)).toBe('');
  expect(judged('src-renderer', ofAPage)).toBe('');
});
