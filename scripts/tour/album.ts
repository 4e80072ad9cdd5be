// The pictures that the tour takes: of a window as it is, light or dark. Used by the tour's steps.
// The app follows the computer's theme during the tour, and Playwright plays the computer, so that a picture in the
// other theme needs no click.
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { eventually } from '../../tests/support/eventually.ts';

export type Theme = 'light' | 'dark';

export interface Album {
  /** Takes `<name>.png`, or `<name>-dark.png` and so on for each theme asked for beside light. */
  take(page: Page, name: string, themes?: readonly Theme[]): Promise<void>;
  /** A call box, as high as what it shows. */
  takeCallBox(page: Page, name: string, themes?: readonly Theme[]): Promise<void>;
  /** Copies pictures to another folder. */
  copy(names: readonly string[], folder: string): void;
}

/** @param folder emptied of earlier pictures. */
export function createAlbum(folder: string): Album {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith('.png')) rmSync(join(folder, name));

  const takeIn = async (page: Page, name: string, theme: Theme, height?: number) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor({ state: 'attached' });
    // A button under the pointer would be shown as such, with its hint.
    await page.mouse.move(1, 1);
    const width = await page.evaluate(() => window.innerWidth);
    await page.screenshot({
      path: join(folder, `${name}${theme === 'dark' ? '-dark' : ''}.png`),
      animations: 'disabled',
      caret: 'hide',
      scale: 'css',
      ...(height === undefined ? {} : { clip: { x: 0, y: 0, width, height } }),
    });
  };
  const takeAll = async (page: Page, name: string, themes: readonly Theme[], height?: number) => {
    for (const theme of themes) await takeIn(page, name, theme, height);
    await page.emulateMedia({ colorScheme: 'light' });
  };

  return {
    take: (page, name, themes = ['light']) => takeAll(page, name, themes),
    async takeCallBox(page, name, themes = ['light']) {
      const height = await eventually(
        `the call box is as high as its content (${name})`,
        () =>
          page.evaluate(() => {
            const needed = Math.ceil(document.querySelector('main')?.getBoundingClientRect().height ?? 0);
            return needed > 0 && needed <= window.innerHeight ? needed : undefined;
          }),
        3_000,
      );
      await takeAll(page, name, themes, height);
    },
    copy(names, target) {
      mkdirSync(target, { recursive: true });
      for (const name of names) copyFileSync(join(folder, `${name}.png`), join(target, `${name}.png`));
    },
  };
}
