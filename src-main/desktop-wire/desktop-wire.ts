// Serves the desktop contract to every window that shows something, and tells each of them what has changed.
import { type DesktopContract, desktopContract } from '#shared/desktop/desktop-contract.ts';
import type { EventName, EventOf, Handlers } from '#shared/wire/contract.ts';
import { type Served, serve } from '#shared/wire/serve.ts';
import type { WirePort } from '#shared/wire/wire-port.ts';
import type { Log } from '../log.ts';
import type { WindowContext } from './window-context.ts';

export interface DesktopWire {
  /** Serves one window until its port closes. */
  attach(port: WirePort, context: WindowContext): void;
  /** Tells all windows, or only those of one kind. */
  tell<N extends EventName<DesktopContract>>(
    name: N,
    payload: EventOf<DesktopContract, N>,
    only?: WindowContext['window'],
  ): void;
}

export function createDesktopWire(handlers: Handlers<DesktopContract, WindowContext>, log: Log): DesktopWire {
  const windows = new Map<Served<DesktopContract>, WindowContext>();
  return {
    attach(port, context) {
      const served = serve(desktopContract, handlers, port, { context, log });
      windows.set(served, context);
      port.onClose(() => windows.delete(served));
    },
    tell(name, payload, only) {
      for (const [served, context] of inOrder(windows)) {
        if (only === undefined || only === context.window) served.emit(name, payload);
      }
    },
  };
}

/** The call box first: it is what a ringing call waits to be seen in. */
function inOrder<T>(windows: ReadonlyMap<T, WindowContext>): [T, WindowContext][] {
  const all = [...windows];
  const isCallBox = ([, { window }]: [T, WindowContext]) => window === 'callBox';
  return [...all.filter(isCallBox), ...all.filter((each) => !isCallBox(each))];
}
