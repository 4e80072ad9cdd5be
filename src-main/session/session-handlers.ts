// The wire's side of session, presence, phone and links. Decides nothing: services do.
import type { sessionCommands } from '#shared/desktop/session-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { HubLink } from '../hub-link/hub-link.ts';
import type { PhoneService } from './phone-service.ts';
import type { PresenceService } from './presence-service.ts';
import type { SessionService } from './session-service.ts';

export function sessionHandlers(parts: {
  session: SessionService;
  presence: PresenceService;
  phone: PhoneService;
  hub: HubLink;
}): DomainHandlers<typeof sessionCommands> {
  const { session, presence, phone, hub } = parts;
  return {
    'session.get': () => session.view(),
    'session.signIn': async (request) => {
      await session.signIn(request);
      return null;
    },
    'session.secondFactor': async ({ code }) => {
      await session.secondFactor(code);
      return null;
    },
    'session.newPassword': async ({ password }) => {
      await session.newPassword(password);
      return null;
    },
    'session.setUpSecondFactor': async ({ code }) => ({
      recoveryCodes: await session.setUpSecondFactor(code),
    }),
    'session.goOn': () => {
      session.goOn();
      return null;
    },
    'session.giveUp': () => {
      session.giveUp();
      return null;
    },
    'session.signOut': async () => {
      await session.signOut();
      return null;
    },
    'presence.get': () => presence.view(),
    'presence.set': async (request) => {
      await presence.set(request);
      return null;
    },
    'projects.open': async (open) => {
      await session.openProjects(open);
      return null;
    },
    'phone.get': () => phone.view(),
    'phone.turn': async ({ on, knowingly }) => {
      if (!on && !knowingly && presence.view().status === 'available') {
        throw new CommandFailed(
          'stillAvailable',
          'The phone is still on: the status says that calls are taken.',
        );
      }
      await phone.turn(on);
      return null;
    },
    'network.get': () => hub.view(),
  };
}
