// A SIP end written by hand over one WebSocket: sends what it is told and keeps every message that arrives,
// so that tests see exactly what is on the wire. Parses for itself, not with the exchange's parser.
import { createHash, randomBytes } from 'node:crypto';
import WebSocket from 'ws';
import { quickly } from '../../support/eventually.ts';
import { domain } from './exchange-stand.ts';

export interface WireMessage {
  readonly text: string;
  readonly startLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export const token = () => randomBytes(6).toString('hex');

/** First value of a header, '' where absent. */
export function header(message: WireMessage, name: string): string {
  return message.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}

export function allHeaders(message: WireMessage, name: string): string[] {
  return message.headers
    .filter(([each]) => each.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
}

export function status(message: WireMessage): number {
  return Number(/^SIP\/2\.0 (\d+)/.exec(message.startLine)?.[1] ?? 0);
}

export function method(message: WireMessage): string {
  return /^([A-Z]+) /.exec(message.startLine)?.[1] ?? '';
}

export function requestUri(message: WireMessage): string {
  return message.startLine.split(' ')[1] ?? '';
}

export function tag(value: string): string {
  return /;tag=([^;]+)/.exec(value)?.[1] ?? '';
}

function parse(text: string): WireMessage {
  const end = text.indexOf('\r\n\r\n');
  const [startLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return { text, startLine, headers, body: text.slice(end + 4) };
}

export interface PhoneAccount {
  readonly user: string;
  readonly password: string;
  /** urn:uuid:... */
  readonly instance?: string;
}

/** What a request may be given besides what it must have. */
export interface RequestOptions {
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly from?: string;
  readonly callId?: string;
  readonly fromTag?: string;
}

/** A call as one side of it holds it. */
export interface WireCall {
  readonly callId: string;
  readonly local: string;
  readonly remote: string;
  readonly target: string;
  readonly routes: readonly string[];
  cseq: number;
}

export interface SentRequest {
  readonly text: string;
  readonly branch: string;
  readonly callId: string;
  readonly cseq: number;
  readonly from: string;
  readonly uri: string;
}

export class RawPhone {
  readonly account: PhoneAccount;
  readonly contactUser = token();
  readonly received: WireMessage[] = [];
  /** For an end that acts by itself on what arrives. */
  onMessage: (message: WireMessage) => void = () => {};
  readonly #ws: WebSocket;
  readonly #registrationCallId = token();
  #registrationCSeq = 0;
  readonly #taken = new Set<WireMessage>();

  private constructor(ws: WebSocket, account: PhoneAccount) {
    this.#ws = ws;
    this.account = account;
    ws.on('message', (data: Buffer) => {
      const message = parse(data.toString('utf8'));
      this.received.push(message);
      this.onMessage(message);
    });
  }

  static async open(url: string, account: PhoneAccount): Promise<RawPhone> {
    const ws = new WebSocket(url, ['sip'], { perMessageDeflate: false });
    const phone = new RawPhone(ws, account);
    await new Promise((open, failed) => ws.once('open', open).once('error', failed));
    return phone;
  }

  /** Over something that behaves like a WebSocket and is open. */
  static over(ws: WebSocket, account: PhoneAccount): RawPhone {
    return new RawPhone(ws, account);
  }

  /** What has arrived so far is put behind. */
  forget(): void {
    this.received.length = 0;
    this.#taken.clear();
  }

  get contact(): string {
    return `sip:${this.contactUser}@${this.contactUser}.invalid;transport=ws`;
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN;
  }

  send(text: string | Buffer): void {
    this.#ws.send(text, { binary: typeof text !== 'string' });
  }

  /** Takes and answers nothing more, as a computer whose network is away. */
  fallSilent(): void {
    this.#ws.pause();
  }

  /** Cuts the line, as a program does that ends. */
  async cut(): Promise<void> {
    const closed = new Promise((done) => this.#ws.once('close', done));
    this.#ws.terminate();
    await closed;
  }

  /** The next message not taken before that is so; fails after the deadline. */
  async next(
    what: string,
    wanted: (message: WireMessage) => boolean,
    withinMs?: number,
  ): Promise<WireMessage> {
    const find = () => this.received.find((message) => !this.#taken.has(message) && wanted(message));
    await quickly(`${this.account.user}: ${what}`, () => find() !== undefined, withinMs);
    const message = find() as WireMessage;
    this.#taken.add(message);
    return message;
  }

  response(code: number, ofMethod = ''): Promise<WireMessage> {
    return this.next(`response ${code} ${ofMethod}`, (message) => {
      return status(message) === code && header(message, 'CSeq').endsWith(ofMethod);
    });
  }

  request(name: string): Promise<WireMessage> {
    return this.next(`request ${name}`, (message) => method(message) === name);
  }

  /** True when an OPTIONS sent now was answered: everything sent to us before has arrived. */
  async settled(): Promise<void> {
    const sent = this.sendRequest('OPTIONS', `sip:${domain}`, 1, []);
    await this.next('answer to OPTIONS', (message) => header(message, 'Call-ID') === sent.callId);
  }

  sendRequest(
    name: string,
    uri: string,
    cseq: number,
    headers: readonly string[],
    options: RequestOptions & { to?: string } = {},
  ): SentRequest {
    const branch = `z9hG4bK${token()}`;
    const callId = options.callId ?? token();
    const from = options.from ?? `<sip:${this.account.user}@${domain}>;tag=${options.fromTag ?? token()}`;
    const body = options.body ?? '';
    const text = [
      `${name} ${uri} SIP/2.0`,
      `Via: SIP/2.0/WS ${this.contactUser}.invalid;branch=${branch}`,
      'Max-Forwards: 69',
      `To: ${options.to ?? `<${uri}>`}`,
      `From: ${from}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${name}`,
      ...headers,
      ...(options.headers ?? []),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
    this.send(text);
    return { text, branch, callId, cseq, from, uri };
  }

  /** Answers to a challenge as RFC 7616 has it. */
  credentials(
    name: string,
    uri: string,
    challenge: string,
    options: { nc?: string; password?: string; algorithm?: string; user?: string } = {},
  ): string {
    const field = (key: string) => new RegExp(`${key}="?([^",]+)"?`).exec(challenge)?.[1] ?? '';
    const algorithm = options.algorithm ?? field('algorithm');
    const hash = (text: string) =>
      createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
        .update(text)
        .digest('hex');
    const user = options.user ?? this.account.user;
    const nc = options.nc ?? '00000001';
    const cnonce = token();
    const [realm, nonce] = [field('realm'), field('nonce')];
    const ha1 = hash(`${user}:${realm}:${options.password ?? this.account.password}`);
    const answer = hash(`${ha1}:${nonce}:${nc}:${cnonce}:auth:${hash(`${name}:${uri}`)}`);
    return (
      `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${answer}", ` +
      `algorithm=${algorithm}, qop=auth, cnonce="${cnonce}", nc=${nc}`
    );
  }

  sendRegister(headers: readonly string[]): SentRequest {
    this.#registrationCSeq += 1;
    return this.sendRequest('REGISTER', `sip:${domain}`, this.#registrationCSeq, headers, {
      callId: this.#registrationCallId,
      to: `<sip:${this.account.user}@${domain}>`,
    });
  }

  contactHeader(parameters = ''): string {
    const { instance } = this.account;
    const device = instance ? `;+sip.instance="<${instance}>";reg-id=1` : '';
    return `Contact: <${this.contact}>${device}${parameters}`;
  }

  /** Registers with digest, and returns the final response. */
  async register(headers: readonly string[] = [this.contactHeader(), 'Expires: 600']): Promise<WireMessage> {
    this.sendRegister(headers);
    const challenge = await this.response(401, 'REGISTER');
    const credentials = this.credentials('REGISTER', `sip:${domain}`, header(challenge, 'WWW-Authenticate'));
    const sent = this.sendRegister([...headers, `Authorization: ${credentials}`]);
    return this.next(
      'final answer to REGISTER',
      (message) => header(message, 'CSeq') === `${sent.cseq} REGISTER`,
    );
  }

  /** Sends an INVITE, answers the challenge, and returns the one that was let through. */
  async invite(target: string, options: RequestOptions = {}): Promise<SentRequest> {
    const uri = target.includes(':') ? target : `sip:${target}@${domain}`;
    const fromTag = options.fromTag ?? token();
    const callId = options.callId ?? token();
    const from = (options.from ?? `<sip:${this.account.user}@${domain}>`).concat(`;tag=${fromTag}`);
    const body = options.body ?? 'v=0\r\n';
    const contact = `Contact: <${this.contact}>`;
    const same = { ...options, callId, from, body };
    const first = this.sendRequest('INVITE', uri, 1, [contact], same);
    const challenge = await this.next('challenge', (message) => {
      return status(message) === 407 && header(message, 'Call-ID') === callId;
    });
    this.ackRefusal(first, challenge);
    const credentials = this.credentials('INVITE', uri, header(challenge, 'Proxy-Authenticate'));
    return this.sendRequest('INVITE', uri, 2, [contact, `Proxy-Authorization: ${credentials}`], same);
  }

  /** RFC 3261 17.1.1.3: same branch. */
  ackRefusal(sent: SentRequest, response: WireMessage): void {
    this.#sendHop('ACK', sent, header(response, 'To'), []);
  }

  cancel(sent: SentRequest, headers: readonly string[] = []): void {
    this.#sendHop('CANCEL', sent, `<${sent.uri}>`, headers);
  }

  /** Answers a request that arrived. */
  reply(
    request: WireMessage,
    code: number,
    options: { tag?: string; body?: string; headers?: readonly string[] } = {},
  ): void {
    const to = header(request, 'To');
    const body = options.body ?? '';
    this.send(
      [
        `SIP/2.0 ${code} Because`,
        ...allHeaders(request, 'Via').map((via) => `Via: ${via}`),
        ...allHeaders(request, 'Record-Route').map((route) => `Record-Route: ${route}`),
        `From: ${header(request, 'From')}`,
        `To: ${to.includes('tag=') ? to : `${to};tag=${options.tag ?? `of-${this.contactUser}`}`}`,
        `Call-ID: ${header(request, 'Call-ID')}`,
        `CSeq: ${header(request, 'CSeq')}`,
        `Contact: <${this.contact}>`,
        ...(options.headers ?? []),
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    );
  }

  /** The caller's view of a call that was answered. */
  callFromAnswer(sent: SentRequest, answer: WireMessage): WireCall {
    return {
      callId: sent.callId,
      local: header(answer, 'From'),
      remote: header(answer, 'To'),
      target: /<([^>]+)>/.exec(header(answer, 'Contact'))?.[1] ?? '',
      routes: allHeaders(answer, 'Record-Route').reverse(),
      cseq: sent.cseq,
    };
  }

  /** The callee's view of a call that it answered with the tag that `reply` gives by itself. */
  callFromInvite(invite: WireMessage): WireCall {
    return {
      callId: header(invite, 'Call-ID'),
      local: `${header(invite, 'To')};tag=of-${this.contactUser}`,
      remote: header(invite, 'From'),
      target: /<([^>]+)>/.exec(header(invite, 'Contact'))?.[1] ?? '',
      routes: allHeaders(invite, 'Record-Route'),
      cseq: 100,
    };
  }

  sendInDialog(name: string, call: WireCall, headers: readonly string[] = [], body = ''): SentRequest {
    if (name !== 'ACK') call.cseq += 1;
    const routes = call.routes.map((route) => `Route: ${route}`);
    return this.sendRequest(
      name,
      call.target,
      call.cseq,
      [...routes, `Contact: <${this.contact}>`, ...headers],
      {
        callId: call.callId,
        from: call.local,
        to: call.remote,
        body,
      },
    );
  }

  #sendHop(name: string, sent: SentRequest, to: string, headers: readonly string[]): void {
    this.send(
      [
        `${name} ${sent.uri} SIP/2.0`,
        `Via: SIP/2.0/WS ${this.contactUser}.invalid;branch=${sent.branch}`,
        'Max-Forwards: 69',
        `To: ${to}`,
        `From: ${sent.from}`,
        `Call-ID: ${sent.callId}`,
        `CSeq: ${sent.cseq} ${name}`,
        ...headers,
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
  }
}
