// JsSIP's Socket interface over the `ws` package, for main and for the hub's media ends.
// JsSIP throws on some malformed messages and sends no ping; both are dealt with here (and in message-guard.ts).
// This socket never reconnects by itself: that is for JsSIP, or for who uses it, to do.
import WebSocket from 'ws';
import { screenMessage } from './message-guard.ts';

/** A missing pong for this long counts as a lost link. */
const defaultPingEveryMs = 20_000;
const handshakeTimeoutMs = 4_000;
/** Larger messages are refused before JsSIP sees them. */
const maxMessageBytes = 262_144;

export interface SipSocketLog {
  warn(message: string, facts: Record<string, unknown>): void;
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
  #ping: NodeJS.Timeout | undefined;
  readonly #log: SipSocketLog;
  readonly #pingEveryMs: number;

  constructor(url: string, log: SipSocketLog, options: { readonly pingEveryMs?: number } = {}) {
    this.url = url;
    this.#pingEveryMs = options.pingEveryMs ?? defaultPingEveryMs;
    const { protocol, host } = new URL(url);
    this.via_transport = protocol === 'wss:' ? 'WSS' : 'WS';
    this.sip_uri = `sip:${host};transport=ws`;
    this.#log = log;
  }

  isConnected(): boolean {
    return this.#ws?.readyState === WebSocket.OPEN;
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
    ws.on('open', () => {
      if (this.#ws !== ws) return;
      this.#keepAlive(ws);
      this.onconnect();
    });
    ws.on('message', (data: Buffer) => {
      if (this.#ws === ws) this.#receive(data.toString('utf8'));
    });
    ws.on('close', (code, reason) => {
      if (this.#ws !== ws) return;
      this.#forget();
      this.ondisconnect(code !== 1000, code, reason.toString());
    });
    // 'close' follows and tells JsSIP.
    ws.on('error', (error) =>
      this.#log.warn('sip: socket error', { code: (error as NodeJS.ErrnoException).code }),
    );
  }

  disconnect(): void {
    const ws = this.#ws;
    this.#forget();
    ws?.close();
  }

  send(message: string): boolean {
    if (!this.isConnected()) return false;
    this.#ws?.send(message);
    return true;
  }

  /** Our own listeners catch their own faults (sip-session.ts), so what is thrown here is about the message. */
  #receive(text: string): void {
    const screened = screenMessage(text);
    if (screened.kind === 'refuse') {
      this.#log.warn('sip: a message was refused', { why: screened.why, characters: text.length });
      if (screened.reply) this.send(screened.reply);
      return;
    }
    try {
      this.ondata(screened.message);
    } catch (error) {
      this.#log.warn('sip: a message could not be handled', { error, characters: text.length });
    }
  }

  #keepAlive(ws: WebSocket): void {
    let answered = true;
    ws.on('pong', () => {
      answered = true;
    });
    this.#ping = setInterval(() => {
      if (!answered) {
        ws.terminate();
        return;
      }
      answered = false;
      ws.ping();
    }, this.#pingEveryMs);
  }

  #forget(): void {
    clearInterval(this.#ping);
    this.#ws = null;
  }
}
