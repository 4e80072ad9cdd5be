// Draws the icons of build/ from their SVGs: `node scripts/run.mjs --chromium scripts/draw-icons.ts`, after a change of
// one of them. The PNGs are committed, so that nothing else needs a browser. One tray icon serves light and dark
// panels; macOS colours the template image itself.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { root } from './setup/places.mjs';

const build = join(root, 'build');
const linuxSizes = [16, 32, 48, 64, 128, 256, 512];

const pictures = [
  { svg: 'icon.svg', png: 'icon.png', size: 1024 },
  ...linuxSizes.map((size) => ({ svg: 'icon.svg', png: `icons/${size}x${size}.png`, size })),
  { svg: 'tray/tray.svg', png: 'tray/tray.png', size: 22 },
  { svg: 'tray/tray.svg', png: 'tray/tray@2x.png', size: 44 },
  { svg: 'tray/tray-Template.svg', png: 'tray/tray-Template.png', size: 18 },
  { svg: 'tray/tray-Template.svg', png: 'tray/tray-Template@2x.png', size: 36 },
];

mkdirSync(join(build, 'icons'), { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.OFFHOOK_CHROMIUM,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const { svg, png, size } of pictures) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const drawing = readFileSync(join(build, svg), 'utf8');
    await page.setContent(
      `<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`,
    );
    await page.screenshot({ path: join(build, png), omitBackground: true });
    await page.close();
    console.log(`${png} (${size} px)`);
  }
} finally {
  await browser.close();
}
