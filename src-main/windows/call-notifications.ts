// One operating system notification per ringing call (DESK-2). Windows and macOS show the three answers on it (CALL-14);
// elsewhere a click opens the pop. It goes when the call no longer rings here.
import { Notification } from 'electron';
import type { CallView } from '#shared/domain/call-view.ts';
import type { CallId } from '#shared/domain/ids.ts';
import type { Words } from './words.ts';

export interface CallNotifications {
  callsChanged(calls: readonly CallView[]): void;
  closeAll(): void;
}

export function createCallNotifications(parts: {
  words(): Words;
  accept(callId: CallId): void;
  ignore(callId: CallId): void;
  decline(callId: CallId): void;
  open(): void;
}): CallNotifications {
  const shown = new Map<CallId, Notification>();
  const withActions = process.platform === 'darwin' || process.platform === 'win32';

  const show = (call: CallView) => {
    const words = parts.words();
    const who = call.remote.name ?? (call.remote.withheld ? words.withheld : call.remote.display);
    const lines = [
      call.remote.name && !call.remote.withheld ? call.remote.display : null,
      call.projectName ? `${words.callTo} ${call.projectName}` : null,
    ];
    const notification = new Notification({
      title: who,
      subtitle: words.incomingCall,
      body: lines.filter((line) => line !== null).join('\n') || words.incomingCall,
      urgency: 'critical',
      // The phone window rings on the ringer that the agent chose.
      silent: true,
      timeoutType: 'never',
      ...(withActions && {
        actions: [
          { type: 'button', text: words.accept },
          { type: 'button', text: words.ignore },
          { type: 'button', text: words.decline },
        ],
      }),
    });
    notification.on('click', parts.open);
    notification.on('action', (details) => {
      // In the order of the buttons above.
      const answer = [parts.accept, parts.ignore, parts.decline][details.actionIndex];
      answer?.(call.callId);
    });
    notification.show();
    shown.set(call.callId, notification);
  };

  const close = (callId: CallId) => {
    shown.get(callId)?.close();
    shown.delete(callId);
  };

  return {
    callsChanged(calls) {
      if (!Notification.isSupported()) return;
      const ringing = calls.filter((call) => call.phase === 'offered');
      for (const callId of [...shown.keys()]) {
        if (!ringing.some((call) => call.callId === callId)) close(callId);
      }
      for (const call of ringing) if (!shown.has(call.callId)) show(call);
    },
    closeAll() {
      for (const callId of [...shown.keys()]) close(callId);
    },
  };
}
