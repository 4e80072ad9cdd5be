// Builds all environments and again whatever changes. Started by dev.mjs on the packages' own Node, and tells it
// over the IPC channel when out/ is whole: {built: environmentName}.
import { createBuilder } from 'vite';

const builder = await createBuilder({ build: { watch: {} }, logLevel: 'warn' });

for (const environment of Object.values(builder.environments)) {
  const watcher = await builder.build(environment);
  if (!('on' in watcher)) continue;
  watcher.on('event', (event) => {
    if (event.code === 'BUNDLE_END') process.send?.({ built: environment.name });
    if (event.code === 'ERROR') console.error(`${environment.name}: ${event.error.message}`);
  });
}
