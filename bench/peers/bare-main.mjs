// The peer of the start: the least that shows a page on the same runtime. One window, one static page from the same kind
// of origin, no preload, no wire. Started by start.bench.ts in place of the app's main.
// JavaScript, as the app's main is: nothing has to be compiled.
import { app, BrowserWindow, protocol } from 'electron';

const page =
  '<!doctype html><meta charset="utf-8"><title>Bare</title><style>body{font:14px system-ui}</style><h1>Sign in</h1>';

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
await app.whenReady();
protocol.handle('app', () => new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
const window = new BrowserWindow({ width: 420, height: 560, show: false });
await window.loadURL('app://desk/sign-in.html');
window.show();
process.stdout.write('Offhook is ready\n');
