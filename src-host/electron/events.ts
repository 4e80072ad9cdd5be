// Electron's preventable events: plain objects with preventDefault. Used wherever main may say no.

export interface PreventableEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

/** @param details become the event's own properties. */
export function preventableEvent<T extends object>(details: T): T & PreventableEvent;
export function preventableEvent(): PreventableEvent;
export function preventableEvent(details: object = {}): PreventableEvent {
  const event: PreventableEvent = {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}
