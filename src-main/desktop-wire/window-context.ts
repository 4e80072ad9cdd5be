// Who asks, and the shape of one domain's share of the handlers.
import type { CommandSpec, Handlers } from '#shared/wire/contract.ts';

/** Decided by main from the sender's webContents, never read from a frame. */
export type WireWindow = 'signIn' | 'agent' | 'callBox' | 'admin';

export interface WindowContext {
  readonly window: WireWindow;
}

/** The handlers of one domain's commands, such as `typeof callsCommands`: one that is missing does not compile. */
export type DomainHandlers<Commands extends Readonly<Record<string, CommandSpec>>> = Handlers<
  {
    readonly name: string;
    readonly version: number;
    readonly commands: Commands;
    readonly events: object & Record<string, never>;
  },
  WindowContext
>;
