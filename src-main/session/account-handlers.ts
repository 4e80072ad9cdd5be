// The wire's side of one's own account: the hub decides, these hand on. Signing out everywhere ends this desktop's session
// too, so it goes through the session.
import type { accountCommands } from '#shared/hub/account-contract.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { HubLink } from '../hub-link/hub-link.ts';
import type { SessionService } from './session-service.ts';

export function accountHandlers(
  hub: HubLink,
  session: SessionService,
): DomainHandlers<typeof accountCommands> {
  return {
    'account.get': () => hub.call('account.get', null),
    'account.otherDevices': () => hub.call('account.otherDevices', null),
    'account.changePassword': (request) => hub.call('account.changePassword', request),
    'account.proposeSecondFactor': (request) => hub.call('account.proposeSecondFactor', request),
    'account.confirmSecondFactor': (request) => hub.call('account.confirmSecondFactor', request),
    'account.endSecondFactor': (request) => hub.call('account.endSecondFactor', request),
    'account.renewRecoveryCodes': (request) => hub.call('account.renewRecoveryCodes', request),
    'account.signOutEverywhere': async () => {
      await session.signOutEverywhere();
      return null;
    },
  };
}
