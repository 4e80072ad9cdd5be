// Who is signed in on this desktop, and what follows from it: the phone registers, the directory is filled, and the
// session is taken up again whenever the hub comes back. Knows no window and no SIP message.
import type { SessionView } from '#shared/desktop/session-contract.ts';
import type { HubContract, SipAccount } from '#shared/hub/hub-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { ReplyOf, RequestOf } from '#shared/wire/contract.ts';
import type { HubLink } from '../hub-link/hub-link.ts';
import type { Log } from '../log.ts';

export type SignedIn = ReplyOf<HubContract, 'session.signIn'>;

export interface SessionPorts {
  readonly hub: HubLink;
  readonly deviceId: string;
  /** Directory, dispositions and projects of this sign-in, kept for when the hub is away. */
  keepForOffline(signedIn: SignedIn): void;
  startPhone(account: SipAccount): void;
  stopPhone(): Promise<void>;
  readonly log: Log;
}

export interface SessionService {
  view(): SessionView;
  onChanged(listener: (view: SessionView) => void): void;
  signIn(request: Omit<RequestOf<HubContract, 'session.signIn'>, 'deviceId'>): Promise<void>;
  signOut(): Promise<void>;
}

/** A practice hub that has just been started answers well before. */
const waitForHubMs = 5_000;

const signedOut: SessionView = { state: 'signedOut', practice: false, sampleAccounts: [], ended: null };

export function createSessionService(ports: SessionPorts): SessionService {
  const { hub, deviceId, log } = ports;
  let view: SessionView = signedOut;
  let signedIn: SignedIn | null = null;
  let hello: SessionView = signedOut;
  const listeners = new Set<(view: SessionView) => void>();

  const become = (next: SessionView) => {
    view = next;
    for (const listener of [...listeners]) listener(view);
  };

  const end = async (why: 'byHub' | null) => {
    signedIn = null;
    await ports.stopPhone();
    become({ ...hello, state: 'signedOut', ended: why } as SessionView);
  };

  hub.onConnected(async () => {
    const described = await hub.call('hub.describe', null);
    hello = {
      state: 'signedOut',
      practice: described.practice,
      sampleAccounts: described.sampleAccounts,
      ended: null,
    };
    if (!signedIn) return become({ ...hello, ended: view.state === 'signedOut' ? view.ended : null });
    try {
      await hub.call('session.resume', { token: signedIn.token, deviceId });
    } catch (error) {
      if (!(error instanceof CommandFailed) || error.reason !== 'wrongCredentials') throw error;
      log.warn('session: no longer good at the hub', {});
      await end('byHub');
    }
  });

  hub.on('session.ended', () => {
    if (signedIn) void end('byHub');
  });

  return {
    view: () => view,
    onChanged: (listener) => void listeners.add(listener),
    async signIn(request) {
      if (signedIn) return;
      await hub.untilOnline(waitForHubMs);
      const reply = await hub.call('session.signIn', { ...request, deviceId });
      signedIn = reply;
      try {
        ports.keepForOffline(reply);
      } catch (error) {
        // A full disk must not keep the phone from ringing: what was kept before, and what fits, serves as it is.
        log.error('session: not all was kept for when the hub is away', { error });
      }
      ports.startPhone(reply.sip);
      become({
        state: 'signedIn',
        practice: hello.state === 'signedOut' && hello.practice,
        user: reply.user,
        projects: reply.projects,
      });
    },
    async signOut() {
      if (!signedIn) return;
      // Before the hub takes the phone's credential: calls are ended and the phone unregisters with it.
      await ports.stopPhone();
      try {
        await hub.call('session.signOut', null);
      } catch (error) {
        // The hub is away: the token dies there by itself; here the person is signed out all the same.
        log.warn('session: sign-out not told to the hub', { error });
      }
      await end(null);
    },
  };
}
