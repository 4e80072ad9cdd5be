// Serves the desktop contract to every window that shows something, and tells each of them what has changed.
import { type DesktopContract, desktopContract } from '#shared/desktop/desktop-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CommandName, EventName, EventOf, Handlers } from '#shared/wire/contract.ts';
import { type Served, serve } from '#shared/wire/serve.ts';
import type { WirePort } from '#shared/wire/wire-port.ts';
import type { Log } from '../log.ts';
import type { WindowContext } from './window-context.ts';
import { mayUse } from './window-permissions.ts';

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
  const guarded = withPermissions(handlers);
  return {
    attach(port, context) {
      const served = serve(desktopContract, guarded, port, { context, log });
      windows.set(served, context);
      port.onClose(() => windows.delete(served));
    },
    tell(name, payload, only) {
      for (const [served, context] of inOrder(windows)) {
        if ((only ?? context.window) === context.window && mayUse(context.window, name))
          served.emit(name, payload);
      }
    },
  };
}

function withPermissions(
  handlers: Handlers<DesktopContract, WindowContext>,
): Handlers<DesktopContract, WindowContext> {
  const names = Object.keys(desktopContract.commands) as CommandName<DesktopContract>[];
  const guard = (name: CommandName<DesktopContract>) => (request: never, context: WindowContext) => {
    if (!mayUse(context.window, name)) {
      throw new CommandFailed('notAllowed', `${name} is not for the window ${context.window}.`);
    }
    return handlers[name](request, context);
  };
  return Object.fromEntries(names.map((name) => [name, guard(name)])) as unknown as Handlers<
    DesktopContract,
    WindowContext
  >;
}

/** The call box first: it is what a ringing call waits to be seen in. */
function inOrder<T>(windows: ReadonlyMap<T, WindowContext>): [T, WindowContext][] {
  const all = [...windows];
  const isCallBox = ([, { window }]: [T, WindowContext]) => window === 'callBox';
  return [...all.filter(isCallBox), ...all.filter((each) => !isCallBox(each))];
}
