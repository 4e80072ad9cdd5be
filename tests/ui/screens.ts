// Takes a picture of every window in every state, language, theme and scale into test-results/screens, and lets axe
// judge each. Run by hand: npx node tests/ui/screens.ts [part of a scenario's name] [--quick]
// It looks for /usr/bin/chromium or $CHROMIUM, and writes to $SCREENS where it is set; --quick takes English light and German dark only.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { buildHarness, type Look, openHarness } from '../support/ui-harness/harness.ts';
import { scenarios } from '../support/ui-harness/scenarios.ts';

const [filter = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const quick = process.argv.includes('--quick');
const folder = process.env.SCREENS ?? join(import.meta.dirname, '../../test-results/screens');

const looks: Look[] = quick
  ? [
      { language: 'en', theme: 'light', scale: 1 },
      { language: 'de', theme: 'dark', scale: 1 },
    ]
  : (['en', 'de'] as const).flatMap((language) =>
      (['light', 'dark'] as const).flatMap((theme) => [1, 2].map((scale) => ({ language, theme, scale }))),
    );

await mkdir(folder, { recursive: true });
const userDataFolder = await mkdtemp(join(tmpdir(), 'offhook-screens-'));
await buildHarness();
const harness = await openHarness(process.env.CHROMIUM ?? '/usr/bin/chromium', userDataFolder);
let faults = 0;
try {
  for (const name of Object.keys(scenarios).filter((each) => each.includes(filter))) {
    for (const look of looks) {
      const title = `${name}.${look.language}.${look.theme}${look.scale === 1 ? '' : `@${look.scale}x`}`;
      const { page, context, problems } = await harness.open(name, look);
      await page.screenshot({ path: join(folder, `${title}.png`) });
      if (look.scale === 1) {
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { id, nodes } of violations) {
          problems.push(
            `axe ${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.any.map((each) => each.message).join('; ')}`).join('\n      ')}`,
          );
        }
      }
      for (const problem of problems) console.log(`${title}: ${problem}`);
      faults += problems.length;
      await context.close();
    }
  }
} finally {
  await harness.close();
  await rm(userDataFolder, { recursive: true, force: true });
}
console.log(`${faults} problems; pictures in ${folder}`);
