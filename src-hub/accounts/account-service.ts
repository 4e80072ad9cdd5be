// Who may come in, step by step: password, second factor, a new password where one is due; then a session. Takes sessions
// up again and ends them. Knows nothing of connections.
// Unknown user, wrong password and wrong account type are told alike and take the same work.
import type { AccountType, UserView } from '#shared/desktop/session-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { HubClock } from '../hub-clock.ts';
import type { Account, AccountStore } from './account-store.ts';
import type { PasswordHashing } from './password-hashing.ts';
import type { PasswordService } from './password-service.ts';
import type { RememberedDeviceStore } from './remembered-device-store.ts';
import type { SecondFactorService } from './second-factor-service.ts';
import type { Session, SessionStore } from './session-store.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';
import { plainUsername } from './username.ts';

/** A session as handlers hold it: who, on which device. */
export type { Session } from './session-store.ts';

export interface SignInAttempt {
  readonly username: string;
  readonly password: string;
  readonly accountType: AccountType;
  readonly deviceId: string;
  /** Where the attempt comes from, for the throttle. */
  readonly address: string;
  /** The device wishes to be let in at its next start without being asked. */
  readonly remember?: boolean | undefined;
}

export interface SignedInSession {
  readonly user: UserView;
  readonly session: Session;
}

/** A sign-in on its way: the password was right, something else is due. Kept by whoever asked, never sent. */
export interface PendingSignIn {
  readonly userId: UserId;
  /** Another one by now means that the password was changed elsewhere: begin again. */
  readonly passwordHash: string;
  readonly deviceId: string;
  readonly address: string;
  readonly remember: boolean;
  readonly secondFactorShown: boolean;
  readonly endsAtMs: number;
}

export type SignInStep =
  | { readonly state: 'secondFactor' | 'newPassword'; readonly pending: PendingSignIn }
  | {
      readonly state: 'secondFactorSetUp';
      readonly pending: PendingSignIn;
      /** Base32. */
      readonly secret: string;
      /** otpauth: address, for the QR code. */
      readonly address: string;
    }
  | (SignedInSession & {
      readonly state: 'signedIn';
      readonly token: string;
      /** Null where the device did not wish to be remembered. */
      readonly deviceToken: string | null;
    });

export interface AccountServiceParts {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly remembered: RememberedDeviceStore;
  readonly hashing: PasswordHashing;
  readonly passwords: PasswordService;
  readonly secondFactors: SecondFactorService;
  readonly throttle: SignInThrottle;
  /** Apart from the passwords': whoever guesses codes has a password already. */
  readonly codeThrottle: SignInThrottle;
  readonly clock: HubClock;
}

/** Long enough to find one's telephone. */
const pendingForMs = 10 * 60_000;

export class AccountService {
  readonly #parts: AccountServiceParts;
  /** Verified against where there is no such user, so that the answer takes as long. */
  readonly #hashOfNobody: Promise<string>;

  constructor(parts: AccountServiceParts) {
    this.#parts = parts;
    this.#hashOfNobody = parts.hashing.hash('nobody has this password');
  }

