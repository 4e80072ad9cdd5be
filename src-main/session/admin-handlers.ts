// The wire's side of what the admin window asks: each command is handed on to the hub as it is, and what the hub tells is
// handed on to the window. The hub decides who may do what; a clerk's desktop does not even ask.
import { adminCommands, adminEvents } from '#shared/admin/admin-contract.ts';
import type { SessionView } from '#shared/desktop/session-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CommandName, RequestOf } from '#shared/wire/contract.ts';
import type { DesktopWire } from '../desktop-wire/desktop-wire.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { HubLink } from '../hub-link/hub-link.ts';

type AdminContract = { name: string; version: number; commands: typeof adminCommands; events: object };
type AdminName = CommandName<AdminContract & { events: Record<string, never> }>;
type AdminRequest = RequestOf<AdminContract & { events: Record<string, never> }, AdminName>;

/** @returns whether the person who is signed in here has anything to administer. */
export function mayAdminister(session: SessionView): boolean {
  return session.state === 'signedIn' && session.user.accountType !== 'clerk';
}

/** @throws CommandFailed 'notAllowed' */
export function refuseClerks(session: SessionView): void {
  if (!mayAdminister(session)) {
    throw new CommandFailed('notAllowed', 'This account administers nothing.');
  }
}

/** Typed by the contract; the loop knows only that each name is asked with the request of that name. */
export function adminHandlers(
  hub: Pick<HubLink, 'call'>,
  session: () => SessionView,
): DomainHandlers<typeof adminCommands> {
  const names = Object.keys(adminCommands) as AdminName[];
  const handOn = (name: AdminName) => (request: AdminRequest) => {
    refuseClerks(session());
    return hub.call(name, request);
  };
  return Object.fromEntries(names.map((name) => [name, handOn(name)])) as unknown as DomainHandlers<
    typeof adminCommands
  >;
}

/** What the hub tells of changes goes to the admin window as it is. */
export function announceAdmin(hub: Pick<HubLink, 'on'>, tell: DesktopWire['tell']): void {
  for (const name of Object.keys(adminEvents) as (keyof typeof adminEvents)[]) {
    hub.on(name, (payload) => tell(name, payload, 'admin'));
  }
}
