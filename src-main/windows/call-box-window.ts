// The call box: frameless, above all windows, shown without taking the keyboard, at its remembered place.
// What it shows is the page's business; when it appears and goes is decided by app-windows.ts.
import { type BrowserWindow, screen } from 'electron';
import type { WirePort } from '#shared/wire/wire-port.ts';
import type { IpcPorts } from '../desktop-wire/ipc-ports.ts';
import type { Log } from '../log.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { defaultPlace, displaySetKey, onScreen } from './call-box-place.ts';
import { loadPage, openPageWindow } from './page-window.ts';

const widthPx = 360;
const firstHeightPx = 520;

export interface CallBoxWindow {
  readonly window: BrowserWindow;
  /** Appears without taking focus; does nothing where it is shown already. */
  appear(): void;
  hide(): void;
  /** Grows or shrinks upwards, so that the bottom edge stays where the agent put it. */
  fitHeight(heightPx: number): void;
}

export function openCallBoxWindow(parts: {
  outFolder: string;
  ports: IpcPorts;
  settings: SettingsService;
  attach(port: WirePort): void;
  log: Log;
}): CallBoxWindow {
  const { settings, log } = parts;
  const window = openPageWindow(parts.outFolder, {
    width: widthPx,
    height: firstHeightPx,
    frame: false,
    resizable: false,
    maximizable: false,
    minimizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    title: 'Offhook call',
    ...startPlace(settings),
  });
  window.setAlwaysOnTop(true, 'screen-saver');
  window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
  parts.attach(parts.ports.register(window));
  loadPage(window, 'call-box', log);

  /** Only a move by hand is remembered, not the ones made here. */
  let placing = false;
  const place = (box: Electron.Rectangle) => {
    placing = true;
    window.setBounds({ ...box, ...onScreen(box, screen.getAllDisplays()) });
    placing = false;
  };

  window.on('moved', () => {
    if (placing || window.isDestroyed()) return;
    const { x, y } = onScreen(window.getBounds(), screen.getAllDisplays());
    const places = { ...settings.local().callBoxPlaces, [displaySetKey(screen.getAllDisplays())]: { x, y } };
    settings.changeLocal({ callBoxPlaces: places });
  });
  const displaysChanged = () => {
    if (!window.isDestroyed()) place({ ...window.getBounds(), ...startPlace(settings) });
  };
  screen.on('display-added', displaysChanged);
  screen.on('display-removed', displaysChanged);
  screen.on('display-metrics-changed', displaysChanged);
  window.once('closed', () => {
    screen.off('display-added', displaysChanged);
    screen.off('display-removed', displaysChanged);
    screen.off('display-metrics-changed', displaysChanged);
  });

  return {
    window,
    appear() {
      if (window.isDestroyed() || window.isVisible()) return;
      place(window.getBounds());
      window.showInactive();
    },
    hide() {
      if (!window.isDestroyed() && window.isVisible()) window.hide();
    },
    fitHeight(heightPx) {
      if (window.isDestroyed()) return;
      const { x, y, height, width } = window.getBounds();
      if (height !== heightPx) place({ x, y: y + height - heightPx, width, height: heightPx });
    },
  };
}

function startPlace(settings: SettingsService): { x: number; y: number } {
  const displays = screen.getAllDisplays();
  const size = { width: widthPx, height: firstHeightPx };
  const remembered = settings.local().callBoxPlaces[displaySetKey(displays)];
  return onScreen({ ...(remembered ?? defaultPlace(screen.getPrimaryDisplay(), size)), ...size }, displays);
}
