// JsSIP's Socket interface over the `ws` package, for main and for the hub's media ends.
// JsSIP throws on some malformed messages and sends no ping; both are dealt with here (and in message-guard.ts), as is
// too much of anything at once. This socket never reconnects by itself: that is for JsSIP, or for who uses it, to do.
import WebSocket from 'ws';
import { firstValue, type MessageHead } from './guard/message-head.ts';
import { refusalOf } from './guard/refusal.ts';
import { sparingWarn } from './guard/sparing-log.ts';
import { type Rate, TokenBucket } from './guard/token-bucket.ts';
import { defaultLiveness, type LinkLiveness, type LivenessTimes, watchLiveness } from './link-liveness.ts';
import { screenMessage } from './message-guard.ts';
import { takeParseFault, watchParser } from './parser-internals.ts';

/** Two SYNs fit into it (RFC 6298: the second after 1 s); then a new try is better than the third, after 3 s. */
const handshakeTimeoutMs = 2_500;
/** A try that is younger may still succeed, also after the network has changed under it. */
const youngTryMs = 500;
/** Larger messages are refused before JsSIP sees them. */
const maxMessageBytes = 262_144;

export interface SipSocketLog {
  warn(message: string, facts: Record<string, unknown>): void;
  error(message: string, facts: Record<string, unknown>): void;
}

export interface SipSocketLimits {
  /** Beyond it the socket is read more slowly; nothing is lost. */
  readonly messages: Rate;
  /** INVITEs that begin a call; those beyond it are refused with 503. */
  readonly newCalls: Rate;
}

/** Far above what one phone meets on a day of which it will be told for years. */
const defaultLimits: SipSocketLimits = {
  messages: { perSecond: 500, burst: 2_000 },
  newCalls: { perSecond: 20, burst: 100 },
};
/** What a refused caller is asked to wait (RFC 3261 20.33). */
const retryAfterSeconds = 5;
/** A flood is told in the log this often. */
const tellEveryMs = 10_000;

export interface SipSocketOptions {
  readonly pingEveryMs?: number;
  readonly limits?: SipSocketLimits;
}

export class SipSocket {
  readonly url: string;
  readonly via_transport: string;
  readonly sip_uri: string;
  // JsSIP's transport assigns these three.
  onconnect: () => void = () => {};
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => {};
  ondata: (data: string | Buffer) => void = () => {};
  #ws: WebSocket | null = null;
  #liveness: LinkLiveness | null = null;
  #triedAtMs = 0;
  /** The other end, or whoever stands in its place, said something when it was last spoken to. */
  #answers = true;
  readonly #log: SipSocketLog;
  readonly #warnOfRefused: SipSocketLog['warn'];
  readonly #times: LivenessTimes;
  readonly #messages: TokenBucket;
  readonly #newCalls: TokenBucket;
  readonly #toldAtMs = { messages: Number.NEGATIVE_INFINITY, newCalls: Number.NEGATIVE_INFINITY };

  constructor(url: string, log: SipSocketLog, options: SipSocketOptions = {}) {
    watchParser();
    const limits = options.limits ?? defaultLimits;
    this.#messages = new TokenBucket(limits.messages, Date.now());
    this.#newCalls = new TokenBucket(limits.newCalls, Date.now());
    this.url = url;
    const pingEveryMs = options.pingEveryMs ?? defaultLiveness.pingEveryMs;
    this.#times = { pingEveryMs, pongWithinMs: Math.min(pingEveryMs, defaultLiveness.pongWithinMs) };
    const { protocol, host } = new URL(url);
    this.via_transport = protocol === 'wss:' ? 'WSS' : 'WS';
    this.sip_uri = `sip:${host};transport=ws`;
    this.#log = log;
    this.#warnOfRefused = sparingWarn((message, facts) => log.warn(message, facts), Date.now);
  }

  isConnected(): boolean {
    return this.#ws?.readyState === WebSocket.OPEN;
  }

  /** Nobody answers where the exchange was: a computer without a network, unlike one whose exchange is stopped. */
  isUnanswered(): boolean {
    return !this.isConnected() && !this.#answers;
  }

  isConnecting(): boolean {
    return this.#ws?.readyState === WebSocket.CONNECTING;
  }

