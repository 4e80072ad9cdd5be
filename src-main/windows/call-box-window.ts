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
/** The least that the page asks for. */
const leastHeightPx = 80;
/** A drag has ended when nothing has moved for this long: Linux tells only single steps of it. */
const movedForMs = 300;

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

  /** Where it was put from here: any other place is the agent's own. */
  let placed: { x: number; y: number } | null = null;
  const place = (box: Electron.Rectangle) => {
    placed = onScreen(box, screen.getAllDisplays());
    window.setBounds({ ...box, ...placed });
  };

  const moved = () => {
    if (window.isDestroyed() || !window.isVisible()) return;
    const box = window.getBounds();
    if (box.x === placed?.x && box.y === placed.y) return;
    place(box);
    const displays = screen.getAllDisplays();
    const { x, y, height } = window.getBounds();
    const remembered = { x, y: y + height - firstHeightPx };
    settings.changeLocal({
      callBoxPlaces: { ...settings.local().callBoxPlaces, [displaySetKey(displays)]: remembered },
    });
  };
  let movedTimer: NodeJS.Timeout | undefined;
  window.on('move', () => {
    clearTimeout(movedTimer);
    movedTimer = setTimeout(moved, movedForMs);
  });
  const displaysChanged = () => {
    if (window.isDestroyed()) return;
    const { x, y } = startPlace(settings);
    const { width, height } = window.getBounds();
    place({ x, y: y + firstHeightPx - height, width, height });
  };
  screen.on('display-added', displaysChanged);
  screen.on('display-removed', displaysChanged);
  screen.on('display-metrics-changed', displaysChanged);
  window.once('closed', () => {
    clearTimeout(movedTimer);
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
      if (window.isDestroyed() || !window.isVisible()) return;
      // A drag that has only just ended is kept before the box is gone.
      moved();
      window.hide();
    },
    fitHeight(heightPx) {
      if (window.isDestroyed()) return;
      // What the agent did until now is kept first.
      moved();
      const { x, y, height, width } = window.getBounds();
      if (height !== heightPx) place({ x, y: y + height - heightPx, width, height: heightPx });
    },
  };
}

/**
 * Where a box of the first height stands. What is remembered is the bottom edge, because the box grows upwards: its top
 * may lie above the screen until the page has said how high it is.
 */
function startPlace(settings: SettingsService): { x: number; y: number } {
  const displays = screen.getAllDisplays();
  const size = { width: widthPx, height: firstHeightPx };
  const remembered = settings.local().callBoxPlaces[displaySetKey(displays)];
  if (!remembered) return onScreen({ ...defaultPlace(screen.getPrimaryDisplay(), size), ...size }, displays);
  const aboveFoot = firstHeightPx - leastHeightPx;
  const foot = { x: remembered.x, y: remembered.y + aboveFoot, width: widthPx, height: leastHeightPx };
  const { x, y } = onScreen(foot, displays);
  return { x, y: y - aboveFoot };
}
