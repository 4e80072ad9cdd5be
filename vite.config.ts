// Builds everything that runs into out/, in one go (`npm run build`): the windows (client), main, preload and hub, each
// as an environment of its own. Called by scripts/setup.mjs and scripts/dev.ts; packaging is electron-builder.yml's.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';
import { drawFacesInto } from './scripts/draw-faces.ts';

const root = import.meta.dirname;
const at = (path: string) => resolve(root, path);

/**
 * What is loaded from node_modules at run time: Node-API binaries, and Electron itself. Everything else is bundled, as a
 * hundred packages of many small files, most of which we never use, take twice as long to load.
 */
const loadedPackages = ['better-sqlite3', '@node-rs/argon2', 'electron'];
const isExternal = (id: string) =>
  id.startsWith('node:') ||
  builtinModules.includes(id) ||
  loadedPackages.some((name) => id === name || id.startsWith(`${name}/`));

const inPackages = /[\\/]node_modules[\\/]/;

/** A folder of src-renderer with an index.html is a window; it becomes out/renderer/<folder>.html. */
function windowInputs(): Record<string, string> {
  const folders = readdirSync(at('src-renderer')).filter((name) =>
    existsSync(at(`src-renderer/${name}/index.html`)),
  );
  return Object.fromEntries(folders.map((name) => [name, at(`src-renderer/${name}/index.html`)]));
}

function present(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path)));
}

/**
 * ESM for Node or Electron's main process: one file per entry. Packages are in chunks of their own, one for each set of
 * entries and lazy parts that share them, so that nothing is loaded before it is wanted.
 */
function nodeProgram(outDir: string, entries: Record<string, string>): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: loadedPackages, conditions: ['node', 'module', 'default'] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      sourcemap: true,
      copyPublicDir: false,
      rolldownOptions: {
        input: present(entries),
        external: isExternal,
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          codeSplitting: { groups: [{ name: 'packages', test: inPackages, entriesAware: true }] },
        },
      },
    },
  };
}

/** Node reads the map of every file that it loads (`--enable-source-maps`); 40 MB of them were of packages. */
function noMapsOfPackages(): Plugin {
  return {
    name: 'offhook:no-maps-of-packages',
    applyToEnvironment: (environment) => environment.config.consumer === 'server',
    generateBundle(_options, bundle) {
      for (const [fileName, output] of Object.entries(bundle)) {
        if (output.type !== 'chunk' || !output.name.startsWith('packages')) continue;
        delete bundle[`${fileName}.map`];
        output.code = output.code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
      }
    },
  };
}

/** Vite names an html output after its source path; the app's origin wants app://desk/<window>.html. */
function flatWindowNames(): Plugin {
  return {
    name: 'offhook:flat-window-names',
    enforce: 'post',
    applyToEnvironment: (environment) => environment.name === 'client',
    generateBundle(_options, bundle) {
      for (const [fileName, output] of Object.entries(bundle)) {
        const window = /^src-renderer\/([^/]+)\/index\.html$/.exec(fileName)?.[1];
        if (!window || output.type !== 'asset') continue;
        delete bundle[fileName];
        this.emitFile({ type: 'asset', fileName: `${window}.html`, source: output.source });
      }
    },
  };
}

/** Files that a program opens beside itself at run time, such as the hub's voice prompts. */
function filesBeside(environmentName: string, folder: string, source: string, wanted: RegExp): Plugin {
  return {
    name: `offhook:files-beside-${environmentName}`,
    applyToEnvironment: (environment) => environment.name === environmentName,
    generateBundle() {
      if (!existsSync(at(source))) return;
      for (const name of readdirSync(at(source)).filter((entry) => wanted.test(entry))) {
        const fileName = `${folder}/${basename(name)}`;
        this.addWatchFile(at(`${source}/${name}`));
        this.emitFile({ type: 'asset', fileName, source: readFileSync(at(`${source}/${name}`)) });
      }
    },
  };
}

export default defineConfig({
  root,
  base: '/',
  publicDir: false,
  appType: 'custom',
  // In kB. Nobody waits for a network to load them.
  build: { chunkSizeWarningLimit: 10_000 },
  plugins: [
    react(),
    flatWindowNames(),
    noMapsOfPackages(),
    filesBeside('hub', 'prompts', 'src-hub/media/prompts', /\.opus$/),
    filesBeside('main', 'icons', 'build/tray', /\.png$/),
  ],
  environments: {
    client: {
      build: {
        outDir: 'out/renderer',
        emptyOutDir: true,
        target: 'chrome140',
        sourcemap: true,
        // The content security policy of the windows allows no data: scripts or fonts.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: { ...windowInputs(), 'after-paint': at('src-renderer/sign-in/after-paint.ts') },
          output: {
            // Named in the sign-in's page, where no other script may be (scripts/draw-faces.ts).
            entryFileNames: ({ name }) => (name === 'after-paint' ? '[name].js' : 'assets/[name]-[hash].js'),
          },
        },
      },
    },
    // Runs once, at the end of the build: draws the sign-in's form into its page.
    faces: {
      consumer: 'server',
      resolve: { noExternal: true, conditions: ['node', 'module', 'default'] },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: 'out/faces',
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        copyPublicDir: false,
        emitAssets: false,
        rolldownOptions: { input: { faces: at('src-renderer/sign-in/faces.tsx') } },
      },
    },
    main: nodeProgram('out/main', {
      main: at('src-main/main.ts'),
      'reader-worker': at('src-main/records/reader-worker.ts'),
      'writer-worker': at('src-main/sync/writer-worker.ts'),
    }),
    // Not shipped. As TypeScript it would bring Node's compiler into main and the hub, which takes 38 MiB.
    host: nodeProgram('out/host', {
      register: at('src-host/register.ts'),
      'electron-module': at('src-host/electron-module.ts'),
      'utility-process-child': at('src-host/electron/utility-process-child.ts'),
    }),
    hub: nodeProgram('out/hub', {
      'practice-hub': at('src-hub/practice-hub.ts'),
      server: at('src-hub/server.ts'),
      'password-worker': at('src-hub/users/password-worker.ts'),
    }),
    // A sandboxed preload must be a single CommonJS file.
    preload: {
      consumer: 'client',
      resolve: { noExternal: true },
      build: {
        outDir: 'out/preload',
        emptyOutDir: true,
        target: 'chrome140',
        minify: false,
        rolldownOptions: {
          input: { preload: at('src-preload/preload.ts') },
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        const { input } = environment.config.build.rolldownOptions;
        if (input && Object.keys(input).length > 0) await builder.build(environment);
      }
      await drawFacesInto(at('out/renderer'), at('out/faces/faces.js'));
      rmSync(at('out/faces'), { recursive: true });
    },
  },
});
