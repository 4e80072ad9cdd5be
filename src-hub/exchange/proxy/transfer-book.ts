// Blind transfers that were let through (RFC 3515, RFC 3892). A person's REFER is sent on with a mark in its Refer-To
// that only this exchange knows; the INVITE that comes of it is known by that mark, once, and by nothing that its sender
// says. So whoever is given away can be brought to the one target that was chosen, in the transferor's name, and gains
// nothing beyond. Asked by the relay of requests within calls and by the invite handler. In memory: a transfer that was
// under way when the hub ended is refused, and the transferor still has the call.
import { randomBytes } from 'node:crypto';
import { dialogKey } from '../dialogs/kept-dialog.ts';
import type { ExchangeClock, ExchangeTimer } from '../exchange-clock.ts';
import type { SipUser } from '../exchange-ports.ts';
import { parseNameAddress } from '../message/name-address.ts';
import type { SipRequest } from '../message/sip-message.ts';
import { headerValues } from '../message/sip-message.ts';
import { escapeUser, parseSipUri } from '../message/sip-uri.ts';
import type { Trust } from './header-policy.ts';
import { type ReplacedCall, replacedIn } from './replaced-call.ts';
import type { Party } from './route-token.ts';

export interface TransferBookParts {
  /** In lower case. */
  readonly domain: string;
  readonly clock: ExchangeClock;
  trustOf(user: SipUser): Trust;
  /** As the dialog book has it. */
  partiesOf(callId: string, oneTag: string, otherTag: string): readonly Party[] | null;
}

export type ReferVerdict =
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  /** In place of what the sender wrote. */
  | { readonly kind: 'passes'; readonly headers: Readonly<Record<string, string>> };

interface Transfer {
  readonly mark: string;
  readonly by: SipUser;
  /** Of the call that is given away. */
  readonly callId: string;
  /** Whose end is given away: only they may use the mark. */
  readonly referee: SipUser;
  readonly target: string;
  readonly forgotten: ExchangeTimer;
  /** Ends the ringing; null before there is any. */
  withdraw: (() => void) | null;
}

/** URI parameter of Refer-To that holds the mark. */
const markParameter = 'offhook-transfer';
/** In a REFER that may be followed: said by the exchange alone (header-policy.ts takes it off whatever comes in). */
const letThroughHeader = 'X-Offhook-Transfer';
/** In an INFO to the exchange: end what the transfer of this call has started. */
const takeBackHeader = 'X-Offhook-Take-Back';
/** Whoever follows a REFER does so at once. */
const followedWithinMs = 30_000;
/** Longer than any call may ring or wait. */
const forgottenAfterMs = 3_600_000;

/** The mark of a transfer in a Request-URI; null where it has none. */
export function transferMarkOf(uri: string): string | null {
  return parseSipUri(uri)?.parameters.get(markParameter) ?? null;
}

export function wantsTakeBack(request: SipRequest): boolean {
  return request.method === 'INFO' && headerValues(request, takeBackHeader).length > 0;
}

export class TransferBook {
  readonly #parts: TransferBookParts;
  readonly #transfers = new Map<string, Transfer>();

  /** Calls that somebody was told to take over, and by when that is forgotten. */
  readonly #takeOvers = new Map<string, ExchangeTimer>();

  constructor(parts: TransferBookParts) {
    this.#parts = parts;
  }

  /** @param from who sends the REFER, @param to who is to follow it; both as the call's route says, not its headers */
  refer(request: SipRequest, from: Party, to: Party): ReferVerdict {
    const { domain, trustOf } = this.#parts;
    if (trustOf(from.user) !== 'account') return refused(403, 'Only people transfer calls');
    if (trustOf(to.user) === 'internal') return refused(405, 'This line cannot be transferred');
    const [referTo, ...others] = headerValues(request, 'Refer-To');
    if (referTo === undefined || others.length > 0) return refused(400, 'One Refer-To is needed');
    const uri = parseNameAddress(referTo)?.uri ?? '';
    const target = parseSipUri(uri);
    if (target?.host !== domain || target.user === null) return refused(404, 'Nobody here is called that');
    const own = { 'Referred-By': referredBy(from.user, domain), [letThroughHeader]: '1' };
    // An attended transfer names the device and the call that it takes over (RFC 3891); no new call is routed for it.
    if (target.hasHeaders) return this.#attended(from, to, uri) ?? { kind: 'passes', headers: own };
    const { mark } = this.#add(from.user, request.callId, to.user, target.user);
    const marked = `<sip:${escapeUser(target.user)}@${domain};${markParameter}=${mark}>`;
    return { kind: 'passes', headers: { ...own, 'Refer-To': marked } };
  }

