// What every window has in common: sandbox, isolation, our preload, our page. Each window's own file adds its size and manners.
import path from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { pageUrl, type WindowPage } from './app-origin.ts';

/** @param outFolder the built files: preload/ and renderer/ stand in it. */
export function openPageWindow(outFolder: string, options: BrowserWindowConstructorOptions): BrowserWindow {
  return new BrowserWindow({
    show: false,
    autoHideMenuBar: true,
    title: 'Offhook',
    ...options,
    webPreferences: {
      preload: path.join(outFolder, 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      ...options.webPreferences,
    },
  });
}

/** Begins to load; the wire must be attached before, so that no frame of the page is missed. */
export function loadPage(window: BrowserWindow, page: WindowPage, onFailed: (error: unknown) => void): void {
  window.loadURL(pageUrl(page)).catch((error: unknown) => {
    if (!window.isDestroyed()) onFailed(error);
  });
}
