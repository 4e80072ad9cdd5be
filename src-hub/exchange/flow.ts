// One WebSocket connection (RFC 5626 "flow", RFC 7118): frames in and out, liveness by ping.
// Made by the exchange per connection. Knows bytes only; what a message means is decided elsewhere.
import { isUtf8 } from 'node:buffer';
import type { WebSocket } from 'ws';
import { type Rate, TokenBucket } from '../../src-sip/guard/token-bucket.ts';
import type { ExchangeClock, ExchangeTimer } from './exchange-clock.ts';
import { formatMessage } from './message/message-writer.ts';
import type { OutgoingMessage } from './message/sip-message.ts';

export interface Flow {
  /** Running number, for logs and route tokens. */
  readonly id: number;
  readonly remoteAddress: string;
  isOpen(): boolean;
  /** @returns false where the connection is gone; the message is then dropped. */
  send(message: OutgoingMessage): boolean;
}

export interface FlowListener {
  received(flow: Flow, bytes: Uint8Array): void;
  /** It sends more than it may and is read more slowly. */
  slowedDown(flow: Flow): void;
  /** @param silent no answer came any more: a network that is away, where a program that ends would say so */
  closed(flow: Flow, silent: boolean): void;
}

export interface FlowParts {
  readonly id: number;
  readonly ws: WebSocket;
  readonly remoteAddress: string;
  readonly clock: ExchangeClock;
  readonly pingEveryMs: number;
  /** How many messages are read. */
  readonly rate: Rate;
  readonly listener: FlowListener;
}

export class WebSocketFlow implements Flow {
  readonly id: number;
  readonly remoteAddress: string;
  readonly #ws: WebSocket;
  readonly #clock: ExchangeClock;
  readonly #pingEveryMs: number;
  readonly #messages: TokenBucket;
  #ping: ExchangeTimer | null = null;
  #resume: ExchangeTimer | null = null;
  #pongSeen = true;
  #silent = false;

  constructor({ id, ws, remoteAddress, clock, pingEveryMs, rate, listener }: FlowParts) {
    this.id = id;
    this.remoteAddress = remoteAddress;
    this.#ws = ws;
    this.#clock = clock;
    this.#pingEveryMs = pingEveryMs;
    this.#messages = new TokenBucket(rate, clock.nowMs());
    ws.on('message', (data) => {
      if (this.#slowDown()) listener.slowedDown(this);
      const bytes = Array.isArray(data) ? Buffer.concat(data) : data;
      listener.received(this, bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes);
    });
    ws.on('pong', () => {
      this.#pongSeen = true;
    });
    ws.on('close', () => {
      this.#ping?.clear();
      this.#resume?.clear();
      listener.closed(this, this.#silent);
    });
    // 'close' follows each error, and there it is dealt with.
    ws.on('error', () => this.#ping?.clear());
    this.#keepAlive();
  }

  isOpen(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }

  send(message: OutgoingMessage): boolean {
    const bytes = formatMessage(message);
    return this.#write(bytes, !isUtf8(bytes));
  }

  /** RFC 5626 3.5.1: the answer to a double line end. */
  sendPong(): void {
    this.#write(Buffer.from('\r\n'), false);
  }

  /** 1001 when the exchange goes, 4403 when the account was closed. */
  close(code: 1001 | 4403): void {
    this.#ping?.clear();
    this.#ws.close(code);
  }

  /** Without waiting for the other side. */
  terminate(): void {
    this.#ws.terminate();
  }

  /** @returns true where it has just begun; what arrived with this message is still dealt with */
  #slowDown(): boolean {
    const waitMs = this.#messages.borrow(this.#clock.nowMs());
    if (waitMs === 0 || this.#ws.isPaused) return false;
    this.#ws.pause();
    this.#resume = this.#clock.startTimer(waitMs, () => this.#ws.resume());
    return true;
  }

  #write(bytes: Uint8Array, binary: boolean): boolean {
    if (!this.isOpen()) return false;
    // A failed write closes the socket; 'close' tells everybody who waits.
    this.#ws.send(bytes, { binary }, () => {});
    return true;
  }

  #keepAlive(): void {
    this.#ping = this.#clock.startTimer(this.#pingEveryMs, () => {
      if (!this.#pongSeen) {
        this.#silent = true;
        this.#ws.terminate();
        return;
      }
      this.#pongSeen = false;
      if (this.isOpen()) this.#ws.ping();
      this.#keepAlive();
    });
  }
}
