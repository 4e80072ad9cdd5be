// Who sent this request? Digest for REGISTER (401) and for new requests through the proxy (407); RFC 3261 22.2 and 22.3.
// Called by the register and the invite handler. Requests within a dialog are let through by their route token instead.
import type { ExchangeClock } from '../exchange-clock.ts';
import type { AccountFinder, SipUser } from '../exchange-ports.ts';
import type { SipHeader, SipRequest } from '../message/sip-message.ts';
import { headerValues } from '../message/sip-message.ts';
import type { DigestCredentials } from './digest.ts';
import { challengeValue, offeredAlgorithms, parseCredentials, provesPassword } from './digest.ts';
import { FailedDigests } from './failed-digests.ts';
import { NonceBook } from './nonce-book.ts';

export type AuthenticationResult =
  | { readonly kind: 'account'; readonly user: SipUser; readonly authorizationUser: string }
  | {
      readonly kind: 'challenge';
      readonly status: 401 | 407;
      readonly headers: readonly SipHeader[];
      /** The answer is held back for this long. */
      readonly delayMs: number;
      /** Credentials were there and were wrong. */
      readonly failed: boolean;
    }
  | { readonly kind: 'slowDown'; readonly retryAfterSeconds: number };

const headerNames = {
  401: { credentials: 'Authorization', challenge: 'WWW-Authenticate' },
  407: { credentials: 'Proxy-Authorization', challenge: 'Proxy-Authenticate' },
} as const;

export class Authenticator {
  readonly #realm: string;
  readonly #accounts: AccountFinder;
  readonly #nonces: NonceBook;
  readonly #failures: FailedDigests;

  constructor(realm: string, accounts: AccountFinder, clock: ExchangeClock, nonceLifetimeMs: number) {
    this.#realm = realm;
    this.#accounts = accounts;
    this.#nonces = new NonceBook(clock, nonceLifetimeMs);
    this.#failures = new FailedDigests(clock);
  }

  /** @param status 401 where the exchange is the registrar, 407 where it is the proxy */
  authenticate(request: SipRequest, remoteAddress: string, status: 401 | 407): AuthenticationResult {
    const credentials = headerValues(request, headerNames[status].credentials)
      .map(parseCredentials)
      .find((each) => each?.realm === this.#realm);
    if (!credentials) return this.#challenge(status, false, 0, false);
    const blockedForMs = this.#failures.blockedForMs(remoteAddress);
    if (blockedForMs > 0) return { kind: 'slowDown', retryAfterSeconds: Math.ceil(blockedForMs / 1000) };
    const user = this.#userOf(credentials, request);
    const verdict = this.#nonces.judge(credentials.nonce, credentials.nc);
    if (user === null) {
      // An old nonce with a digest that is wrong, too, is a wrong password.
      return this.#challenge(status, false, this.#failures.failed(remoteAddress), true);
    }
    switch (verdict) {
      case 'good':
        this.#nonces.use(credentials.nonce, credentials.nc);
        return { kind: 'account', user, authorizationUser: credentials.username };
      case 'replayed':
        return this.#challenge(status, false, this.#failures.failed(remoteAddress), true);
      case 'stale':
      case 'foreign':
        // Another run of this hub made it: the password is right, so one more round trip is enough.
        return this.#challenge(status, true, 0, false);
    }
  }

  #userOf(credentials: DigestCredentials, request: SipRequest): SipUser | null {
    const account = this.#accounts.findSecret(credentials.username);
    // Computed without an account, too, so that the time does not tell which names exist.
    const proven = provesPassword(credentials, request.method, account?.password ?? this.#realm);
    const right = proven && credentials.uri === request.uri;
    return account && right ? account.user : null;
  }

  #challenge(status: 401 | 407, stale: boolean, delayMs: number, failed: boolean): AuthenticationResult {
    const nonce = this.#nonces.create();
    // Strongest first; phones with stock JsSIP look at the last only, and give up on SHA-256.
    const headers = offeredAlgorithms.map((algorithm) => ({
      name: headerNames[status].challenge,
      value: challengeValue(this.#realm, nonce, algorithm, stale),
    }));
    return { kind: 'challenge', status, headers, delayMs, failed };
  }
}
