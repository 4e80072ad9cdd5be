// The session's commands: signing in step by step, taking a session up again, signing out. Binds a connection to its user,
// and keeps how far a sign-in has come as long as its connection lasts.

import type { UserId } from '#shared/domain/ids.ts';
import type { Work } from '#shared/domain/work.ts';
import type { SignInStepReply } from '#shared/hub/hub-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { type HubConnection, requireSignedIn, type SignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import type { AccountService, PendingSignIn, SignInStep } from './account-service.ts';
import type { SipAccounts } from './sip-accounts.ts';

export interface SessionHandlerParts {
  readonly accounts: AccountService;
  readonly live: LiveConnections;
  readonly sip: SipAccounts;
  /** What the user of this connection, who is signed in, works with. */
  workFor(connection: HubConnection): Work;
  deviceCame(userId: UserId, deviceId: string): void;
  /** With a session that it had before. */
  deviceCameBack(userId: UserId, deviceId: string): void;
  deviceWent(userId: UserId, deviceId: string): void;
  /** The device gave up its session: its registration ends too. */
  deviceSignedOut(userId: UserId, deviceId: string): Promise<void>;
}

type SessionHandlers = Pick<
  HubHandlers,
  | 'session.signIn'
  | 'session.secondFactor'
  | 'session.newPassword'
  | 'session.setUpSecondFactor'
  | 'session.signInRemembered'
  | 'session.resume'
  | 'session.signOut'
>;

export function sessionHandlers(parts: SessionHandlerParts): SessionHandlers {
  const { accounts, live } = parts;

  /** One connection per device. */
  const bind = (connection: HubConnection, signedIn: SignedIn, how: 'signedIn' | 'resumed') => {
    const { userId } = signedIn.user;
    const { deviceId } = signedIn.session;
    unbind(connection);
    for (const other of live.ofUser(userId)) {
      if (other !== connection && other.signedIn?.session.deviceId === deviceId) {
        other.signedIn = null;
        // The same session: a dead link that nobody noticed yet. Another one has ended it: a copy of the same desktop,
        // perhaps, which is told so.
        if (how === 'signedIn') other.tell('session.ended', null);
        other.close();
      }
    }
    connection.signedIn = signedIn;
    if (how === 'signedIn') parts.deviceCame(userId, deviceId);
    else parts.deviceCameBack(userId, deviceId);
  };
  const unbind = (connection: HubConnection) => {
    const before = connection.signedIn;
    connection.signedIn = null;
    if (before) parts.deviceWent(before.user.userId, before.session.deviceId);
  };

  /** Whoever disabled the account, or ended its sessions, while this device was being let in, could not find it yet. */
  const isStillThere = async (connection: HubConnection, { user, session }: SignedIn): Promise<boolean> => {
    if (await accounts.isThere(session)) return true;
    if (connection.signedIn?.session === session) unbind(connection);
    // Where the same device has just signed in anew, the phone is that session's.
    if (!(await accounts.isDeviceSignedIn(session))) {
      await parts.deviceSignedOut(user.userId, session.deviceId);
    }
    return false;
  };

  const pendingSignIns = new WeakMap<HubConnection, PendingSignIn>();
  const pendingOf = (connection: HubConnection): PendingSignIn => {
    const pending = pendingSignIns.get(connection);
    if (!pending) throw new CommandFailed('signInOver', 'Begin with your username and password.');
    return pending;
  };
  const take = async (connection: HubConnection, step: SignInStep): Promise<SignInStepReply> => {
    if (step.state !== 'signedIn') {
      const { pending, ...due } = step;
      pendingSignIns.set(connection, pending);
      return due;
    }
    pendingSignIns.delete(connection);
    const { state, token, deviceToken, user, session } = step;
    const sip = await parts.sip.of(user, session.deviceId, connection.reachedAt);
    bind(connection, { user, session }, 'signedIn');
    if (!(await isStillThere(connection, { user, session }))) throw sessionOver();
    // Now that news of it would be told to the connection, too.
    return { state, token, deviceToken, user, sip, work: parts.workFor(connection) };
  };

  return {
    'session.signIn': async (request, connection) => {
      pendingSignIns.delete(connection);
      return take(connection, await accounts.signIn({ ...request, address: connection.address }));
    },
    'session.secondFactor': async ({ code }, connection) =>
      take(connection, await accounts.secondFactor(pendingOf(connection), code)),
    'session.newPassword': async ({ password }, connection) =>
      take(connection, await accounts.newPassword(pendingOf(connection), password)),
    'session.setUpSecondFactor': async ({ code }, connection) => {
      const { recoveryCodes, next } = await accounts.setUpSecondFactor(pendingOf(connection), code);
      return { recoveryCodes, next: await take(connection, next) };
    },
    'session.signInRemembered': async ({ deviceToken, deviceId }, connection) =>
      take(connection, await accounts.signInRemembered(deviceToken, deviceId, connection.address)),
    'session.resume': async ({ token, deviceId }, connection) => {
      const { user, session } = await accounts.resume(token, deviceId);
      bind(connection, { user, session }, 'resumed');
      if (!(await isStillThere(connection, { user, session }))) {
        throw sessionOver();
      }
      // It may have been rotated while the device was away.
      await parts.sip.tell(connection);
      return user;
    },
    'session.signOut': async (_, connection) => {
      const { user, session } = requireSignedIn(connection);
      await accounts.signOut(session);
      connection.signedIn = null;
      await parts.deviceSignedOut(user.userId, session.deviceId);
      return null;
    },
  };
}

function sessionOver(): CommandFailed {
  return new CommandFailed('wrongCredentials', 'This session has ended. Sign in again.');
}
