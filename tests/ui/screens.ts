// Takes a picture of every window in every state, language, theme and scale into test-results/screens, and lets axe
// judge each. Run by hand: npx node tests/ui/screens.ts [parts of a scenario's name, ...] [--quick] [--crossed] [--zoomed]
// It looks for /usr/bin/chromium or $CHROMIUM, and writes to $SCREENS where it is set; --quick takes English light and German
// dark only, --crossed English dark and German light, --zoomed German light at 200 %.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { buildHarness, type Look, openHarness } from '../support/ui-harness/harness.ts';
import { scenarios } from '../support/ui-harness/scenarios.ts';

const parts = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const folder = process.env.SCREENS ?? join(import.meta.dirname, '../../test-results/screens');
const isWanted = (name: string) => parts.length === 0 || parts.some((part) => name.includes(part));

const plain = { scale: 1, zoom: 1 };
const quickly: readonly Look[] = [
  { language: 'en', theme: 'light', ...plain },
  { language: 'de', theme: 'dark', ...plain },
];
const crossed: readonly Look[] = [
  { language: 'en', theme: 'dark', ...plain },
  { language: 'de', theme: 'light', ...plain },
];
const zoomed: readonly Look[] = [{ language: 'de', theme: 'light', scale: 1, zoom: 2 }];
const all = (['en', 'de'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    [plain, { scale: 2, zoom: 1 }, { scale: 1, zoom: 2 }].map((size): Look => ({ language, theme, ...size })),
  ),
);
const some = Object.entries({ quick: quickly, crossed, zoomed }).flatMap(([name, looks]) =>
  process.argv.includes(`--${name}`) ? looks : [],
);
const looks = some.length > 0 ? some : all;

await mkdir(folder, { recursive: true });
const userDataFolder = await mkdtemp(join(tmpdir(), 'offhook-screens-'));
await buildHarness();
const harness = await openHarness(process.env.CHROMIUM ?? '/usr/bin/chromium', userDataFolder);
let faults = 0;
try {
  for (const name of Object.keys(scenarios).filter(isWanted)) {
    for (const look of looks) {
      const title = `${name}.${look.language}.${look.theme}${look.scale === 1 ? '' : `@${look.scale}x`}${look.zoom === 1 ? '' : `.${look.zoom * 100}%`}`;
      try {
        faults += await picture(name, look, title);
      } catch (error) {
        faults += 1;
        console.log(`${title}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
} finally {
  await harness.close();
  await rm(userDataFolder, { recursive: true, force: true });
}
console.log(`${faults} problems; pictures in ${folder}`);

/** @returns how many problems there were */
async function picture(name: string, look: Look, title: string): Promise<number> {
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
  await context.close();
  return problems.length;
}
