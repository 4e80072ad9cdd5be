// Offers a running call's media to the other side anew: a whole new connection after the phone window died, or new ICE
// on the one there is. Waits for what it needs (the page, the SIP link, an INVITE under way) and tries again until it
// is done or its time is over. Used by call-media.ts, one per call; it does not judge whether media lives.
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { mayReoffer, reoffer, swapConnection } from '../../src-sip/session-internals.ts';
import type { StandInPeerConnection } from './peer-connection.ts';

export interface RenewalSurroundings {
  readonly log: WireLog;
  /** A timer that ends with the call. */
  readonly later: (ms: number, act: () => void) => void;
  /** Null as long as there is no dialog to offer in. */
  readonly dialog: () => RTCSession | null;
  /** The exchange can be reached. */
  readonly isConnected: () => boolean;
  readonly random: () => number;
  /** From the death of the page until the call is given up. */
  readonly renewWithinMs: number;
  /** Takes an offer back that the other side refused. */
  readonly rollBack: () => void;
  /** The new connection is the call's from now on. */
  readonly renewed: () => void;
  /** The far end will not have it, or there is no more time. */
  readonly failed: () => void;
}

const lookAgainMs = 100;
/** After a refusal; by chance, because both ends may be at it (RFC 3261 14.1). */
const retryMs = { shortest: 300, longest: 1_500 };
/** No answer at all, or the exchange's word that the other side's connection is silent (RFC 5626 11.5). */
const awayStatuses = new Set<number | null>([null, 408, 430]);
/** As long as the other side is away: it offers by itself when it is back. */
const retryAwayMs = 3_000;
/** An answer over a network that is there comes sooner. */
const unansweredMs = 4_000;
/** The far end cannot take the offer, now or later (RFC 3261 21.4). */
const finalRefusals = new Set([405, 415, 488, 501, 603, 606]);

export class MediaRenewal {
  readonly #around: RenewalSurroundings;
  #wanted: 'nothing' | 'newIce' | 'newConnection' = 'nothing';
  #connection: StandInPeerConnection | null = null;
  /** Counts the connections, so that an answer to an offer of a dead one is not taken for this one's. */
  #generation = 0;
  #offered = false;
  #looking = false;
  #offeredAtMs = 0;
  /** The last offer could not be delivered. */
  #undelivered = false;
  /** Counts the times that a page died under a running call. */
  #outage = 0;

  constructor(around: RenewalSurroundings) {
    this.#around = around;
  }

  /** An offer of ours must wait, or is on its way. */
  get busy(): boolean {
    return this.#wanted === 'newConnection' || this.#offered;
  }

  /** The other side's device does not answer, as one without a network. */
  get otherSideAway(): boolean {
    if (this.#offered) return this.#undelivered || performance.now() - this.#offeredAtMs > unansweredMs;
    return this.#undelivered;
  }

  /**
   * The other side offers. Where its window died too, this is the offer that both wait for.
   * @param isNewIce it begins ICE anew, which is all that an offer of ours would do that still waits
   * @returns false where it must wait: it would meet a connection that is gone, or an offer of ours (491)
   */
  takeOffer(isNewIce: boolean): boolean {
    this.#undelivered = false;
    if (!this.busy) {
      if (isNewIce && this.#wanted === 'newIce') this.#wanted = 'nothing';
      return true;
    }
    const dialog = this.#around.dialog();
    if (this.#offered || !this.#connection || !dialog) return false;
    swapConnection(dialog, this.#connection);
    this.#done();
    return true;
  }

  /** The page died, and the call's connection with it. */
  pageGone(): void {
    if (this.#wanted !== 'newConnection') this.#setDeadline();
    this.#wanted = 'newConnection';
    this.#connection = null;
    this.#generation += 1;
    const dialog = this.#around.dialog();
    // An offer that was still being made is never sent: its connection answers no more.
    if (dialog && mayReoffer(dialog)) this.#offered = false;
  }

  /** A connection was made in the next page, and can be offered. */
  replaceWith(connection: StandInPeerConnection): void {
    this.#connection = connection;
    this.#go();
  }

  /** Another path is to be found for the connection there is. */
  restartIce(): void {
    if (this.#wanted !== 'nothing') return;
    this.#wanted = 'newIce';
    this.#go();
  }

  #go(): void {
    if (this.#wanted === 'nothing' || this.#offered) return;
    const dialog = this.#around.dialog();
    if (this.#wanted === 'newConnection' && !this.#connection) return;
    if (!dialog || !this.#around.isConnected() || !mayReoffer(dialog)) {
      this.#goLater(lookAgainMs);
      return;
    }
    if (this.#connection) swapConnection(dialog, this.#connection);
    const generation = this.#generation;
    this.#offered = true;
    this.#offeredAtMs = performance.now();
    reoffer(dialog, this.#wanted === 'newIce', {
      confirmed: () => {
        this.#offered = false;
        this.#undelivered = false;
        if (generation !== this.#generation) return this.#go();
        this.#done();
      },
      refused: (status) => {
        this.#offered = false;
        // Ours could not leave: that says nothing of the other side.
        if (this.#around.isConnected()) this.#undelivered = awayStatuses.has(status);
        this.#around.log.warn('sip: the other side did not take the media anew', {
          wanted: this.#wanted,
          status,
        });
        if (generation !== this.#generation) return this.#go();
        this.#around.rollBack();
        if (status === null || !finalRefusals.has(status)) {
          const { shortest, longest } = retryMs;
          this.#goLater(
            this.#undelivered ? retryAwayMs : shortest + this.#around.random() * (longest - shortest),
          );
        } else if (this.#wanted === 'newConnection') this.#around.failed();
        // The path may heal by itself; whether the call lives is for the watch to say.
        else this.#wanted = 'nothing';
      },
    });
  }

  #done(): void {
    const isNew = this.#wanted === 'newConnection';
    this.#wanted = 'nothing';
    this.#connection = null;
    if (isNew) this.#around.renewed();
  }

  #goLater(ms: number): void {
    if (this.#looking) return;
    this.#looking = true;
    this.#around.later(ms, () => {
      this.#looking = false;
      this.#go();
    });
  }

  #setDeadline(): void {
    this.#outage += 1;
    const mine = this.#outage;
    this.#around.later(this.#around.renewWithinMs, () => {
      if (mine === this.#outage && this.#wanted === 'newConnection') this.#around.failed();
    });
  }
}
