// A SIP phone that costs next to nothing, so that one process can be five hundred of them: registers, is rung, answers,
// calls, ends. One WebSocket each; SIP written by hand, no media behind its SDP. For bench/hub.bench.ts and tests with
// many agents. Does not come back by itself when its connection is lost: `open` does.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import WebSocket from 'ws';
import type { SipAccount } from '#shared/hub/hub-contract.ts';
import { readChallenge } from '../../src-sip/digest/challenge.ts';
import { DigestClient } from '../../src-sip/digest/digest-client.ts';

export interface LightMessage {
  readonly text: string;
  readonly startLine: string;
  /** 0 for a request. */
  readonly status: number;
  readonly method: string;
  readonly callId: string;
  readonly cseq: string;
  /** All values of a header, in their order. @param name in lower case */
  all(name: string): readonly string[];
  first(name: string): string;
}

/** A call that rings here. */
export interface LightOffer {
  readonly callId: string;
  readonly invite: LightMessage;
  /** @param code 180, 200 (with SDP), or a refusal. */
  reply(code: number): void;
}

export interface LightCall {
  readonly callId: string;
  /** In the dialog, once answered. */
  bye(): Promise<number>;
  /** While it rings. */
  cancel(): void;
  /** Status of the final answer; its ACK is sent already. */
  readonly final: Promise<number>;
}

interface Dialog {
  readonly callId: string;
  readonly local: string;
  readonly remote: string;
  readonly target: string;
  readonly routes: readonly string[];
  cseq: number;
}

const sdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=rtpmap:111 opus/48000/2',
  'a=sendrecv',
  '',
].join('\r\n');
const token = () => randomBytes(8).toString('hex');

export class LightPhone {
  readonly account: SipAccount;
  readonly deviceId: string;
  offered: (offer: LightOffer) => void = () => {};
  /** An answered call is over, ended by the other side; a ringing one was given up (its 487 is sent). */
  ended: (callId: string, how: 'bye' | 'cancel') => void = () => {};
  /** Whatever goes over the wire, for whoever records it. */
  watch: ((way: 'sent' | 'received', text: string) => void) | null = null;
  readonly #digest = new DigestClient();
  readonly #contactUser = token();
  readonly #registration = { callId: token(), fromTag: token(), cseq: 0 };
  readonly #domain: string;
  readonly #answers = new Map<string, (message: LightMessage) => void>();
  readonly #ringing = new Map<string, LightMessage>();
  readonly #dialogs = new Map<string, Dialog>();
  #ws: WebSocket | null = null;

  constructor(account: SipAccount, deviceId: string) {
    this.account = account;
    this.deviceId = deviceId;
    this.#domain = account.uri.split('@')[1] ?? '';
  }

