// The calls that are established through this exchange, so that none is left hanging when a device dies: a proxy that
// ends a call by itself, where neither end can (docs/architecture.md, "When a device is lost"). Told by the fork, by the
// relay of requests within dialogs, by connections that close and by the registrar. In memory: a hub that starts again
// knows no older call, lets its requests through all the same (route-token.ts), and never ends it.

import { sipCallId } from '#shared/domain/ids.ts';
import type { ExchangeClock, ExchangeTimer } from '../exchange-clock.ts';
import type { ExchangeLog } from '../exchange-log.ts';
import type { CallEnded, SipUser } from '../exchange-ports.ts';
import type { ExchangeTimes } from '../exchange-times.ts';
import type { Flow } from '../flow.ts';
import { tagOf } from '../message/name-address.ts';
import type { SipRequest } from '../message/sip-message.ts';
import { newVia } from '../proxy/hop.ts';
import { lostDeviceReason, otherSideGoneReason, revokedReason } from '../proxy/reasons.ts';
import type { Party } from '../proxy/route-token.ts';
import type { Binding, Registrar } from '../registrar/registrar.ts';
import type { TransactionTable } from '../transactions/transaction-table.ts';
import { type DialogSide, dialogKey, type EstablishedCall, nextBye, sidesOf } from './kept-dialog.ts';

export interface DialogBookParts {
  readonly domain: string;
  readonly clock: ExchangeClock;
  readonly times: ExchangeTimes;
  readonly log: ExchangeLog;
  readonly registrar: Registrar;
  readonly table: TransactionTable;
  locate(party: Party): { readonly flow: Flow; readonly contactUri: string | null } | null;
  /** Told once per call, when either side has ended it or it was given up. */
  ended(call: CallEnded): void;
}

interface KeptSide extends DialogSide {
  /** The run of the device's program that has the call; null where the device does not say. */
  readonly bootId: string | null;
  /** It has ended the call, was told of the end, or can never be told. */
  over: boolean;
  /** A BYE is on its way to it. */
  saying: boolean;
  /** Runs while the device is away. */
  lost: ExchangeTimer | null;
  /** It went without a word, as a device does whose network is away, and may come back to the call. */
  silent: boolean;
}

interface KeptDialog {
  readonly key: string;
  readonly sides: readonly [KeptSide, KeptSide];
  /** Reason header of the BYE for whoever was not told yet; null while they talk. */
  ending: string | null;
  forgotten: ExchangeTimer | null;
}

/** Far more than one hub carries; only calls that both sides left without a word could stay. */
const mostDialogs = 20_000;

export class DialogBook {
  readonly #parts: DialogBookParts;
  readonly #dialogs = new Map<string, KeptDialog>();
  /** Calls that go on, by user. */
  readonly #counts = new Map<SipUser, number>();

  constructor(parts: DialogBookParts) {
    this.#parts = parts;
  }

  count(): number {
    return this.#dialogs.size;
  }

  /** Calls that a user has and nobody has ended. */
  callCount(user: SipUser): number {
    return this.#counts.get(user) ?? 0;
  }

  /** Who talks to whom in a call that nobody has ended; null where none is known with these tags, in either order. */
  partiesOf(callId: string, oneTag: string, otherTag: string): readonly Party[] | null {
    const dialog = this.#dialogs.get(dialogKey(callId, oneTag, otherTag));
    return dialog && dialog.ending === null ? dialog.sides.map(({ party }) => party) : null;
  }