  connect(): void {
    if (this.isConnected() || this.isConnecting()) return;
    const ws = new WebSocket(this.url, ['sip'], {
      perMessageDeflate: false,
      handshakeTimeout: handshakeTimeoutMs,
      maxPayload: maxMessageBytes,
    });
    this.#ws = ws;
    this.#triedAtMs = performance.now();
    let opened = false;
    ws.on('open', () => {
      if (this.#ws !== ws) return;
      opened = true;
      this.#answers = true;
      this.#liveness = watchLiveness(ws, this.#times);
      this.onconnect();
    });
    ws.on('message', (data: Buffer) => {
      if (this.#ws !== ws) return;
      this.#slowDown(ws);
      this.#receive(data.toString('utf8'));
    });
    ws.on('close', (code, reason) => {
      if (this.#ws !== ws) return;
      this.#forget();
      // Refused, or a server that stops: the next try is answered at once, one way or the other.
      if (opened) this.#answers = false;
      this.ondisconnect(code !== 1000, code, reason.toString());
    });
    // 'close' follows and tells JsSIP.
    ws.on('error', (error) => {
      const { code } = error as NodeJS.ErrnoException;
      if (this.#ws === ws && !opened) this.#answers = isAnswer(code, error.message);
      this.#log.warn('sip: socket error', { code });
    });
  }

  disconnect(): void {
    const ws = this.#ws;
    this.#forget();
    ws?.close();
  }

  /** @returns whether the other end answers; where it does not, the link is ended and JsSIP told. */
  probe(): Promise<boolean> {
    return this.#liveness?.probe() ?? Promise.resolve(false);
  }

  /** Ends a try that has been waiting for an answer: over a network that was, none will come. */
  abandonOldTry(): void {
    if (this.isConnecting() && performance.now() - this.#triedAtMs > youngTryMs) this.#ws?.terminate();
  }

  send(message: string): boolean {
    if (!this.isConnected()) return false;
    this.#ws?.send(message);
    return true;
  }

  #receive(text: string): void {
    const screened = screenMessage(text);
    if (screened.kind === 'refuse') {
      this.#refuse(screened.why, text, screened.reply);
      return;
    }
    const { message, head } = screened;
    if (head && isNewCall(head) && !this.#newCalls.take(Date.now())) {
      this.#tell('newCalls', 'sip: more new calls than can be rung; those beyond are refused');
      const headers = [`Retry-After: ${retryAfterSeconds}`];
      this.#answer(refusalOf(head, { status: 503, reason: 'Service Unavailable', headers }));
      return;
    }
    try {
      this.ondata(message);
    } catch (error) {
      // JsSIP's own, or of one who listens to it (see agent-faults.ts): the message could be read.
      this.#log.error('sip: a handler failed', { method: head?.method, error });
      return;
    }
    const fault = takeParseFault();
    if (!fault || !head) return;
    const reply = refusalOf(head, { status: 400, reason: 'Bad Request' });
    this.#refuse('a header cannot be read', text, reply, fault.error);
  }

  #refuse(why: string, text: string, reply: string | null, error: unknown = null): void {
    const facts = { why, characters: text.length, answered: reply !== null };
    this.#warnOfRefused('sip: a message was refused', error === null ? facts : { ...facts, error });
    this.#answer(reply);
  }

  #answer(reply: string | null): void {
    if (reply !== null) this.send(reply);
  }

  /** TCP makes the other side wait; what it has sent already is still dealt with. */
  #slowDown(ws: WebSocket): void {
    const waitMs = this.#messages.borrow(Date.now());
    if (waitMs === 0 || ws.isPaused) return;
    this.#tell('messages', 'sip: more messages than a phone has to do with; they are read more slowly');
    ws.pause();
    setTimeout(() => ws.resume(), waitMs);
  }

  #tell(what: 'messages' | 'newCalls', message: string): void {
    const nowMs = Date.now();
    if (nowMs < this.#toldAtMs[what] + tellEveryMs) return;
    this.#toldAtMs[what] = nowMs;
    this.#log.warn(message, {});
  }

  #forget(): void {
    this.#liveness = null;
    this.#ws = null;
  }
}

/** A refusal came from somewhere; silence, and "no route", come from nowhere. `ws` names HTTP answers in words only. */
function isAnswer(code: string | undefined, message: string): boolean {
  return code === 'ECONNREFUSED' || code === 'ECONNRESET' || message.startsWith('Unexpected server response');
}

function isNewCall(head: MessageHead): boolean {
  return head.method === 'INVITE' && !/;\s*tag\s*=/i.test(firstValue(head, 'to') ?? '');
}
