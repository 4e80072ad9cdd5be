// What is read anew from the hub whenever this desktop is signed in and connected: ICE servers, presence, messages, and the offers
// that no device of this agent saw. Runs after each sign-in and each reconnection; messages also when the agent came into
// a project, or was taken out of one.
import type { MissedOffer } from '#shared/hub/hub-contract.ts';
import type { HubLink } from '../hub-link/hub-link.ts';
import type { Log } from '../log.ts';
import type { IceServers } from './ice-servers.ts';
import type { PresenceService } from './presence-service.ts';
import type { SessionService } from './session-service.ts';

export function keepSessionFresh(parts: {
  session: SessionService;
  hub: HubLink;
  presence: PresenceService;
  voicemails: { refresh(): Promise<void>; clear(): void };
  iceServers: IceServers;
  keepMissedOffers(offers: readonly MissedOffer[]): void;
  log: Log;
}): void {
  const { session, hub, presence, voicemails, iceServers, log } = parts;
  const keepMissed = async () => parts.keepMissedOffers(await hub.call('offers.takeMissed', null));
  const refresh = async () => {
    // First: a call may come at once.
    await iceServers.refresh();
    await presence.refresh();
    await voicemails.refresh();
    await keepMissed();
  };
  let signedIn = false;
  let projects = '';
  session.onChanged((view) => {
    const before = signedIn;
    const projectsBefore = projects;
    signedIn = view.state === 'signedIn';
    projects = view.state === 'signedIn' ? view.projects.map(({ id }) => id).join(' ') : '';
    if (!signedIn) {
      voicemails.clear();
      iceServers.clear();
    }
    if (before && signedIn && projects !== projectsBefore) {
      voicemails.refresh().catch((error: unknown) => log.warn('session: messages not read anew', { error }));
    }
    if (!signedIn || before) return;
    // The link going away in the middle brings it all again at the next connection.
    refresh().catch((error: unknown) => log.warn('session: not read whole after sign-in', { error }));
  });
  hub.on('offers.missed', () => {
    // Those that cannot be read now are told at the next connection.
    keepMissed().catch((error: unknown) => log.warn('session: missed offers not read', { error }));
  });
  hub.onConnected(async () => {
    if (signedIn) await refresh();
  });
}
