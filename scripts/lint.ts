// `npm run lint`: Biome, then the rules of the house that Biome cannot express. Called by test.mjs too.
// Reads what git tracks and what is new but not ignored, so that a rule bites before the commit.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { offencesOf } from './house/import-rules.ts';
import { readSource } from './house/source-imports.ts';
import { fileOffences } from './house/tracked-files.ts';
import { root, toolFile } from './setup/places.mjs';

function filesOfTheProject(): string[] {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (listed.status !== 0) throw new Error(`git ls-files failed: ${listed.stderr}`);
  return listed.stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}

function textOf(path: string): string | null {
  const bytes = readFileSync(join(root, path));
  return bytes.subarray(0, 8_000).includes(0) ? null : bytes.toString('utf8');
}

const biome = toolFile('biome');
if (biome === null) throw new Error('Biome is not among the packages');
const checked = spawnSync(process.execPath, [biome, 'check', '--error-on-warnings', '.'], {
  cwd: root,
  stdio: 'inherit',
});

const texts = filesOfTheProject().map((path) => ({ path, text: textOf(path) }));
const sources = texts.flatMap(({ path, text }) =>
  text !== null && /^(src-[a-z]+|migrations)\/.*\.tsx?$/.test(path) ? [readSource(path, text)] : [],
);
const offences = [...offencesOf(sources), ...texts.flatMap(({ path, text }) => fileOffences(path, text))];

for (const { path, message } of offences) console.log(`${path}: ${message}`);
console.log(
  offences.length === 0
    ? `The rules of the house hold in ${texts.length} files.`
    : `${offences.length} rules of the house broken.`,
);
process.exitCode = checked.status === 0 && offences.length === 0 ? 0 : 1;