  /** A 2xx was passed to the caller. */
  established(call: EstablishedCall): void {
    const { caller, callee } = sidesOf(call, this.#parts.domain);
    const key = dialogKey(call.invite.callId, tagOf(call.invite.from), tagOf(call.answer.to));
    if (this.#dialogs.has(key)) return;
    const sides = [this.#keep(caller), this.#keep(callee)] as const;
    this.#dialogs.set(key, { key, sides, ending: null, forgotten: null });
    for (const { party } of sides) this.#counts.set(party.user, this.callCount(party.user) + 1);
    const [oldest] = this.#dialogs.values();
    if (oldest && this.#dialogs.size > mostDialogs) this.#forget(oldest);
  }

  /** A request within a call is sent on to the other side. */
  passed(request: SipRequest): void {
    const found = this.#find(request);
    if (found) found.receiver.cseq = Math.max(found.receiver.cseq, request.cseq.number);
  }

  /** A BYE came from one side, which is out of the call by that; it is being sent on to the other. */
  byeCame(request: SipRequest): void {
    const found = this.#find(request);
    if (!found) return;
    found.sender.over = true;
    found.receiver.saying = true;
    this.#end(found.dialog, otherSideGoneReason);
  }

  /** The other side answered that BYE, or was given as long as a transaction lasts. */
  byeHeard(request: SipRequest): void {
    const found = this.#find(request);
    if (found) this.#over(found.dialog, found.receiver);
  }

  /** Whoever this request is for went without a word, and is waited for. */
  isSilent(request: SipRequest): boolean {
    const found = this.#find(request);
    return found !== null && found.dialog.ending === null && found.receiver.silent;
  }

  /** The other side is away: it is told when it has registered again. */
  byeNotHeard(request: SipRequest): void {
    const found = this.#find(request);
    if (found) found.receiver.saying = false;
  }

  /** Whoever was called over this connection has as long to come back as `lostDeviceMs` says. */
  flowClosed(silent: boolean): void {
    for (const dialog of this.#dialogs.values()) {
      if (dialog.ending !== null) continue;
      for (const side of dialog.sides) {
        if (side.lost || this.#isThere(side.party)) continue;
        side.silent = silent;
        side.lost = this.#parts.clock.startTimer(this.#parts.times.lostDeviceMs, () => {
          side.lost = null;
          if (!this.#isThere(side.party)) this.#lose(dialog, 'away too long');
        });
      }
    }
  }

  /** A device is back, or there for the first time. */
  registered(binding: Binding): void {
    for (const dialog of [...this.#dialogs.values()]) {
      for (const side of dialog.sides) {
        const { user, instance } = side.party;
        if (user !== binding.user || instance !== binding.instance || instance === null) continue;
        if (side.bootId !== null && binding.bootId !== null && side.bootId !== binding.bootId) {
          // Another run of its program: it knows nothing of the call.
          side.over = true;
          this.#lose(dialog, 'started anew');
        } else {
          side.lost?.clear();
          side.lost = null;
          side.silent = false;
          if (dialog.ending !== null) this.#say(dialog, side);
        }
      }
    }
  }

  /** Ends the calls of some of a user's devices: they may not go on. */
  revoke(user: SipUser, isRevoked: (party: Party) => boolean): void {
    for (const dialog of [...this.#dialogs.values()]) {
      const theirs = dialog.sides.filter(({ party }) => party.user === user && isRevoked(party));
      if (theirs.length === 0) continue;
      this.#end(dialog, revokedReason);
      // Their connections are closed at once: what was sent is all that they get.
      for (const side of theirs) this.#over(dialog, side);
    }
  }

  /** Established calls outlive this exchange: they are not told as ended. */
  close(): void {
    for (const { forgotten, sides } of this.#dialogs.values()) {
      forgotten?.clear();
      for (const side of sides) side.lost?.clear();
    }
    this.#dialogs.clear();
    this.#counts.clear();
  }

  #keep(side: DialogSide): KeptSide {
    const { user, instance } = side.party;
    const device = instance === null ? null : this.#parts.registrar.device(user, instance);
    return { ...side, bootId: device?.bootId ?? null, over: false, saying: false, lost: null, silent: false };
  }

  #lose(dialog: KeptDialog, why: string): void {
    if (dialog.ending === null) this.#parts.log.info('exchange: a device is lost in a call', { why });
    this.#end(dialog, lostDeviceReason);
  }

  #end(dialog: KeptDialog, reason: string): void {
    this.#goesOnNoMore(dialog);
    dialog.ending ??= reason;
    dialog.forgotten ??= this.#parts.clock.startTimer(this.#parts.times.owedByeMs, () =>
      this.#forget(dialog),
    );
    for (const side of dialog.sides) {
      side.lost?.clear();
      side.lost = null;
      this.#say(dialog, side);
    }
    this.#forgetWhereOver(dialog);
  }

  /** Sends BYE to a side that was not told yet; one that is away is told when it has registered again. */
  #say(dialog: KeptDialog, side: KeptSide): void {
    if (side.over || side.saying || dialog.ending === null) return;
    const place = this.#parts.locate(side.party);
    if (!place) return;
    const to = { via: newVia(this.#parts.domain, null), uri: place.contactUri ?? side.targetUri };
    side.saying = true;
    const sent = this.#parts.table.send(nextBye(side, to, dialog.ending), place.flow, {
      // Whatever it answers, it is out of the call (RFC 3261 15.1.1).
      responded: (response) => {
        if (response.status >= 200) this.#over(dialog, side);
      },
      failed: (kind) => {
        side.saying = false;
        if (kind === 'timeout') this.#over(dialog, side);
      },
    });
    if (!sent) side.saying = false;
  }

  #over(dialog: KeptDialog, side: KeptSide): void {
    side.over = true;
    this.#forgetWhereOver(dialog);
  }

  #forgetWhereOver(dialog: KeptDialog): void {
    if (dialog.sides.every(({ over }) => over)) this.#forget(dialog);
  }

  #goesOnNoMore({ ending, sides }: KeptDialog): void {
    if (ending !== null) return;
    const [caller, callee] = sides;
    for (const { party } of sides) {
      const left = this.callCount(party.user) - 1;
      if (left > 0) this.#counts.set(party.user, left);
      else this.#counts.delete(party.user);
    }
    const callId = sipCallId.safeParse(caller.callId);
    if (!callId.success) return;
    this.#parts.ended({ sipCallId: callId.data, caller: caller.party.user, callee: callee.party.user });
  }

  #forget(dialog: KeptDialog): void {
    this.#goesOnNoMore(dialog);
    dialog.ending ??= otherSideGoneReason;
    dialog.forgotten?.clear();
    for (const side of dialog.sides) side.lost?.clear();
    this.#dialogs.delete(dialog.key);
  }

  /** A device without an instance is no one's to find again; it is there where its user has any such device. */
  #isThere(party: Party): boolean {
    if (this.#parts.locate(party) !== null) return true;
    if (party.instance !== null) return false;
    return this.#parts.registrar.targets(party.user).some(({ instance }) => instance === null);
  }

  #find(request: SipRequest): { dialog: KeptDialog; sender: KeptSide; receiver: KeptSide } | null {
    const senderTag = tagOf(request.from);
    const dialog = this.#dialogs.get(dialogKey(request.callId, senderTag, tagOf(request.to)));
    if (!dialog) return null;
    const [caller, callee] = dialog.sides;
    const isCaller = caller.tag === senderTag;
    return { dialog, sender: isCaller ? caller : callee, receiver: isCaller ? callee : caller };
  }
}
