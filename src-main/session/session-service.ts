// Who is signed in on this desktop, and what follows from it: the phone registers, the directory is filled, and the
// session is taken up again whenever the hub comes back. Signing in goes step by step, as the hub asks; a desktop that is
// remembered skips them, and where the hub is away its person works with what this computer has until it is back (OFF-1).
// Knows no window and no SIP message.
import type { SessionView, UserView } from '#shared/desktop/session-contract.ts';
import type { OpenProjects, Work } from '#shared/domain/work.ts';
import { rememberedForMs } from '#shared/hub/account-contract.ts';
import type { HubContract, SignedInReply, SignInStepReply, SipAccount } from '#shared/hub/hub-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { RequestOf } from '#shared/wire/contract.ts';
import type { HubLink } from '../hub-link/hub-link.ts';
import type { Log } from '../log.ts';
import type { Remembered, RememberedSignIn, WorkAtHand } from './remembered-sign-in.ts';

export type SignedIn = SignedInReply;

export interface SessionPorts {
  readonly hub: HubLink;
  readonly deviceId: string;
  readonly remembered: RememberedSignIn;
  /** Projects and dispositions, kept for when the hub is away: at the sign-in and whenever any of it changes. */
  keepWork(work: Work): void;
  /** Whoever is signed in here has another username, by an admin. */
  usernameChanged(before: string, after: string): void;
  startPhone(account: SipAccount): void;
  /** The same account with another password, or the one that it has already. */
  renewPhone(account: SipAccount): void;
  stopPhone(): Promise<void>;
  readonly log: Log;
  /** Milliseconds since the epoch; the computer's clock by default. */
  readonly nowMs?: () => number;
}

export interface SessionService {
  view(): SessionView;
  onChanged(listener: (view: SessionView) => void): void;
  /** Somebody signed in, or nobody is any more: not each time that something of their work changes. */
  onUserChanged(listener: (user: UserView | null) => void): void;
  /** Done, or the view says what is due. */
  signIn(request: Omit<RequestOf<HubContract, 'session.signIn'>, 'deviceId'>): Promise<void>;
  secondFactor(code: string): Promise<void>;
  newPassword(password: string): Promise<void>;
  /** @returns the recovery codes, which are told this once; then `goOn`. */
  setUpSecondFactor(code: string): Promise<string[]>;
  /** @throws CommandFailed 'signInOver' */
  goOn(): void;
  giveUp(): void;
  /** @throws CommandFailed 'notAMember', 'hubAway' */
  openProjects(open: OpenProjects): Promise<void>;
  signOut(): Promise<void>;
  /** @throws CommandFailed 'hubAway': then nothing has ended. */
  signOutEverywhere(): Promise<void>;
  account(): SipAccount | null;
}

type SignedOutView = Extract<SessionView, { state: 'signedOut' }>;

/** A practice hub that has just been started answers well before, on a slow and busy computer, too. */
const waitForHubMs = 10_000;

