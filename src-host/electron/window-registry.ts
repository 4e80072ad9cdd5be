// Which windows live, in the order in which they were made, and which has the keyboard. Asked by app, BrowserWindow and
// the theme; kept apart from BrowserWindow so that these need not import each other.
import type { BrowserWindow } from './browser-window.ts';
import type { WebContents } from './web-contents.ts';

const windows = new Set<BrowserWindow>();
const contentsById = new Map<number, WebContents>();
let lastId = 0;

export const windowRegistry = {
  nextId: (): number => ++lastId,
  add(window: BrowserWindow): void {
    windows.add(window);
    contentsById.set(window.webContents.id, window.webContents);
  },
  remove(window: BrowserWindow): void {
    windows.delete(window);
    contentsById.delete(window.webContents.id);
  },
  all: (): BrowserWindow[] => [...windows],
  focused: (): BrowserWindow | null => [...windows].find((window) => window.isFocused()) ?? null,
  contents: (): WebContents[] => [...contentsById.values()],
};
