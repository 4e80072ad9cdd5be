// Forwards wire frames between a sandboxed page and main, and nothing else. It does not grow with features:
// what the frames mean is the contracts' business (src-shared/desktop, src-shared/media).
import { contextBridge, ipcRenderer } from 'electron';

/** One IPC channel each way; main knows the sender by its webContents. */
const channel = 'wire';

contextBridge.exposeInMainWorld('offhookWire', {
  post: (frame: unknown) => ipcRenderer.send(channel, frame),
  onFrame: (listener: (frame: unknown) => void) => {
    ipcRenderer.on(channel, (_event, frame: unknown) => listener(frame));
  },
});