  /** Connects (again) and registers. @throws Error where the registration is refused */
  async open(): Promise<void> {
    const ws = new WebSocket(this.account.webSocketUrl, ['sip'], { perMessageDeflate: false });
    this.#ws = ws;
    ws.on('message', (data: Buffer) => this.#received(data.toString('utf8')));
    ws.on('error', () => ws.terminate());
    await once(ws, 'open');
    await this.#register();
  }

  get isOpen(): boolean {
    return this.#ws?.readyState === WebSocket.OPEN;
  }

  close(): void {
    this.#ws?.terminate();
  }

  /**
   * Calls a number or extension, answering the challenge as phones do.
   * @param progress told of every provisional answer but 100
   */
  call(number: string, progress: (status: number) => void = () => {}): LightCall {
    const callId = token();
    const uri = `sip:${number}@${this.#domain}`;
    const from = `<${this.account.uri}>;tag=${token()}`;
    const final = Promise.withResolvers<number>();
    let branch = '';
    const send = (cseq: number, credentials: readonly string[]) => {
      branch = this.#request('INVITE', uri, { callId, cseq, from, to: `<${uri}>` }, [...credentials], sdp);
      this.#answers.set(`${callId} ${cseq} INVITE`, (answer) => {
        if (answer.status < 200) {
          if (answer.status > 100) progress(answer.status);
          return;
        }
        this.#answers.delete(`${callId} ${cseq} INVITE`);
        if (answer.status >= 300) this.#ack(uri, branch, answer);
        if (answer.status === 407 && credentials.length === 0) {
          send(cseq + 1, [
            this.#credentials('Proxy-Authorization', 'proxy-authenticate', 'INVITE', uri, answer),
          ]);
          return;
        }
        if (answer.status < 300) {
          const dialog: Dialog = {
            callId,
            local: from,
            remote: answer.first('to'),
            target: uriIn(answer.first('contact')),
            routes: [...answer.all('record-route')].reverse(),
            cseq,
          };
          this.#dialogs.set(callId, dialog);
          this.#inDialog('ACK', dialog);
        }
        final.resolve(answer.status);
      });
    };
    send(1, []);
    return {
      callId,
      final: final.promise,
      bye: () => this.bye(callId),
      cancel: () =>
        this.#send([
          `CANCEL ${uri} SIP/2.0`,
          `Via: SIP/2.0/WS ${this.#contactUser}.invalid;branch=${branch}`,
          'Max-Forwards: 69',
          `To: <${uri}>`,
          `From: ${from}`,
          `Call-ID: ${callId}`,
          // Of the INVITE with credentials.
          'CSeq: 2 CANCEL',
        ]),
    };
  }

  /** Resolves when all that the exchange sent here before this was asked has arrived. */
  async settled(): Promise<void> {
    const callId = token();
    const answered = this.#answered(`${callId} 1 OPTIONS`);
    const from = `<${this.account.uri}>;tag=${token()}`;
    const uri = `sip:${this.#domain}`;
    this.#request('OPTIONS', uri, { callId, cseq: 1, from, to: `<${uri}>` }, [], '');
    await answered;
  }

  /** Ends an answered call, from either side. @returns the status of the answer. */
  bye(callId: string): Promise<number> {
    const dialog = this.#dialogs.get(callId);
    if (!dialog) throw new Error(`There is no call ${callId} here`);
    this.#dialogs.delete(callId);
    dialog.cseq += 1;
    const answered = this.#answered(`${callId} ${dialog.cseq} BYE`);
    this.#inDialog('BYE', dialog);
    return answered.then(({ status }) => status);
  }

  async #register(): Promise<void> {
    const uri = `sip:${this.#domain}`;
    const { callId, fromTag } = this.#registration;
    const send = (credentials: readonly string[]) => {
      this.#registration.cseq += 1;
      const { cseq } = this.#registration;
      const answered = this.#answered(`${callId} ${cseq} REGISTER`);
      const party = {
        callId,
        cseq,
        from: `<${this.account.uri}>;tag=${fromTag}`,
        to: `<${this.account.uri}>`,
      };
      const device = `+sip.instance="<urn:uuid:${this.deviceId}>";reg-id=1`;
      const contact = [
        `Contact: <${this.#contact}>;${device}`,
        'Expires: 600',
        'Supported: path, outbound, gruu',
      ];
      this.#request('REGISTER', uri, party, [...contact, ...credentials], '');
      return answered;
    };
    const challenge = await send([]);
    const credentials = this.#credentials('Authorization', 'www-authenticate', 'REGISTER', uri, challenge);
    const answer = await send([credentials]);
    if (answer.status !== 200) throw new Error(`The registration was refused: ${answer.startLine}`);
  }

  get #contact(): string {
    return `sip:${this.#contactUser}@${this.#contactUser}.invalid;transport=ws`;
  }

  #answered(name: string): Promise<LightMessage> {
    return new Promise((resolve) => {
      this.#answers.set(name, (message) => {
        if (message.status < 200) return;
        this.#answers.delete(name);
        resolve(message);
      });
    });
  }

  #credentials(
    header: string,
    challengeHeader: string,
    method: string,
    uri: string,
    { all, startLine }: LightMessage,
  ): string {
    const challenge = all(challengeHeader)
      .map(readChallenge)
      .find((each) => each !== null);
    if (!challenge) throw new Error(`No challenge that can be answered: ${startLine}`);
    const { authorizationUser: username, password } = this.account;
    const value = this.#digest.credentials(challenge, { username, password }, { method, uri, body: '' });
    return `${header}: ${value}`;
  }

  #request(
    method: string,
    uri: string,
    party: { callId: string; cseq: number; from: string; to: string },
    headers: readonly string[],
    body: string,
  ): string {
    const branch = `z9hG4bK${token()}`;
    const contact =
      method === 'INVITE' ? [`Contact: <${this.#contact}>`, 'Content-Type: application/sdp'] : [];
    this.#send(
      [
        `${method} ${uri} SIP/2.0`,
        `Via: SIP/2.0/WS ${this.#contactUser}.invalid;branch=${branch}`,
        'Max-Forwards: 69',
        `To: ${party.to}`,
        `From: ${party.from}`,
        `Call-ID: ${party.callId}`,
        `CSeq: ${party.cseq} ${method}`,
        ...contact,
        ...headers,
      ],
      body,
    );
    return branch;
  }

  #inDialog(method: 'ACK' | 'BYE', { callId, cseq, local, remote, target, routes }: Dialog): void {
    const headers = routes.map((route) => `Route: ${route}`);
    this.#request(method, target, { callId, cseq, from: local, to: remote }, headers, '');
  }

  /** RFC 3261 17.1.1.3: the branch of the INVITE that was refused. */
  #ack(uri: string, branch: string, answer: LightMessage): void {
    this.#send([
      `ACK ${uri} SIP/2.0`,
      `Via: SIP/2.0/WS ${this.#contactUser}.invalid;branch=${branch}`,
      'Max-Forwards: 69',
      `To: ${answer.first('to')}`,
      `From: ${answer.first('from')}`,
      `Call-ID: ${answer.callId}`,
      `CSeq: ${answer.cseq.split(' ')[0]} ACK`,
    ]);
  }

  #reply(request: LightMessage, code: number): void {
    const to = request.first('to');
    const body = code === 200 && request.method === 'INVITE' ? sdp : '';
    this.#send(
      [
        `SIP/2.0 ${code} ${code === 180 ? 'Ringing' : code === 200 ? 'OK' : 'Because'}`,
        ...request.all('via').map((via) => `Via: ${via}`),
        ...request.all('record-route').map((route) => `Record-Route: ${route}`),
        `From: ${request.first('from')}`,
        `To: ${to.includes(';tag=') ? to : `${to};tag=${this.#contactUser}`}`,
        `Call-ID: ${request.callId}`,
        `CSeq: ${request.cseq}`,
        `Contact: <${this.#contact}>`,
        ...(body === '' ? [] : ['Content-Type: application/sdp']),
      ],
      body,
    );
  }

  #send(lines: readonly string[], body = ''): void {
    const text = `${lines.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    if (!this.isOpen) return;
    this.watch?.('sent', text);
    this.#ws?.send(text);
  }

  #received(text: string): void {
    this.watch?.('received', text);
    const message = read(text);
    if (message.status > 0) {
      this.#answers.get(`${message.callId} ${message.cseq}`)?.(message);
      return;
    }
    switch (message.method) {
      case 'INVITE':
        this.#rings(message);
        return;
      case 'CANCEL': {
        this.#reply(message, 200);
        const invite = this.#ringing.get(message.callId);
        if (!invite) return;
        this.#ringing.delete(message.callId);
        this.#reply(invite, 487);
        this.ended(message.callId, 'cancel');
        return;
      }
      case 'BYE':
        this.#reply(message, 200);
        if (this.#dialogs.delete(message.callId)) this.ended(message.callId, 'bye');
        return;
      case 'ACK':
        return;
      default:
        this.#reply(message, 200);
    }
  }

  #rings(invite: LightMessage): void {
    const { callId } = invite;
    this.#ringing.set(callId, invite);
    this.offered({
      callId,
      invite,
      reply: (code) => {
        // Given up meanwhile.
        if (!this.#ringing.has(callId)) return;
        this.#reply(invite, code);
        if (code < 200) return;
        this.#ringing.delete(callId);
        if (code >= 300) return;
        this.#dialogs.set(callId, {
          callId,
          local: `${invite.first('to')};tag=${this.#contactUser}`,
          remote: invite.first('from'),
          target: uriIn(invite.first('contact')),
          routes: invite.all('record-route'),
          cseq: 100,
        });
      },
    });
  }
}

function uriIn(header: string): string {
  return /<([^>]+)>/.exec(header)?.[1] ?? header;
}

function read(text: string): LightMessage {
  const [startLine = '', ...lines] = text.slice(0, text.indexOf('\r\n\r\n')).split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const known = headers.get(name);
    if (known) known.push(value);
    else headers.set(name, [value]);
  }
  const all = (name: string) => headers.get(name) ?? [];
  const first = (name: string) => all(name)[0] ?? '';
  const isAnswer = startLine.startsWith('SIP/2.0 ');
  return {
    text,
    startLine,
    status: isAnswer ? Number(startLine.slice(8, 11)) : 0,
    method: isAnswer ? '' : (startLine.split(' ')[0] ?? ''),
    callId: first('call-id'),
    cseq: first('cseq'),
    all,
    first,
  };
}
