// The session's commands: signing in step by step, taking a session up again, signing out. Binds a connection to its user,
// and keeps how far a sign-in has come as long as its connection lasts.

import type { UserView } from '#shared/desktop/session-contract.ts';
import type { Disposition, Project } from '#shared/domain/disposition.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { DirectoryRecord, SignInStepReply, SipAccount } from '#shared/hub/hub-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { type HubConnection, requireSignedIn, type SignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import type { AccountService, PendingSignIn, SignInStep } from './account-service.ts';

export interface SessionHandlerParts {
  readonly accounts: AccountService;
  readonly live: LiveConnections;
  /** @param hubUrl the address by which the device reached the hub: its SIP goes the same way. */
  sipAccountFor(user: UserView, deviceId: string, hubUrl: string): Promise<SipAccount>;
  /** What the user works with: their projects, those projects' dispositions, the records. */
  workOf(user: UserView): Promise<{
    projects: Project[];
    dispositions: Disposition[];
    records: DirectoryRecord[];
  }>;
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

  const pendingSignIns = new WeakMap<HubConnection, PendingSignIn>();
  const pendingOf = (connection: HubConnection): PendingSignIn => {
    const pending = pendingSignIns.get(connection);
    if (!pending) throw new CommandFailed('signInOver', 'Begin with your username and password.');
    return pending;
  };
  const take = async (connection: HubConnection, step: SignInStep): Promise<SignInStepReply> => {
    if (step.state !== 'signedIn') {
      pendingSignIns.set(connection, step.pending);
      return { state: step.state };
    }
    pendingSignIns.delete(connection);
    const { state, token, deviceToken, user, session } = step;
    const [sip, work] = await Promise.all([
      parts.sipAccountFor(user, session.deviceId, connection.reachedAt),
      parts.workOf(user),
    ]);
    bind(connection, { user, session }, 'signedIn');
    return { state, token, deviceToken, user, sip, ...work };
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
    'session.signInRemembered': async ({ deviceToken, deviceId }, connection) =>
      take(connection, await accounts.signInRemembered(deviceToken, deviceId, connection.address)),
    'session.resume': async ({ token, deviceId }, connection) => {
      const { user, session } = await accounts.resume(token, deviceId);
      bind(connection, { user, session }, 'resumed');
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
