// Who may come in: checks passwords, begins, takes up and ends sessions. Knows nothing of connections.
// Unknown user, wrong password and wrong account type are told alike and take the same work.
import type { AccountType, UserView } from '#shared/desktop/session-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { HubClock } from '../hub-clock.ts';
import type { AccountStore } from './account-store.ts';
import type { PasswordHashing } from './password-hashing.ts';
import type { Session, SessionStore } from './session-store.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

export interface SignInAttempt {
  readonly username: string;
  readonly password: string;
  readonly accountType: AccountType;
  readonly deviceId: string;
  /** Where the attempt comes from, for the throttle. */
  readonly address: string;
}

export interface SignedInSession {
  readonly user: UserView;
  readonly session: Session;
}

export interface AccountServiceParts {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly hashing: PasswordHashing;
  readonly throttle: SignInThrottle;
  readonly clock: HubClock;
}

export class AccountService {
  readonly #parts: AccountServiceParts;
  /** Verified against where there is no such user, so that the answer takes as long. */
  readonly #hashOfNobody: Promise<string>;

  constructor(parts: AccountServiceParts) {
    this.#parts = parts;
    this.#hashOfNobody = parts.hashing.hash('nobody has this password');
  }

  /** @throws CommandFailed 'wrongCredentials', 'slowDown'. */
  async signIn(attempt: SignInAttempt): Promise<SignedInSession & { token: string }> {
    const { accounts, sessions, hashing, throttle, clock } = this.#parts;
    const username = attempt.username.trim().toLowerCase();
    throttle.begin(username, attempt.address);
    const account = await accounts.findByUsername(username);
    const matches = await hashing.verify(
      account?.passwordHash ?? (await this.#hashOfNobody),
      attempt.password,
    );
    if (!account || !matches || account.user.accountType !== attempt.accountType) {
      throw new CommandFailed(
        'wrongCredentials',
        'Username, password or account type is wrong. Check all three and try again.',
      );
    }
    throttle.succeeded(username, attempt.address);
    const { token, session } = await sessions.begin(account.user.userId, attempt.deviceId, clock.nowMs());
    return { token, session, user: account.user };
  }

  /** @throws CommandFailed 'wrongCredentials' where the token is no longer good. */
  async resume(token: string, deviceId: string): Promise<SignedInSession> {
    const { accounts, sessions, clock } = this.#parts;
    const session = await sessions.takeUp(token, deviceId, clock.nowMs());
    const account = session && (await accounts.findById(session.userId));
    if (!account) {
      throw new CommandFailed('wrongCredentials', 'This session has ended. Sign in again.');
    }
    return { session, user: account.user };
  }

  async signOut(session: Session): Promise<void> {
    await this.#parts.sessions.end(session.tokenHash);
  }
}
