// JsSIP's Socket interface over the `ws` package, for main and for the hub's media ends.
// JsSIP throws on some malformed messages and sends no ping; both are dealt with here (telephony.md, "What bites").
// Reconnection is JsSIP's own task where it is asked for; this socket never reconnects by itself.
import WebSocket from 'ws';

/** A missing pong for this long counts as a lost link. */
const pingEveryMs = 20_000;
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

  constructor(url: string, log: SipSocketLog) {
    this.url = url;
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
    ws.on('message', (data: Buffer, isBinary) => {
      if (this.#ws !== ws) return;
      try {
        this.ondata(isBinary ? data : data.toString('utf8'));
      } catch (error) {
        this.#log.warn('sip: a message could not be handled', { error, bytes: data.length });
      }
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
    }, pingEveryMs);
  }

  #forget(): void {
    clearInterval(this.#ping);
    this.#ws = null;
  }
}
