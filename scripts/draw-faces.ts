// Puts the sign-in's first face into the built page: its styles in the page itself, the form as src-renderer/sign-in/faces
// drew it, and the scripts kept back until it has been painted (src-renderer/sign-in/after-paint.ts). Called at the end of
// the build by vite.config.ts; src-main/windows/first-face.ts serves what comes of it. A page that this has not touched, as
// in `npm run dev` after a change, works all the same, and is painted later.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

interface DrawnFaces {
  drawFaces(): Promise<Record<string, string>>;
}

const emptyRoot = '<div id="root"></div>';

/** @param facesFile the built src-renderer/sign-in/faces.tsx. @throws Error where the page is not as expected */
export async function drawFacesInto(rendererFolder: string, facesFile: string): Promise<void> {
  const page = path.join(rendererFolder, 'sign-in.html');
  const built = readFileSync(page, 'utf8');
  if (!built.includes(emptyRoot)) throw new Error('sign-in.html has no empty #root to draw into.');
  const { drawFaces } = (await import(pathToFileURL(facesFile).href)) as DrawnFaces;
  const read = (href: string) => readFileSync(path.join(rendererFolder, href), 'utf8');
  writeFileSync(page, keepScriptsBack(inlineStyles(built, read)));
  writeFileSync(path.join(rendererFolder, 'sign-in.faces.json'), JSON.stringify(await drawFaces()));
}

/** One request less for each, before anything is painted. */
function inlineStyles(html: string, read: (href: string) => string): string {
  return html.replaceAll(/<link rel="stylesheet"[^>]*href="([^"]+)">/g, (_tag, href: string) => {
    const styles = read(href).replaceAll(/\/\*# sourceMappingURL=.*?\*\//g, '');
    if (styles.includes('</style')) throw new Error(`${href} cannot stand in a page.`);
    return `<style>${styles}</style>`;
  });
}

function keepScriptsBack(html: string): string {
  const scripts = [...html.matchAll(/\s*<script type="module"[^>]*src="([^"]+)"><\/script>/g)];
  const needs = [...html.matchAll(/\s*<link rel="modulepreload"[^>]*href="([^"]+)">/g)];
  const [first] = scripts;
  if (!first || scripts.length > 1) throw new Error('sign-in.html does not have exactly one script.');
  const tag = `<script type="module" src="/after-paint.js" data-entry="${first[1]}" data-needs="${needs.map((each) => each[1]).join(' ')}"></script>`;
  const without = [...scripts, ...needs].reduce((text, [found]) => text.replace(found, ''), html);
  return without.replace('</head>', `  ${tag}\n  </head>`);
}
