// tel:, sip: and callto: links from other programs: they fill the dial field and never dial by themselves (CALL-3).
import type { App } from 'electron';

const dialLink = /^(tel|sips?|callto):/i;

/** The first such link among a process's arguments (Windows and Linux hand links over that way). */
export function dialTargetIn(argv: readonly string[]): string | null {
  return argv.find((argument) => dialLink.test(argument)) ?? null;
}

/** macOS tells links as events. */
export function listenForDialLinks(app: App, fill: (target: string) => void): void {
  app.on('open-url', (event, url) => {
    event.preventDefault();
    if (dialLink.test(url)) fill(url);
  });
}
