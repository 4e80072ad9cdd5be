// What a signed-in person changes about their own account, as commands. Each change is logged with the user's id; what
// gives access to the account asks for the password first.
import type { accountCommands } from '#shared/hub/account-contract.ts';
import type { HubLog } from '../hub-log.ts';
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { PasswordService } from './password-service.ts';
import type { SecondFactorService } from './second-factor-service.ts';
import type { EndSessions } from './session-ends.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

export interface AccountHandlerParts {
  readonly passwords: PasswordService;
  readonly secondFactors: SecondFactorService;
  readonly codeThrottle: SignInThrottle;
  readonly endSessions: EndSessions;
  readonly log: HubLog;
}

export function accountHandlers(
  parts: AccountHandlerParts,
): Pick<HubHandlers, Exclude<keyof typeof accountCommands, 'account.otherDevices'>> {
  const { passwords, secondFactors, codeThrottle, endSessions, log } = parts;

  return {
    'account.get': async (_, connection) => {
      const { on, recoveryCodesLeft } = await secondFactors.stateOf(requireSignedIn(connection).user.userId);
      return { secondFactor: on, recoveryCodesLeft };
    },
    'account.changePassword': async ({ password, newPassword }, connection) => {
      const { user, session } = requireSignedIn(connection);
      const account = await passwords.confirm(user.userId, password, connection.address);
      await passwords.replace(account, newPassword);
      await endSessions(user.userId, { connection, own: session });
      log.info('account: password changed', { userId: user.userId });
      return null;
    },
    'account.proposeSecondFactor': async ({ password }, connection) => {
      const { user } = requireSignedIn(connection);
      await passwords.confirm(user.userId, password, connection.address);
      return secondFactors.propose(user);
    },
    'account.confirmSecondFactor': async ({ code }, connection) => {
      const { user } = requireSignedIn(connection);
      codeThrottle.begin(user.username, connection.address);
      const recoveryCodes = await secondFactors.confirm(user.userId, code);
      codeThrottle.succeeded(user.username, connection.address);
      log.info('account: second factor on', { userId: user.userId });
      return { recoveryCodes };
    },
    'account.endSecondFactor': async ({ password }, connection) => {
      const { user } = requireSignedIn(connection);
      await passwords.confirm(user.userId, password, connection.address);
      await secondFactors.end(user.userId);
      log.info('account: second factor off', { userId: user.userId });
      return null;
    },
    'account.renewRecoveryCodes': async ({ password }, connection) => {
      const { user } = requireSignedIn(connection);
      await passwords.confirm(user.userId, password, connection.address);
      const recoveryCodes = await secondFactors.renewRecoveryCodes(user.userId);
      log.info('account: recovery codes renewed', { userId: user.userId });
      return { recoveryCodes };
    },
    'account.signOutEverywhere': async (_, connection) => {
      const { user } = requireSignedIn(connection);
      await endSessions(user.userId, { connection, own: null });
      log.info('account: signed out everywhere', { userId: user.userId });
      return null;
    },
  };
}
