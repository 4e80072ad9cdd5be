// The one origin that windows load: app://desk, answered from the built renderer files with a strict CSP.
// Registered by main.ts before the app is ready; everything else is refused by security/lock-down.ts.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Protocol } from 'electron';

export const appScheme = 'app';
export const appOrigin = 'app://desk';

export const appSchemePrivileges = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
} as const;

/** No inline script, no eval, no origin but our own. Mantine sets style attributes, hence 'unsafe-inline' for styles. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.opus': 'audio/ogg',
};

export type WindowPage = 'sign-in' | 'agent' | 'call-box' | 'admin' | 'phone';

export function pageUrl(page: WindowPage): string {
  return `${appOrigin}/${page}.html`;
}

/**
 * @param folder the built renderer (out/renderer). Paths that lead out of it are "not found".
 * @param filledPage a page that is made when it is asked for; null leaves the file as it is
 */
export function serveAppOrigin(
  protocol: Protocol,
  folder: string,
  filledPage: (page: string) => Promise<string | null>,
): void {
  protocol.handle(appScheme, async (request) => {
    const url = new URL(request.url);
    const file = path.normalize(path.join(folder, decodeURIComponent(url.pathname)));
    const type = mediaTypes[path.extname(file)];
    if (url.host !== 'desk' || !file.startsWith(folder + path.sep) || !type) return notFound();
    try {
      const filled = type === mediaTypes['.html'] ? await filledPage(path.basename(file, '.html')) : null;
      return new Response(filled ?? new Uint8Array(await readFile(file)), {
        headers: {
          'content-type': type,
          'content-security-policy': contentSecurityPolicy,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'permissions-policy': 'camera=(), geolocation=(), microphone=(self), speaker-selection=(self)',
        },
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return notFound();
      throw error;
    }
  });
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
}