  /**
   * The INVITE that a REFER led to. A mark counts once.
   * @param user as whom the INVITE was authenticated
   * @returns null where no transfer lets this user call this target now
   */
  follow(mark: string, user: SipUser, requestUser: string): { readonly by: SipUser } | null {
    const transfer = this.#transfers.get(mark);
    if (!transfer || transfer.withdraw) return null;
    if (transfer.referee !== user || transfer.target !== requestUser) return null;
    transfer.forgotten.clear();
    const forgotten = this.#parts.clock.startTimer(forgottenAfterMs, () => this.#transfers.delete(mark));
    this.#transfers.set(mark, { ...transfer, forgotten, withdraw: () => {} });
    return { by: transfer.by };
  }

  /** Whether whoever has this call told the user to take it over, a moment ago. */
  mayTakeOver(replaced: ReplacedCall, user: SipUser): boolean {
    return this.#takeOvers.has(takeOverKey(replaced, user));
  }

  /** The call that follows is under way. @param withdraw ends its ringing; nothing where it was answered */
  rings(mark: string, withdraw: () => void): void {
    const transfer = this.#transfers.get(mark);
    if (transfer) transfer.withdraw = withdraw;
  }

  /** It was answered, refused or given up. */
  over(mark: string): void {
    this.#transfers.get(mark)?.forgotten.clear();
    this.#transfers.delete(mark);
  }

  /**
   * Whoever transferred wants the call back: what it started is ended (487), and a REFER not followed yet leads nowhere.
   * @returns false where there is nothing to take back
   */
  takeBack(callId: string, by: SipUser): boolean {
    const found = [...this.#transfers.values()].filter((each) => each.callId === callId && each.by === by);
    for (const { mark, withdraw } of found) {
      this.over(mark);
      withdraw?.();
    }
    return found.length > 0;
  }

  close(): void {
    for (const { forgotten } of this.#transfers.values()) forgotten.clear();
    for (const forgotten of this.#takeOvers.values()) forgotten.clear();
    this.#transfers.clear();
    this.#takeOvers.clear();
  }

  /** Only a call that is the sender's own can be given to somebody. @returns null where it may pass */
  #attended(from: Party, to: Party, uri: string): ReferVerdict | null {
    const replaced = replacedIn(uri);
    if (replaced === 'malformed') return refused(400, 'Bad Replaces');
    if (!replaced) return null;
    const parties = this.#parts.partiesOf(replaced.callId, replaced.toTag, replaced.fromTag);
    if (!parties?.some(({ user }) => user === from.user)) return refused(403, 'That call is not yours');
    const key = takeOverKey(replaced, to.user);
    this.#takeOvers.get(key)?.clear();
    const forget = () => this.#takeOvers.delete(key);
    this.#takeOvers.set(key, this.#parts.clock.startTimer(followedWithinMs, forget));
    return null;
  }

  #add(by: SipUser, callId: string, referee: SipUser, target: string): Transfer {
    const mark = randomBytes(16).toString('hex');
    const forgotten = this.#parts.clock.startTimer(followedWithinMs, () => this.#transfers.delete(mark));
    const transfer: Transfer = { mark, by, callId, referee, target, forgotten, withdraw: null };
    this.#transfers.set(mark, transfer);
    return transfer;
  }
}

function takeOverKey({ callId, toTag, fromTag }: ReplacedCall, user: SipUser): string {
  return `${dialogKey(callId, toTag, fromTag)}\n${user}`;
}

/** RFC 3892: in whose name. */
export function referredBy(user: SipUser, domain: string): string {
  return `<sip:${escapeUser(user)}@${domain}>`;
}

function refused(status: number, reason: string): ReferVerdict {
  return { kind: 'refused', status, reason };
}
