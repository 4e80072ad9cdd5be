// Maps the app's own scheme to an origin that Chromium knows and back: app://desk/x is https://desk.localhost/x there.
// Pure. Chromium has no way to teach it a scheme over the protocol; `.localhost` never leaves the machine.

const scheme = 'app:';
const suffix = '.localhost';

/** What Chromium is told for a URL of main's; other URLs pass unchanged. */
export function toBrowserUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== scheme) return url;
  return `https://${parsed.host}${suffix}${parsed.pathname || '/'}${parsed.search}${parsed.hash}`;
}

/** What main sees for a URL of Chromium's; URLs of other origins pass unchanged. */
export function toAppUrl(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !isAppPage(url)) return url;
  const host = parsed.hostname.slice(0, -suffix.length);
  return `${scheme}//${host}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

/** The origin as Electron names it for a standard scheme: `app://desk`; 'null' where there is none. */
export function originOf(appUrl: string): string {
  const parsed = URL.parse(appUrl);
  if (!parsed) return 'null';
  return parsed.protocol === scheme ? `${scheme}//${parsed.host}` : parsed.origin;
}

/** True for a page or file of the app as Chromium names it. */
export function isAppPage(browserUrl: string): boolean {
  const parsed = URL.parse(browserUrl);
  return (
    parsed?.protocol === 'https:' &&
    parsed.port === '' &&
    parsed.hostname.endsWith(suffix) &&
    parsed.hostname.length > suffix.length
  );
}

/** Replaces app origins inside a header's value (content security policies, locations, allowed origins). */
export function toBrowserHeader(value: string): string {
  return value.replaceAll(/\bapp:\/\/([\w.-]+)/g, (_match, host: string) => `https://${host}${suffix}`);
}
