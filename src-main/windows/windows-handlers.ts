// The wire's side of what a window asks of its own frame.

import type { windowsCommands } from '#shared/desktop/windows-contract.ts';
import type { CallId, RecordId } from '#shared/domain/ids.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { AppWindows } from './app-windows.ts';

export function windowsHandlers(parts: {
  readonly windows: AppWindows;
  openCall(callId: CallId): void;
  showRecord(recordId: RecordId): void;
  /** Refused where the person who is signed in administers nothing. */
  refuseClerks(): void;
  /** Returns the path. */
  saveFile(name: string, text: string): Promise<string>;
}): DomainHandlers<typeof windowsCommands> {
  const { windows } = parts;
  return {
    'window.painted': (_nothing, { window }) => {
      windows.painted(window);
      return null;
    },
    'window.hide': (_nothing, { window }) => {
      windows.hide(window);
      return null;
    },
    'window.fitHeight': ({ heightPx }, { window }) => {
      windows.fitHeight(window, heightPx);
      return null;
    },
    'window.openAgent': ({ callId }) => {
      windows.raise();
      if (callId) parts.openCall(callId);
      return null;
    },
    'window.openRecord': ({ recordId }) => {
      windows.raise();
      parts.showRecord(recordId);
      return null;
    },
    'window.showCallBox': () => {
      windows.showCallBox(true);
      return null;
    },
    'window.openAdmin': () => {
      parts.refuseClerks();
      windows.openAdmin();
      return null;
    },
    'window.saveFile': async ({ name, text }) => {
      parts.refuseClerks();
      return { path: await parts.saveFile(name, text) };
    },
  };
}
