// Takes a source text apart into what it imports and which impure globals it touches.
// The import rules judge what this finds; it knows no rule itself.
import { posix } from 'node:path';
import { parseSync } from 'vite';

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** A path from the clone's root for files of ours, null for packages and built-in modules. */
  readonly file: string | null;
  /** The package's name, or `node:<module>`; null for files of ours. */
  readonly packageName: string | null;
  /** Leaves nothing behind at run time. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
  /** Clocks, chance, timers, the console and the process: what a pure module leaves alone. */
  readonly impureGlobals: readonly string[];
}

const impureNames = new Set([
  'Date.now',
  'Math.random',
  'crypto',
  'performance',
  'process',
  'console',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'window',
  'document',
]);

/**
 * @param path from the clone's root, with forward slashes
 * @throws Error where the text is not TypeScript
 */
export function readSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  const [firstError] = errors;
  if (firstError) throw new Error(`${path}: ${firstError.message}`);
  const imports: Import[] = [];
  const impureGlobals = new Set<string>();
  const add = (specifier: string, typeOnly: boolean) =>
    imports.push(resolveImport(path, specifier, typeOnly));

  const tree: unknown = program;
  if (!isNode(tree)) throw new Error(`${path}: the parser gave no tree`);
  walk(tree, (node) => {
    const source = literal(node.source);
    if (source !== null) {
      const names = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : [];
      const kinds = names.map((name) => name.importKind ?? name.exportKind);
      const allTypes = kinds.length > 0 && kinds.every((kind) => kind === 'type');
      const typeOnly =
        node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type';
      add(source, typeOnly || allTypes);
    }
    if (node.type === 'CallExpression' && isGlob(node.callee)) {
      for (const pattern of globPatterns(node.arguments)) add(pattern, false);
    }
    const global = globalName(node);
    if (global !== null && impureNames.has(global)) impureGlobals.add(global);
  });
  return { path, imports, impureGlobals: [...impureGlobals] };
}

function resolveImport(from: string, specifier: string, typeOnly: boolean): Import {
  const ours = specifier.startsWith('#shared/')
    ? `src-shared/${specifier.slice('#shared/'.length)}`
    : specifier.startsWith('.')
      ? posix.normalize(posix.join(posix.dirname(from), specifier))
      : null;
  // A package's file reached by path is that package all the same.
  const inPackages = /(?:^|\/)node_modules\/(.+)$/.exec(ours ?? '')?.[1] ?? null;
  if (ours !== null && inPackages === null) return { specifier, file: ours, packageName: null, typeOnly };
  return { specifier, file: null, packageName: packageNameOf(inPackages ?? specifier), typeOnly };
}

function packageNameOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit);
  }
}

function literal(value: unknown): string | null {
  return isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : null;
}

function isGlob(callee: unknown): boolean {
  if (!isNode(callee) || callee.type !== 'MemberExpression' || !isNode(callee.object)) return false;
  return callee.object.type === 'MetaProperty' && isNode(callee.property) && callee.property.name === 'glob';
}

function globPatterns(args: unknown): string[] {
  const [first] = Array.isArray(args) ? args : [];
  const values: unknown[] = isNode(first) && Array.isArray(first.elements) ? first.elements : [first];
  return values.flatMap((value) => literal(value) ?? []);
}

/** `Date.now()` as "Date.now", `setTimeout(…)` as "setTimeout"; null for whatever is no use of a global. */
function globalName(node: Node): string | null {
  if (node.type === 'CallExpression' && isNode(node.callee) && node.callee.type === 'Identifier') {
    return String(node.callee.name);
  }
  if (node.type !== 'MemberExpression' || !isNode(node.object) || node.object.type !== 'Identifier')
    return null;
  const object = String(node.object.name);
  if (impureNames.has(object)) return object;
  return isNode(node.property) ? `${object}.${String(node.property.name)}` : null;
}
