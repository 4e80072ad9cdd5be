// Turns Electron's IPC into one WirePort per window. A frame is let through only when its sender is a window that was
// registered here, speaks from its top frame, and shows our own origin; anything else is logged and dropped.
import { type BrowserWindow, type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import type { WirePort } from '#shared/wire/wire-port.ts';
import type { Log } from '../log.ts';
import { ofOurOrigin } from '../security/lock-down.ts';

const channel = 'wire';

/** Larger frames are refused unread: a note has 100,000 characters at the most. */
const usualFrameCharacters = 2_000_000;

/** A page asks for some topics and waits for them. */
const mostEarlyFrames = 100;

interface RegisteredSender {
  readonly contents: WebContents;
  readonly frames: Set<(frame: unknown) => void>;
  /** What the page said before anyone listened: a window may be opened before there is somebody to answer it. */
  readonly early: unknown[];
  readonly mostCharacters: number;
}

export interface IpcPorts {
  /**
   * The port stays the same over reloads of the window's page, and closes with the window.
   * @param mostCharacters of one frame, where the window has more to say than others
   */
  register(window: BrowserWindow, mostCharacters?: number): WirePort;
}

export function createIpcPorts(log: Log): IpcPorts {
  const senders = new Map<number, RegisteredSender>();

  ipcMain.on(channel, (event: IpcMainEvent, frame: unknown) => {
    const sender = senders.get(event.sender.id);
    const from = event.senderFrame;
    if (!sender || !from || from !== event.sender.mainFrame || !ofOurOrigin(from.url)) {
      log.warn('wire: frame from an unknown sender dropped', { known: sender !== undefined });
      return;
    }
    if (tooLarge(frame, sender.mostCharacters)) {
      log.warn('wire: frame too large, dropped', {});
      return;
    }
    if (sender.frames.size === 0 && sender.early.length < mostEarlyFrames) sender.early.push(frame);
    for (const listener of [...sender.frames]) listener(frame);
  });

  return {
    register(window, mostCharacters = usualFrameCharacters) {
      const contents = window.webContents;
      const sender: RegisteredSender = { contents, early: [], frames: new Set(), mostCharacters };
      const closes = new Set<() => void>();
      senders.set(contents.id, sender);
      contents.once('destroyed', () => {
        senders.delete(contents.id);
        for (const listener of closes) listener();
      });
      return {
        post(frame) {
          if (!contents.isDestroyed()) contents.send(channel, frame);
        },
        onFrame(listener) {
          sender.frames.add(listener);
          for (const frame of sender.early.splice(0)) listener(frame);
          return () => sender.frames.delete(listener);
        },
        onClose(listener) {
          closes.add(listener);
          return () => closes.delete(listener);
        },
      };
    },
  };
}

/** Counts characters of all text in the frame, and stops as soon as there are too many. */
function tooLarge(frame: unknown, mostCharacters: number): boolean {
  let left = mostCharacters;
  const walk = (value: unknown, depth: number): boolean => {
    if (depth > 20) return true;
    if (typeof value === 'string') left -= value.length;
    else if (ArrayBuffer.isView(value)) left -= value.byteLength;
    else if (Array.isArray(value)) return value.some((item) => walk(item, depth + 1));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        left -= key.length;
        if (walk(item, depth + 1)) return true;
      }
    } else left -= 8;
    return left < 0;
  };
  return walk(frame, 0);
}
