// Name, version and folder of the app that runs: from the package.json nearest above main's file, as with `electron .`.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface AppPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

function readAppPackage(mainFile: string): AppPackage {
  let folder = path.dirname(path.resolve(mainFile));
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      return { folder: path.dirname(path.resolve(mainFile)), name: 'Electron', version: '0.0.0' };
    folder = parent;
  }
  const text = readFileSync(path.join(folder, 'package.json'), 'utf8');
  const read = JSON.parse(text) as { name?: string; productName?: string; version?: string };
  return { folder, name: read.productName ?? read.name ?? 'Electron', version: read.version ?? '0.0.0' };
}

export const appPackage = readAppPackage(process.argv[1] ?? '.');
