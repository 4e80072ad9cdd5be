// The second factor of an account: proposed, confirmed by a first code, asked for at sign-in, ended. Whoever calls has
// made sure of the person first. Slowing down guesses is the caller's too.
import type { UserView } from '#shared/desktop/session-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { HubClock } from '../hub-clock.ts';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import type { SecondFactorStore } from './second-factor-store.ts';
import { looksLikeTotp, newTotpSecret, readTotp, totpAddress } from './totp.ts';

export interface SecondFactorState {
  readonly on: boolean;
  readonly recoveryCodesLeft: number;
}

export class SecondFactorService {
  readonly #store: SecondFactorStore;
  readonly #clock: HubClock;

  constructor(store: SecondFactorStore, clock: HubClock) {
    this.#store = store;
    this.#clock = clock;
  }

  async stateOf(userId: UserId): Promise<SecondFactorState> {
    const [factor, recoveryCodesLeft] = await Promise.all([
      this.#store.find(userId),
      this.#store.recoveryCodesLeft(userId),
    ]);
    return { on: factor?.confirmed === true, recoveryCodesLeft };
  }

  async isOn(userId: UserId): Promise<boolean> {
    return (await this.#store.find(userId))?.confirmed === true;
  }

  /** A new secret; it is asked for only after `confirm`. @throws CommandFailed 'secondFactorOn'. */
  async propose(user: UserView): Promise<{ secret: string; address: string }> {
    const secret = newTotpSecret();
    if (!(await this.#store.propose(user.userId, secret))) {
      throw new CommandFailed('secondFactorOn', 'The second factor is on already. Turn it off first.');
    }
    return { secret, address: totpAddress(secret, user.username) };
  }

  /**
   * @param code the authenticator's first one: it has the secret.
   * @returns recovery codes, which are kept nowhere else.
   * @throws CommandFailed 'codeWrong', 'clockOff', 'notProposed'.
   */
  async confirm(userId: UserId, code: string): Promise<string[]> {
    const factor = await this.#store.find(userId);
    if (!factor || factor.confirmed) throw notProposed();
    const step = this.#stepOf(factor.secret, code);
    const codes = newRecoveryCodes();
    const { secret } = factor;
    const codeHashes = codes.map(hashOfRecoveryCode);
    const nowMs = this.#clock.nowMs();
    if (!(await this.#store.confirm(userId, { secret, step, nowMs, codeHashes }))) throw notProposed();
    return codes;
  }

  /**
   * Resolves where the code, the authenticator's or one for recovery, lets its user in; it then never does again.
   * @throws CommandFailed 'codeWrong', 'codeUsed', 'clockOff'.
   */
  async spend(userId: UserId, code: string): Promise<void> {
    if (!looksLikeTotp(code)) {
      if (await this.#store.spendRecoveryCode(userId, hashOfRecoveryCode(code))) return;
      throw new CommandFailed('codeWrong', 'This code is not right, or was used before.');
    }
    const factor = await this.#store.find(userId);
    if (!factor?.confirmed) throw new CommandFailed('codeWrong', 'This code is not right.');
    const step = this.#stepOf(factor.secret, code);
    if (!(await this.#store.spendStep(userId, step))) {
      throw new CommandFailed('codeUsed', 'This code was used before. Wait for the next one.');
    }
  }

  /** @returns ten new ones; those of before are worth nothing. @throws CommandFailed 'secondFactorOff'. */
  async renewRecoveryCodes(userId: UserId): Promise<string[]> {
    if (!(await this.isOn(userId))) throw new CommandFailed('secondFactorOff', 'The second factor is off.');
    const codes = newRecoveryCodes();
    await this.#store.replaceRecoveryCodes(userId, codes.map(hashOfRecoveryCode));
    return codes;
  }

  end(userId: UserId): Promise<void> {
    return this.#store.end(userId);
  }

  #stepOf(secret: string, code: string): number {
    const reading = readTotp(secret, code, this.#clock.nowMs());
    if (reading.kind === 'inTime') return reading.step;
    if (reading.kind === 'wrong') throw new CommandFailed('codeWrong', 'This code is not right.');
    const seconds = Math.abs(reading.byMs) / 1000;
    throw new CommandFailed(
      'clockOff',
      `The authenticator’s clock is about ${seconds} s ${reading.byMs > 0 ? 'ahead of' : 'behind'} the hub’s. Set it to the time of the network, then type the next code.`,
    );
  }
}

function notProposed(): CommandFailed {
  return new CommandFailed('notProposed', 'Begin again: this second factor does not wait for a first code.');
}
