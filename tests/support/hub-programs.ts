// The hub's programs, for tests that run them as processes of their own: as they are shipped, where whoever runs the tests
// has built them just now (scripts/test.mjs, scripts/run.mjs), which start in half the time; else from their sources.
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const builtNow = process.env.OFFHOOK_BUILT_NOW === '1';
const program = (name: string) => join(root, builtNow ? `out/hub/${name}.js` : `src-hub/${name}.ts`);

export const hubServerProgram = program('server');
export const practiceHubProgram = program('practice-hub');
