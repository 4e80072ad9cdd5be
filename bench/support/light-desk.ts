// A desktop's link to the hub that costs next to nothing, so that one process can be five hundred of them: frames as
// JSON, replies by id, presence frames counted and read once for all who got the same text. Used by hub-load.ts.
import { once } from 'node:events';
import WebSocket from 'ws';
import type { SignedInReply } from '#shared/hub/hub-contract.ts';
import { contractHeader, contractVersion } from '#shared/hub/hub-handshake.ts';

interface Frame {
  readonly kind: 'reply' | 'refusal' | 'event';
  readonly id?: number;
  readonly name?: string;
  readonly payload?: unknown;
  readonly reason?: string;
}

/** Everybody gets the same text; it is parsed once. */
let lastText = '';
let lastFrame: Frame = { kind: 'event' };

function read(text: string): Frame {
  if (text !== lastText) {
    lastFrame = JSON.parse(text) as Frame;
    lastText = text;
  }
  return lastFrame;
}

export class LightDesk {
  /** Told of every event. */
  heard: (name: string, payload: unknown) => void = () => {};
  watch: ((way: 'sent' | 'received', text: string) => void) | null = null;
  readonly #ws: WebSocket;
  readonly #waiting = new Map<number, { resolve: (payload: unknown) => void; reject: (e: Error) => void }>();
  #lastId = 0;

  private constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      this.watch?.('received', text);
      const frame = read(text);
      if (frame.kind === 'event') {
        this.heard(frame.name ?? '', frame.payload);
        return;
      }
      const call = this.#waiting.get(frame.id ?? -1);
      this.#waiting.delete(frame.id ?? -1);
      if (frame.kind === 'reply') call?.resolve(frame.payload);
      else call?.reject(new Error(`Refused: ${frame.reason}`));
    });
    ws.on('error', () => ws.terminate());
  }

  static async open(hubUrl: string): Promise<LightDesk> {
    const headers = { [contractHeader]: String(contractVersion) };
    const ws = new WebSocket(`${hubUrl}/hub`, { headers, perMessageDeflate: false });
    const desk = new LightDesk(ws);
    await once(ws, 'open');
    return desk;
  }

  call(name: string, payload: unknown): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const text = JSON.stringify({ kind: 'call', id, name, payload });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.watch?.('sent', text);
      this.#ws.send(text);
    });
  }

  async signIn(username: string, password: string, deviceId: string): Promise<SignedInReply> {
    const asked = { username, password, deviceId, accountType: 'clerk' };
    const step = (await this.call('session.signIn', asked)) as SignedInReply;
    if (step.state !== 'signedIn')
      throw new Error(`${username} cannot sign in: ${String(step.state)} is due`);
    return step;
  }

  close(): void {
    this.#ws.terminate();
  }
}