  /** @throws CommandFailed 'wrongCredentials', 'slowDown'. */
  async signIn(attempt: SignInAttempt): Promise<SignInStep> {
    const { accounts, hashing, throttle, clock } = this.#parts;
    const username = plainUsername(attempt.username);
    throttle.begin(username, attempt.address);
    const account = await accounts.findByUsername(username);
    const matches = await hashing.verify(
      account?.passwordHash ?? (await this.#hashOfNobody),
      attempt.password,
    );
    // A disabled account is told apart from a wrong password by nobody.
    if (!account || !matches || account.disabled || account.user.accountType !== attempt.accountType) {
      throw new CommandFailed(
        'wrongCredentials',
        'Username, password or account type is wrong. Check all three and try again.',
      );
    }
    throttle.succeeded(username, attempt.address);
    const passwordHash = await this.#parts.passwords.keepUpToDate(account, attempt.password);
    const { deviceId, address, remember = false } = attempt;
    const pending: PendingSignIn = {
      userId: account.user.userId,
      passwordHash,
      deviceId,
      address,
      remember,
      secondFactorShown: false,
      endsAtMs: clock.nowMs() + pendingForMs,
    };
    return this.#next(pending, account);
  }

  /** @throws CommandFailed 'codeWrong', 'codeUsed', 'clockOff', 'slowDown', 'signInOver'. */
  async secondFactor(pending: PendingSignIn, code: string): Promise<SignInStep> {
    const { codeThrottle, secondFactors } = this.#parts;
    const { user } = await this.#stillGood(pending);
    codeThrottle.begin(user.username, pending.address);
    await secondFactors.spend(user.userId, code);
    codeThrottle.succeeded(user.username, pending.address);
    const shown = { ...pending, secondFactorShown: true };
    return this.#next(shown, await this.#stillGood(shown));
  }

  /** @throws CommandFailed as password-rules.ts, 'passwordSame', 'secondFactorDue', 'signInOver'. */
  async newPassword(pending: PendingSignIn, password: string): Promise<SignInStep> {
    const account = await this.#stillGood(pending);
    if (!pending.secondFactorShown && (await this.#parts.secondFactors.isOn(pending.userId))) {
      throw new CommandFailed('secondFactorDue', 'Show the second factor first.');
    }
    const passwordHash = await this.#parts.passwords.replace(account, password);
    const renewed = { ...pending, passwordHash };
    return this.#next(renewed, await this.#stillGood(renewed));
  }

  /**
   * The authenticator's first code, for the secret that this sign-in was told.
   * @returns recovery codes, which are kept nowhere else, and what comes next.
   * @throws CommandFailed 'codeWrong', 'clockOff', 'slowDown', 'signInOver'.
   */
  async setUpSecondFactor(
    pending: PendingSignIn,
    code: string,
  ): Promise<{ recoveryCodes: string[]; next: SignInStep }> {
    const { codeThrottle, secondFactors } = this.#parts;
    const { user } = await this.#stillGood(pending);
    codeThrottle.begin(user.username, pending.address);
    const recoveryCodes = await secondFactors.confirm(user.userId, code).catch((error: unknown) => {
      // It was set up from another device meanwhile: this one begins anew, and shows it.
      if (error instanceof CommandFailed && error.reason === 'notProposed') throw signInOver();
      throw error;
    });
    codeThrottle.succeeded(user.username, pending.address);
    const shown = { ...pending, secondFactorShown: true };
    return { recoveryCodes, next: await this.#next(shown, await this.#stillGood(shown)) };
  }

  /** A device that was remembered: neither password nor second factor. @throws CommandFailed 'wrongCredentials'. */
  async signInRemembered(deviceToken: string, deviceId: string, address: string): Promise<SignInStep> {
    const { accounts, remembered, clock } = this.#parts;
    const nowMs = clock.nowMs();
    const userId = await remembered.recognise(deviceToken, deviceId, nowMs);
    const account = userId && (await accounts.findById(userId));
    if (!account || account.disabled) throw sessionOver();
    const { passwordHash, user } = account;
    const endsAtMs = nowMs + pendingForMs;
    return this.#next(
      {
        userId: user.userId,
        passwordHash,
        deviceId,
        address,
        remember: false,
        secondFactorShown: true,
        endsAtMs,
      },
      account,
    );
  }

  /** @throws CommandFailed 'wrongCredentials' where the token is no longer good. */
  async resume(token: string, deviceId: string): Promise<SignedInSession> {
    const { accounts, sessions, clock } = this.#parts;
    const session = await sessions.takeUp(token, deviceId, clock.nowMs());
    const account = session && (await accounts.findById(session.userId));
    if (!account || account.disabled) throw sessionOver();
    return { session, user: account.user };
  }

  /** False where it was ended while its device was still being let in. */
  isThere({ tokenHash }: Session): Promise<boolean> {
    return this.#parts.sessions.isThere(tokenHash);
  }

  /** Whether the session's device has this one or a later one of the same user. */
  isDeviceSignedIn({ userId, deviceId }: Session): Promise<boolean> {
    return this.#parts.sessions.isDeviceSignedIn(userId, deviceId);
  }

  async signOut({ tokenHash, userId, deviceId }: Session): Promise<void> {
    await this.#parts.sessions.end(tokenHash);
    await this.#parts.remembered.forget(userId, deviceId);
  }

  /** Ends every session and forgets every remembered device, or all but one's. @returns the devices that had them. */
  async signOutEverywhere(userId: UserId, except: Session | null): Promise<string[]> {
    await this.#parts.remembered.forgetAllOf(userId, except?.deviceId ?? null);
    return this.#parts.sessions.endAllOf(userId, except?.tokenHash ?? null);
  }

  async #next(pending: PendingSignIn, account: Account): Promise<SignInStep> {
    const { secondFactors, sessions, remembered, clock } = this.#parts;
    const { userId, deviceId, remember, secondFactorShown } = pending;
    if (!secondFactorShown && (await secondFactors.isOn(userId))) return { state: 'secondFactor', pending };
    if (account.mustChangePassword) return { state: 'newPassword', pending };
    if (account.secondFactorDue && !(await secondFactors.isOn(userId))) {
      return { state: 'secondFactorSetUp', pending, ...(await secondFactors.propose(account.user)) };
    }
    const begun = await sessions.begin(userId, deviceId, clock.nowMs(), pending.passwordHash);
    if (!begun) throw signInOver();
    const { token, session } = begun;
    const deviceToken = remember ? await remembered.remember(userId, deviceId, clock.nowMs()) : null;
    return { state: 'signedIn', user: account.user, session, token, deviceToken };
  }

  async #stillGood(pending: PendingSignIn): Promise<Account> {
    const account = await this.#parts.accounts.findById(pending.userId);
    const isOver = pending.endsAtMs < this.#parts.clock.nowMs();
    const isChanged = account?.passwordHash !== pending.passwordHash;
    if (!account || account.disabled || isOver || isChanged) throw signInOver();
    return account;
  }
}

function signInOver(): CommandFailed {
  return new CommandFailed('signInOver', 'This sign-in took too long. Begin again with your password.');
}

function sessionOver(): CommandFailed {
  return new CommandFailed('wrongCredentials', 'This session has ended. Sign in again.');
}
