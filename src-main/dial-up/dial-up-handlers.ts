// Answers call mode's share of the desktop contract. Decides nothing: dial-up-desk.ts does. Registered by compose.ts.
import type { dialUpCommands } from '#shared/desktop/dial-up-contract.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { DialUpDesk } from './dial-up-desk.ts';

export function dialUpHandlers(dialUp: DialUpDesk): DomainHandlers<typeof dialUpCommands> {
  return {
    'dialUp.get': () => dialUp.view(),
    'dialUp.start': () => {
      dialUp.start();
      return null;
    },
    'dialUp.stop': () => {
      dialUp.stop();
      return null;
    },
    'dialUp.pauseAfterThis': ({ on }) => {
      dialUp.pauseAfterThis(on);
      return null;
    },
    'dialUp.dial': async ({ number }) => {
      await dialUp.dial(number);
      return null;
    },
    'dialUp.stopCountdown': () => {
      dialUp.stopCountdown();
      return null;
    },
    'dialUp.changeDraft': ({ orderId, note, callBackAtMs, own }) => {
      dialUp.changeDraft(orderId, {
        ...(note !== undefined && { note }),
        ...(callBackAtMs !== undefined && { callBackAtMs }),
        ...(own !== undefined && { own }),
      });
      return null;
    },
    'dialUp.end': ({ orderId, button }) => {
      dialUp.end(orderId, button);
      return null;
    },
    'dialUp.undo': () => {
      dialUp.undo();
      return null;
    },
    'orders.ofRecord': ({ recordId }) => dialUp.ordersOfRecord(recordId),
  };
}
