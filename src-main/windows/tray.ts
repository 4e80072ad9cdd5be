// The tray icon: says how the phone stands, brings the windows back, quits. Keeps the app reachable when they are closed.
import path from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { PhoneView } from '#shared/desktop/session-contract.ts';
import type { PresenceView } from '#shared/domain/presence.ts';
import type { Words } from './words.ts';

export interface AppTray {
  update(presence: PresenceView, phone: PhoneView, signedIn: boolean): void;
  destroy(): void;
}

export function createTray(parts: {
  iconFolder: string;
  words(): Words;
  open(): void;
  showCallBox(): void;
  quit(): void;
}): AppTray {
  // A template image lets macOS draw it in the bar's own colour.
  const file = process.platform === 'darwin' ? 'tray-Template.png' : 'tray.png';
  const tray = new Tray(nativeImage.createFromPath(path.join(parts.iconFolder, file)));
  tray.on('click', parts.open);
  return {
    update(presence, phone, signedIn) {
      const words = parts.words();
      const state = phone.on ? words.phoneOn : words.phoneOff;
      tray.setToolTip(signedIn ? `Offhook: ${words[presence.status]}, ${state}` : 'Offhook');
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: words.open, click: parts.open },
          { label: words.showCallBox, enabled: signedIn, click: parts.showCallBox },
          { type: 'separator' },
          { label: words.quit, click: parts.quit },
        ]),
      );
    },
    destroy: () => tray.destroy(),
  };
}
