// Which window may ask and hear what. The admin window has nothing to do with calls, and no other window with users: a
// page that was taken over can do no more than it was made for. Who is signed in is asked by the handlers, and by the hub.
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import type { CommandName, EventName } from '#shared/wire/contract.ts';
import type { WireWindow } from './window-context.ts';

/** Beginnings of names. */
const adminOnly = ['admin.', 'supervise.', 'window.saveFile'];
/** Not for who is still signing in. */
const ofAgents = ['records.', 'notes.', 'search.', 'dialUp.', 'orders.'];
const alsoForAdmin = [
  'session.get',
  'session.changed',
  'settings.get',
  'settings.changed',
  'network.get',
  'network.changed',
  'people.',
  'window.painted',
  'window.hide',
];

export function mayUse(
  window: WireWindow,
  name: CommandName<DesktopContract> | EventName<DesktopContract>,
): boolean {
  const isAmong = (beginnings: readonly string[]) => beginnings.some((each) => name.startsWith(each));
  if (window === 'admin') return isAmong(adminOnly) || isAmong(alsoForAdmin);
  if (window === 'signIn' && isAmong(ofAgents)) return false;
  return !isAmong(adminOnly);
}
