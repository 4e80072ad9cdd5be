// Who may import whom (docs/architecture.md), as far as Biome's noRestrictedImports cannot say it: folder to folder,
// feature to feature, the layers inside main and hub, and the purity of the machines. Run by scripts/lint.ts.
// That Electron, Kysely and the databases' drivers stay where they belong is said in biome.json.
import type { Import, SourceFile } from './source-imports.ts';

export interface Offence {
  readonly path: string;
  readonly message: string;
}

/** A folder's own files are always allowed; `packages: 'any'` leaves the choice to biome.json. */
interface FolderRule {
  readonly files: readonly string[];
  readonly packages: 'any' | readonly string[];
}

const folderRules: Readonly<Record<string, FolderRule>> = {
  'src-shared': { files: [], packages: ['zod'] },
  'src-sip': { files: ['src-shared'], packages: ['jssip', 'ws', 'node:'] },
  'src-main': { files: ['src-shared', 'src-sip', 'migrations/desktop'], packages: 'any' },
  'src-hub': { files: ['src-shared', 'src-sip', 'migrations/hub'], packages: 'any' },
  'src-renderer': { files: ['src-shared'], packages: 'any' },
  'src-preload': { files: ['src-shared'], packages: ['electron'] },
  'src-host': { files: ['src-shared'], packages: 'any' },
  'migrations/desktop': { files: [], packages: ['kysely'] },
  'migrations/hub': { files: [], packages: ['kysely'] },
};

/** Everything wrong with these files, which must be all of the house's for the machines' purity to be judged. */
export function offencesOf(files: readonly SourceFile[]): Offence[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files.flatMap((file) =>
    [
      ...folderOffences(file),
      ...windowOffences(file),
      ...layerOffences(file),
      ...(/-machine\.ts$/.test(file.path) ? impurities(file, byPath, new Set()) : []),
    ].map((message) => ({ path: file.path, message })),
  );
}

function folderOf(path: string): string {
  const parts = path.split('/');
  return parts[0] === 'migrations' ? parts.slice(0, 2).join('/') : (parts[0] ?? path);
}

function folderOffences({ path, imports }: SourceFile): string[] {
  const folder = folderOf(path);
  const rule = folderRules[folder];
  if (!rule) return [];
  return imports.flatMap((one) => {
    if (one.file !== null) {
      const target = folderOf(one.file);
      return target === folder || rule.files.includes(target) ? [] : [`${folder} may not import ${one.file}`];
    }
    const name = one.packageName ?? '';
    if (folder === 'src-renderer' && name.startsWith('node:')) return [`a window may not import ${name}`];
    if (rule.packages === 'any') return [];
    const allowed = rule.packages.some((each) =>
      each.endsWith(':') ? name.startsWith(each) : name === each,
    );
    return allowed ? [] : [`${folder} may not import the package ${name}`];
  });
}

/** Inside the renderer: windows use features, features use parts; nothing looks up or sideways. */
function windowOffences({ path, imports }: SourceFile): string[] {
  const from = rendererPlace(path);
  if (from === null) return [];
  return imports.flatMap((one) => {
    const to = one.file === null ? null : rendererPlace(one.file);
    if (to === null || (to.kind === from.kind && to.name === from.name)) return [];
    if (to.kind === 'window') return [`nothing may import the window ${to.name} (${one.specifier})`];
    if (to.kind === 'feature' && from.kind === 'feature')
      return [`the feature ${from.name} may not import the feature ${to.name}`];
    if (to.kind === 'feature' && from.kind === 'shared')
      return [`${from.name} may not import the feature ${to.name}`];
    return [];
  });
}

interface RendererPlace {
  readonly kind: 'window' | 'feature' | 'shared';
  readonly name: string;
}

const sharedByWindows = ['parts', 'client', 'i18n', 'look'];

function rendererPlace(path: string): RendererPlace | null {
  const [area, folder, inner, ...deeper] = path.split('/');
  if (area !== 'src-renderer' || folder === undefined || inner === undefined) return null;
  if (folder === 'features') return deeper.length > 0 ? { kind: 'feature', name: inner } : null;
  return { kind: sharedByWindows.includes(folder) ? 'shared' : 'window', name: folder };
}

/** handlers → service → store → database, each layer blind to those above it and to those below the next. */
function layerOffences({ path, imports }: SourceFile): string[] {
  const from = layerOf(path);
  if (from === null) return [];
  return imports.flatMap((one) => {
    const to = one.file === null ? null : layerOf(one.file);
    if (to === null || one.file === null) return [];
    const allowed = mayImport[from].includes(to) || to === from;
    return allowed ? [] : [`${layerNames[from]} may not import ${layerNames[to]} (${one.specifier})`];
  });
}

type Layer = 'composition' | 'handlers' | 'service' | 'store' | 'database';

const layerNames: Readonly<Record<Layer, string>> = {
  composition: 'the composition',
  handlers: 'handlers',
  service: 'a service',
  store: 'a store',
  database: 'the database',
};

const mayImport: Readonly<Record<Layer, readonly Layer[]>> = {
  composition: ['handlers', 'service', 'store', 'database'],
  handlers: ['service'],
  service: ['store'],
  store: ['database'],
  database: [],
};

/** Null for files that stand beside the layers: ports, machines, views, telephony, windows, and the errors that go up. */
function layerOf(path: string): Layer | null {
  const [area, ...rest] = path.split('/');
  const name = rest.at(-1) ?? '';
  if (area !== 'src-main' && area !== 'src-hub') return null;
  if (/^(main|hub|compose.*|practice-hub|server)\.ts$/.test(name)) return 'composition';
  if (name.endsWith('-errors.ts')) return null;
  if (rest[0] === 'database') return 'database';
  if (name.endsWith('-handlers.ts')) return 'handlers';
  if (/-(service|desk)\.ts$/.test(name)) return 'service';
  return name.endsWith('-store.ts') ? 'store' : null;
}

/** What keeps a machine from being pure, in itself or in anything of ours that it runs. */
function impurities(file: SourceFile, byPath: ReadonlyMap<string, SourceFile>, seen: Set<string>): string[] {
  if (seen.has(file.path)) return [];
  seen.add(file.path);
  const own = file.impureGlobals.map((name) => `a machine is pure, but ${file.path} uses ${name}`);
  const running = file.imports.filter((one) => !one.typeOnly);
  return [...own, ...running.flatMap((one) => impurityOf(one, file, byPath, seen))];
}

function impurityOf(
  one: Import,
  file: SourceFile,
  byPath: ReadonlyMap<string, SourceFile>,
  seen: Set<string>,
): string[] {
  if (one.file === null) {
    // Schemas compute; everything else from outside may do more.
    return one.packageName === 'zod' ? [] : [`a machine is pure, but ${file.path} imports ${one.specifier}`];
  }
  const target = byPath.get(one.file);
  return target ? impurities(target, byPath, seen) : [];
}
