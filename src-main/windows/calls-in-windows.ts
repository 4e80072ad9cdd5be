// What calls do to windows: the call box appears and goes, notifications come and are taken back, and the box stays
// for as long as a save may be undone.

import type { CallId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CallDesk } from '../calls/call-desk.ts';
import type { Finishing } from '../calls/finishing.ts';
import type { HistoryService } from '../history/history-service.ts';
import type { Log } from '../log.ts';
import type { AppWindows } from './app-windows.ts';
import { createCallNotifications } from './call-notifications.ts';
import type { Words } from './words.ts';

/** Returns the way to stop, notifications taken back. */
export function showCallsInWindows(parts: {
  desk: CallDesk;
  finishing: Finishing;
  history: HistoryService;
  windows: AppWindows;
  words(): Words;
  log: Log;
}): () => void {
  const { desk, windows, log } = parts;
  const answering = (act: (callId: CallId) => void) => (callId: CallId) => {
    try {
      act(callId);
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      // Too late, or refused: the call box shows how the call stands.
      log.info('notification: refused', { reason: error.reason });
      windows.showCallBox(true);
    }
  };
  const notifications = createCallNotifications({
    words: parts.words,
    accept: answering((callId) => {
      desk.accept(callId);
      windows.showCallBox(true);
    }),
    ignore: answering((callId) => desk.ignore(callId)),
    decline: answering((callId) => desk.decline(callId)),
    open: () => windows.showCallBox(true),
  });
  const stops = [
    desk.changed.on((calls) => {
      // The wrap-up of an order's call stands on the order's card.
      windows.callsChanged(calls.filter(({ orderId, phase }) => orderId === null || phase !== 'wrapUp'));
      notifications.callsChanged(calls);
    }),
    parts.finishing.changed.on((callId) => {
      windows.keepCallBoxUntil(parts.history.get(callId).undoUntilMs ?? 0);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    notifications.closeAll();
  };
}
