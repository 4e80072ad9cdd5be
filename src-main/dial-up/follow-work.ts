// Tells call mode whenever who is signed in, their status, their open projects or the hub may be other than before.
// Wired once by compose.ts.
import type { HubLink } from '../hub-link/hub-link.ts';
import type { PresenceService } from '../session/presence-service.ts';
import type { SessionService } from '../session/session-service.ts';
import type { DialUpDesk } from './dial-up-desk.ts';

export function followWork(parts: {
  readonly session: Pick<SessionService, 'view' | 'onChanged'>;
  readonly hub: Pick<HubLink, 'onChanged'>;
  readonly presence: Pick<PresenceService, 'onChanged'>;
  readonly dialUp: Pick<DialUpDesk, 'situation' | 'projectsChanged'>;
}): void {
  const { session, hub, presence, dialUp } = parts;
  let open = '';
  session.onChanged((view) => {
    dialUp.situation();
    const before = open;
    open = view.state === 'signedIn' ? JSON.stringify([view.open, view.projects.map(({ id }) => id)]) : '';
    if (open !== '' && before !== '' && open !== before) dialUp.projectsChanged();
  });
  hub.onChanged(() => dialUp.situation());
  presence.onChanged(() => dialUp.situation());
}
