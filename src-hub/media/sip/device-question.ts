// Asks, within a call in which nothing is heard any more, whether the device at its other end can be reached. Used by
// media-call.ts. An UPDATE without an offer (RFC 3311) changes nothing, and every phone answers it, if only to refuse.
import type { RTCSession } from 'jssip/lib/RTCSession.js';

type Handlers = Readonly<Record<string, (response?: { readonly status_code: number }) => void>>;

/** JsSIP's way to send any request within a call; its types leave it out. */
interface Asking {
  readonly contact: string;
  sendRequest(
    method: string,
    options: { readonly extraHeaders: readonly string[]; readonly eventHandlers: Handlers },
  ): void;
}

/** The proxy waits for a device whose connection fell silent (RFC 5626 11.5), or heard nothing from it in time. */
const awayStatuses = new Set([408, 430]);
/** The proxy knows no way to it any more (it ended its connection itself), or it does not know the call. */
const goneStatuses = new Set([404, 410, 480, 481]);

/** @param told once, when the answer is there, or none has come in 32 s */
export function askForDevice(session: RTCSession, told: (device: 'there' | 'away' | 'gone') => void): void {
  const asking = session as unknown as Asking;
  const read = (response?: { readonly status_code: number }) => {
    const status = response?.status_code ?? 408;
    if (awayStatuses.has(status)) told('away');
    else told(goneStatuses.has(status) ? 'gone' : 'there');
  };
  asking.sendRequest('UPDATE', {
    extraHeaders: [`Contact: ${asking.contact}`],
    eventHandlers: {
      onSuccessResponse: () => told('there'),
      onErrorResponse: read,
      onDialogError: read,
      onRequestTimeout: () => told('away'),
      onTransportError: () => told('away'),
    },
  });
}