export function createSessionService(ports: SessionPorts): SessionService {
  const { hub, deviceId, remembered, log } = ports;
  const { nowMs = Date.now } = ports;
  let hello: Pick<SignedOutView, 'practice' | 'sampleAccounts'> = { practice: false, sampleAccounts: [] };
  const signedOut = (part: Partial<SignedOutView> = {}): SignedOutView => ({
    state: 'signedOut',
    ...hello,
    due: 'password',
    canRemember: remembered.available(),
    ended: null,
    ...part,
  });
  let view: SessionView = signedOut();
  let signedIn: SignedIn | null = null;
  /** Of the session that runs; null where this computer does not keep it. */
  let keptBy: Omit<Remembered, 'work'> | null = null;
  /** The device token that is to let this desktop in, once the hub is there. */
  let letInBy: string | null = null;
  /** Comes after the recovery codes, which are looked at first. */
  let held: SignInStepReply | null = null;
  const listeners = new Set<(view: SessionView) => void>();
  const userListeners = new Set<(user: UserView | null) => void>();

  const become = (next: SessionView) => {
    const before = userIn(view);
    view = next;
    for (const listener of [...listeners]) listener(view);
    const user = userIn(view);
    if (user?.userId === before?.userId) return;
    for (const listener of [...userListeners]) listener(user);
  };

  const end = async (why: 'byHub' | null) => {
    signedIn = null;
    held = null;
    keptBy = null;
    letInBy = null;
    remembered.forget();
    await ports.stopPhone();
    become(signedOut({ ended: why }));
  };

  /** What was kept before, and what fits, serves where the disk takes no more. */
  const keeping = (keep: () => void) => {
    try {
      keep();
    } catch (error) {
      log.error('session: not all was kept for when the hub is away', { error });
    }
  };

  const show = ({ user, work }: SignedIn) => {
    const { projects, open, statuses, mayCallOutside } = work;
    const atHand: WorkAtHand = { practice: hello.practice, user, projects, open, statuses, mayCallOutside };
    if (keptBy) remembered.keep({ ...keptBy, work: atHand });
    become({ state: 'signedIn', atHub: true, ...atHand });
  };

  /** The hub is away: whoever is remembered here goes on with what this computer has. */
  const workWithoutHub = () => {
    if (view.state === 'signedIn' || view.due !== 'password' || held) return;
    const kept = remembered.read();
    if (!kept?.work || nowMs() - kept.usedAtMs > rememberedForMs) return;
    log.info('session: at work with what this computer has kept', {});
    letInBy = kept.deviceToken;
    become({ state: 'signedIn', atHub: false, ...kept.work });
  };

  const takeWork = (work: Work) => {
    if (held?.state === 'signedIn') held = { ...held, work };
    if (!signedIn) return;
    signedIn = { ...signedIn, work };
    keeping(() => ports.keepWork(work));
    show(signedIn);
  };

  /** @param rememberedBy the token that brought it about, where none is told anew */
  const take = (step: SignInStepReply, rememberedBy: string | null = null) => {
    if (step.state === 'secondFactorSetUp') {
      const { secret, address } = step;
      return become(signedOut({ due: step.state, setUp: { secret, address } }));
    }
    if (step.state !== 'signedIn') return become(signedOut({ due: step.state }));
    const before = userIn(view)?.username;
    signedIn = step;
    letInBy = null;
    const deviceToken = step.deviceToken ?? rememberedBy;
    keptBy = deviceToken !== null && remembered.available() ? { deviceToken, usedAtMs: nowMs() } : null;
    if (before !== undefined && before !== step.user.username)
      ports.usernameChanged(before, step.user.username);
    // A full disk must not keep the phone from ringing.
    keeping(() => ports.keepWork(step.work));
    ports.startPhone(step.sip);
    show(step);
  };

  /** A further step of a sign-in whose beginning the hub may have forgotten. */
  const nextStep = async <Reply>(asking: Promise<Reply>): Promise<Reply> => {
    try {
      return await asking;
    } catch (error) {
      if (error instanceof CommandFailed && error.reason === 'signInOver') {
        become(signedOut({ ended: 'tooLong' }));
      }
      throw error;
    }
  };

  const takeUser = (user: UserView) => {
    if (held?.state === 'signedIn') held = { ...held, user };
    if (!signedIn) return;
    const before = signedIn.user.username;
    signedIn = { ...signedIn, user };
    if (user.username !== before) ports.usernameChanged(before, user.username);
  };

  const resume = async (token: string) => {
    try {
      takeUser(await hub.call('session.resume', { token, deviceId }));
      takeWork(await hub.call('work.get', null));
    } catch (error) {
      if (!(error instanceof CommandFailed) || error.reason !== 'wrongCredentials') throw error;
      log.warn('session: no longer good at the hub', {});
      // A session that nobody takes up ends sooner than its device is forgotten: after a month without the hub, say.
      if (!keptBy) return await end('byHub');
      signedIn = null;
      await signInRemembered(keptBy.deviceToken);
      if (view.state !== 'signedIn') await ports.stopPhone();
    }
  };

  const signInRemembered = async (deviceToken: string) => {
    letInBy = deviceToken;
    try {
      const step = await hub.call('session.signInRemembered', { deviceToken, deviceId });
      if (letInBy === deviceToken) return take(step, deviceToken);
      // Signed out here while the hub was asked.
      if (step.state === 'signedIn') await hub.call('session.signOut', null);
    } catch (error) {
      if (!(error instanceof CommandFailed) || error.reason !== 'wrongCredentials') throw error;
      await end('byHub');
    }
  };

  hub.onConnected(async () => {
    const { practice, sampleAccounts } = await hub.call('hub.describe', null);
    hello = { practice, sampleAccounts };
    if (signedIn) return resume(signedIn.token);
    if (held?.state === 'signedIn') return resume(held.token);
    const deviceToken = letInBy ?? remembered.read()?.deviceToken;
    if (deviceToken !== undefined) return signInRemembered(deviceToken);
    become(signedOut({ ended: view.state === 'signedOut' ? view.ended : null }));
  });

  hub.onChanged(({ state }) => {
    if (state === 'offline') workWithoutHub();
  });

  hub.on('sip.changed', (sip) => {
    if (held?.state === 'signedIn') held = { ...held, sip };
    if (!signedIn) return;
    signedIn = { ...signedIn, sip };
    ports.renewPhone(sip);
  });

  hub.on('session.ended', () => {
    if (signedIn || held) void end('byHub');
  });
  hub.on('work.changed', takeWork);
  hub.on('session.userChanged', (user) => {
    takeUser(user);
    if (signedIn) show(signedIn);
  });

  return {
    view: () => view,
    onChanged: (listener) => void listeners.add(listener),
    onUserChanged: (listener) => void userListeners.add(listener),
    account: () => signedIn?.sip ?? null,
    async signIn(request) {
      if (view.state === 'signedIn') return;
      await hub.untilOnline(waitForHubMs);
      const remember = request.remember === true && remembered.available();
      take(await hub.call('session.signIn', { ...request, remember, deviceId }));
    },
    secondFactor: async (code) => take(await nextStep(hub.call('session.secondFactor', { code }))),
    newPassword: async (password) => take(await nextStep(hub.call('session.newPassword', { password }))),
    async setUpSecondFactor(code) {
      const { recoveryCodes, next } = await nextStep(hub.call('session.setUpSecondFactor', { code }));
      held = next;
      return recoveryCodes;
    },
    goOn() {
      const next = held;
      if (!next) throw new CommandFailed('signInOver', 'Begin with your username and password.');
      held = null;
      take(next);
    },
    async openProjects(open) {
      await hub.call('projects.open', open);
    },
    giveUp() {
      held = null;
      if (view.state === 'signedOut') become(signedOut());
    },
    async signOut() {
      if (view.state !== 'signedIn') return;
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
    async signOutEverywhere() {
      await hub.call('account.signOutEverywhere', null);
      await end(null);
    },
  };
}

function userIn(view: SessionView): UserView | null {
  return view.state === 'signedIn' ? view.user : null;
}
