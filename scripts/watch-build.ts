// Builds all environments and again whatever changes. Started by dev.mjs on the packages' own Node, and tells it
// over the IPC channel whenever out/ is whole again.
import { createBuilder } from 'vite';

const builder = await createBuilder({ build: { watch: {} }, logLevel: 'warn' });
const environments = Object.values(builder.environments);
/** While one is being built its folder is empty. */
const unfinished = new Set(environments.map((environment) => environment.name));

for (const environment of environments) {
  const { name } = environment;
  const watcher = await builder.build(environment);
  if (!('on' in watcher)) throw new Error(`Vite built ${name} once instead of watching it`);
  watcher.on('event', (event) => {
    if (event.code === 'BUNDLE_START') unfinished.add(name);
    if (event.code !== 'BUNDLE_END') return;
    unfinished.delete(name);
    if (unfinished.size === 0) process.send?.({ built: name });
  });
}
