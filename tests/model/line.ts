// The line between one phone and the exchange: a WebSocket relay that holds, lets go and repeats messages as a test says,
// so that two messages can be made to cross.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** Towards the exchange, or towards the phone. */
export type Direction = 'up' | 'down';

interface Frame {
  readonly text: string;
  deliver(): void;
}

export class Line {
  readonly #server: WebSocketServer;
  readonly #held: Record<Direction, Frame[] | null> = { up: null, down: null };
  #twice: { readonly direction: Direction; readonly fits: (text: string) => boolean } | null = null;
  /** Every message that was delivered, in order. */
  readonly delivered: { readonly direction: Direction; readonly text: string }[] = [];

  private constructor(server: WebSocketServer, exchangeUrl: string) {
    this.#server = server;
    server.on('connection', (phone) => this.#connect(phone, new WebSocket(exchangeUrl, ['sip'])));
  }

  static async open(exchangeUrl: string): Promise<Line> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'sip' });
    await once(server, 'listening');
    return new Line(server, exchangeUrl);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/sip`;
  }

  /** From now on messages wait. */
  hold(direction: Direction): void {
    this.#held[direction] ??= [];
  }

  /** Whether a message that fits waits there. */
  holds(direction: Direction, fits: (text: string) => boolean): boolean {
    return this.#held[direction]?.some(({ text }) => fits(text)) ?? false;
  }

  /** What waited goes on, in its order. */
  release(direction: Direction): void {
    const waiting = this.#held[direction] ?? [];
    this.#held[direction] = null;
    for (const frame of waiting) frame.deliver();
  }

  /** The next message that fits is delivered twice. */
  repeatNext(direction: Direction, fits: (text: string) => boolean): void {
    this.#twice = { direction, fits };
  }

  async close(): Promise<void> {
    for (const phone of this.#server.clients) phone.terminate();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #connect(phone: WebSocket, exchange: WebSocket): void {
    const open = once(exchange, 'open');
    phone.on('message', (data: Buffer) =>
      this.#pass('up', data, () => open.then(() => send(exchange, data))),
    );
    exchange.on('message', (data: Buffer) => this.#pass('down', data, () => send(phone, data)));
    phone.on('close', () => exchange.terminate());
    exchange.on('close', () => phone.terminate());
  }

  #pass(direction: Direction, data: Buffer, deliver: () => unknown): void {
    const text = data.toString();
    const repeated = this.#twice?.direction === direction && this.#twice.fits(text);
    if (repeated) this.#twice = null;
    const frame = {
      text,
      deliver: () => {
        this.delivered.push({ direction, text });
        deliver();
      },
    };
    for (const each of repeated ? [frame, frame] : [frame]) {
      const held = this.#held[direction];
      if (held) held.push(each);
      else each.deliver();
    }
  }
}

function send(socket: WebSocket, data: Buffer): void {
  if (socket.readyState === socket.OPEN) socket.send(data.toString());
}

export const isRequest = (method: string) => (text: string) => text.startsWith(`${method} `);
export const isResponse = (status: number, method: string) => (text: string) =>
  text.startsWith(`SIP/2.0 ${status}`) && new RegExp(`^CSeq: *\\d+ ${method}\\r$`, 'im').test(text);
export const isAnswer = isResponse(200, 'INVITE');
