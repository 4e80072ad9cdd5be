// The host's front door: `node --import ./src-host/register.ts out/main/main.js [switches]`.
// Makes `electron` mean the host's module for everything that main loads, by import or by require.
import { registerHooks } from 'node:module';

const url = new URL('./electron-module.ts', import.meta.url).href;
const names = new Set(['electron', 'electron/main', 'electron/common']);

registerHooks({
  resolve: (specifier, context, next) =>
    names.has(specifier)
      ? { url, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

// Packages tell main from a renderer and from plain Node by these, as in Electron started with a file.
Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
