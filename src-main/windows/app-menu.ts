// The application menu: Electron's own, but for "Quit", which asks first (CALL-21). On macOS it is the only way to Cmd+Q;
// elsewhere the menu bar hides itself, and its shortcuts go on working.
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Words } from './words.ts';

export function setAppMenu(words: Words, quit: () => void): void {
  const quitItem: MenuItemConstructorOptions = { label: words.quit, click: quit };
  // As Electron's own: Windows has no shortcut for it.
  if (process.platform !== 'win32') quitItem.accelerator = 'CommandOrControl+Q';
  const first: MenuItemConstructorOptions =
    process.platform === 'darwin'
      ? {
          label: app.name,
          submenu: [
            { role: 'about' },
            { type: 'separator' },
            { role: 'services' },
            { type: 'separator' },
            { role: 'hide' },
            { role: 'hideOthers' },
            { role: 'unhide' },
            { type: 'separator' },
            quitItem,
          ],
        }
      : { label: words.file, submenu: [{ role: 'close' }, { type: 'separator' }, quitItem] };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([first, { role: 'editMenu' }, { role: 'viewMenu' }, { role: 'windowMenu' }]),
  );
}
