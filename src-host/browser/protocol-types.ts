// Names the types of Chromium's DevTools protocol for the whole host. They come with Playwright, which the
// project has for its tests; nothing of Playwright is loaded when the host runs.
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };
export type ProtocolMethod = keyof Protocol.CommandParameters;
export type ProtocolParameters<M extends ProtocolMethod> = Protocol.CommandParameters[M];
export type ProtocolResult<M extends ProtocolMethod> = Protocol.CommandReturnValues[M];

/** Every event as a closed union, so that a `switch` on `method` knows its `params`. */
export type ProtocolEvent = {
  [M in keyof Protocol.EventMap]: { readonly method: M; readonly params: Protocol.EventMap[M][0] };
}[keyof Protocol.EventMap];

export interface TargetEvent {
  /** Absent for events of the browser itself. */
  readonly sessionId: string | undefined;
  readonly event: ProtocolEvent;
}
