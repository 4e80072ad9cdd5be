// The host's front door: `node --import ./out/host/register.js out/main/main.js [switches]`, or this file as it is, which
// takes longer and more memory. Makes `electron` mean the host's module for everything that main loads, by import or by require.
import { registerHooks } from 'node:module';
import path from 'node:path';

const ending = path.extname(import.meta.filename);
const url = new URL(`./electron-module${ending}`, import.meta.url).href;
const format = ending === '.ts' ? 'module-typescript' : 'module';
const names = new Set(['electron', 'electron/main', 'electron/common']);

registerHooks({
  resolve: (specifier, context, next) =>
    names.has(specifier) ? { url, format, shortCircuit: true } : next(specifier, context),
});

// Packages tell main from a renderer and from plain Node by these, as in Electron started with a file.
Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
