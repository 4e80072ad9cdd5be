// What `import … from 'electron'` and `require('electron')` give main and its packages on the host. register.ts
// resolves both to this file. What is not listed here is absent, as autoUpdater is on Linux builds without one.
import { app } from './electron/app.ts';
import { BrowserWindow } from './electron/browser-window.ts';
import { dialog } from './electron/dialog.ts';
import { ipcMain } from './electron/ipc-main.ts';
import { Menu, MenuItem } from './electron/menu.ts';
import { nativeImage } from './electron/native-image.ts';
import { nativeTheme } from './electron/native-theme.ts';
import { net } from './electron/net.ts';
import { Notification } from './electron/notification.ts';
import { powerMonitor, powerSaveBlocker } from './electron/power.ts';
import { protocol } from './electron/protocol.ts';
import { safeStorage } from './electron/safe-storage.ts';
import { screen } from './electron/screen.ts';
import { session } from './electron/session.ts';
import { shell } from './electron/shell.ts';
import { clipboard, crashReporter, globalShortcut, systemPreferences } from './electron/system-stubs.ts';
import { Tray } from './electron/tray.ts';
import { utilityProcess } from './electron/utility-process.ts';
import { windowRegistry } from './electron/window-registry.ts';

const webContents = {
  getAllWebContents: () => windowRegistry.contents(),
  fromId: (id: number) => windowRegistry.contents().find((contents) => contents.id === id),
  getFocusedWebContents: () => windowRegistry.focused()?.webContents ?? null,
};

const electron = {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  utilityProcess,
  webContents,
};

export {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  utilityProcess,
  webContents,
};
export default electron;
// What require() of this module returns.
export { electron as 'module.exports' };
