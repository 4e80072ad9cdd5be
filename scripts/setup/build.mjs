// Builds out/ when its sources changed since it was built. Called by setup.mjs after the packages are there.
// Runs on Node 20; the build itself on the packages' own Node.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ownEnvironment, ownNode, root, toolFile } from './places.mjs';
import { runToEnd } from './processes.mjs';
import { SetupFailed, say, saying } from './say.mjs';

// In out/ itself, so that it goes when out/ goes.
const stampFile = join(root, 'out', 'build-stamp.json');
const sourceFolders = [
  'src-shared',
  'src-sip',
  'src-main',
  'src-preload',
  'src-renderer',
  'src-hub',
  'src-host',
  'migrations',
  'build/tray',
];
const sourceFiles = [
  'vite.config.ts',
  'scripts/draw-faces.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

/**
 * A hash over the names and contents of everything that the build reads.
 * @param {string} base the clone's root
 * @returns {string}
 */
export function sourcesHash(base) {
  const hash = createHash('sha256');
  const files = [
    ...sourceFolders.flatMap((folder) => filesUnder(join(base, folder))),
    ...sourceFiles.map((file) => join(base, file)),
  ];
  for (const file of files.filter((path) => existsSync(path)).sort()) {
    hash.update(relative(base, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/**
 * @param {{always?: boolean}} [options]
 * @throws SetupFailed when the build fails
 */
export async function buildApp(options = {}) {
  const sources = sourcesHash(root);
  if (!options.always && builtFrom() === sources) return;
  forgetBuild();
  const vite = toolFile('vite');
  if (vite === null)
    throw new SetupFailed('Vite is not among the packages; delete node_modules and try again.');
  const { code, output } = await saying('building', () =>
    runToEnd(ownNode, [vite, 'build', '--logLevel', 'warn'], { cwd: root, env: ownEnvironment() }),
  );
  if (output.trim() !== '') say(output.trim());
  if (code !== 0) throw new SetupFailed(`The build failed (${code}); its words are above.`);
  writeFileSync(stampFile, JSON.stringify({ sources }));
}

/** Makes the next set-up build again; the watcher of `npm run dev` writes to out/ without keeping the stamp. */
export function forgetBuild() {
  rmSync(stampFile, { force: true });
}

/** @returns {string | null} */
function builtFrom() {
  return existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')).sources : null;
}
