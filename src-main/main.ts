// The entry: what must be said before Electron is ready, and nothing that takes time to load. The rest of main (boot.ts)
// loads while Chromium starts.
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { app, protocol } from 'electron';
import { appSchemePrivileges } from './windows/app-origin.ts';

// The heap's nursery stays as small as it begins: loading would let it grow by 20 MB that are never needed again.
setFlagsFromString('--semi-space-growth-factor=1');

const outFolder = path.resolve(import.meta.dirname, '..');

app.setName('Offhook');
app.setAppUserModelId('app.offhook.desktop');
protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
// Wayland lets no window place itself or stay above: the call box needs X11 there (toolchain.md).
if (process.platform === 'linux' && process.env.WAYLAND_DISPLAY)
  app.commandLine.appendSwitch('ozone-platform', 'x11');
// The practice hub's callers live on this computer's own loopback, another app's practice hub included.
const hubHost = URL.parse(process.env.OFFHOOK_HUB_URL ?? 'ws://127.0.0.1')?.hostname;
if (hubHost === '127.0.0.1' || hubHost === 'localhost')
  app.commandLine.appendSwitch('allow-loopback-in-peer-connection');

if (app.requestSingleInstanceLock()) {
  void app.whenReady();
  void import('./boot.ts').then(({ boot }) => boot(outFolder));
} else app.quit();
