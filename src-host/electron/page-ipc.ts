// Hands a page's send or invoke to main: first to the contents' own ipc, then to ipcMain, as Electron does.
// Called by web-contents.ts, which has checked that the message comes from the current top frame.
import { report } from '../host-log.ts';
import type { FromPage, ToPage } from '../page/bridge-messages.ts';
import { preventableEvent } from './events.ts';
import { ipcMain } from './ipc-main.ts';
import type { WebContents } from './web-contents.ts';

type IpcMessage = Extract<FromPage, { readonly kind: 'send' | 'invoke' }>;

/** @param answer delivers to the document that asked, and only while it is shown. */
export function receiveIpc(
  contents: WebContents,
  message: IpcMessage,
  answer: (message: ToPage) => void,
): void {
  const event = preventableEvent({
    type: 'frame',
    sender: contents,
    senderFrame: contents.mainFrame,
    processId: contents.mainFrame.processId,
    frameId: contents.mainFrame.routingId,
    ports: [],
    reply: (channel: string, ...args: unknown[]) => contents.send(channel, ...args),
  });
  const { channel, args } = message;
  if (message.kind === 'send') {
    contents.ipc.emit(channel, event, ...args);
    ipcMain.emit(channel, event, ...args);
    return;
  }
  const { id } = message;
  const fail = (error: unknown) => answer({ kind: 'failure', id, message: String(error) });
  const handler = contents.ipc.handlerOf(channel) ?? ipcMain.handlerOf(channel);
  if (!handler) {
    fail(new Error(`No handler registered for '${channel}'`));
    return;
  }
  const run = async () => answer({ kind: 'answer', id, value: await handler(event, ...args) });
  run().catch((error) => {
    report(`Error occurred in handler for '${channel}'.`, error);
    fail(error);
  });
}
