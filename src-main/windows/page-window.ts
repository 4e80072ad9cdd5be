// What every window has in common: sandbox, isolation, our preload, our page. Each window's own file adds its size and manners.
import path from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import type { Log } from '../log.ts';
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

/**
 * Begins to load; the wire must be attached before, so that no frame of the page is missed. What the page warns of in its
 * console goes into the log: the wire's own words, and faults of ours.
 */
export function loadPage(window: BrowserWindow, page: WindowPage, log: Log): void {
  window.webContents.on('console-message', ({ level, message }) => {
    if (level === 'warning' || level === 'error')
      log.warn('page: console', { page, text: message.slice(0, 300) });
  });
  window.loadURL(pageUrl(page)).catch((error: unknown) => {
    if (!window.isDestroyed()) log.error('page: did not load', { page, error });
  });
}
