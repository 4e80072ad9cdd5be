// The exchange as a target of fuzzing, through its public door (`handleConnection`): strangers, registered devices, parties
// of a call that stands and of one that rings send what is then mutated. A call of two others must always get through.
import {
  domain,
  type ExchangeStand,
  refuse,
  ring,
  startExchange,
} from '../../exchange/support/exchange-stand.ts';
import {
  allHeaders,
  header,
  method,
  RawPhone,
  status,
  tag,
  token,
  type WireCall,
  type WireMessage,
} from '../../exchange/support/raw-phone.ts';
import type { FuzzTarget } from './fuzzing.ts';
import type { Chance } from './mutations.ts';
import { socketPair } from './socket-pair.ts';

const unlimited = { perSecond: 1e9, burst: 1e9 };
/** Addresses are slowed down for wrong digests; a new one is looked at afresh. */
const messagesPerConnection = 50;
/** Above every timer of a transaction, and above the minute in which wrong digests count. */
const roundMs = 61_000;
const sdp = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';

export async function exchangeTarget(): Promise<FuzzTarget> {
  const stand = await startExchange({
    limits: { messages: unlimited, newCalls: unlimited, newCallsOfMany: unlimited },
  });
  stand.route = ({ requestUser }, previous) => (previous === null ? ring([requestUser]) : refuse(480));
  return new ExchangeTarget(stand);
}

class ExchangeTarget implements FuzzTarget {
  readonly #stand: ExchangeStand;
  readonly #caller: RawPhone;
  readonly #called: RawPhone;
  /** Rings for a call that nobody answers but with mutations. */
  readonly #device: RawPhone;
  #connections = 0;
  #nonceCount = 0;
  #challenge = '';
  #call: WireCall | null = null;
  #ringing: WireMessage | null = null;
  #lastInvite = '';
  #controlling = false;

  constructor(stand: ExchangeStand) {
    this.#stand = stand;
    this.#caller = this.#connect('201', 'caller');
    this.#called = this.#connect('202', 'called');
    this.#device = this.#connect('203', 'device');
    this.#caller.onMessage = (message) => this.#answerAsParty(this.#caller, message);
    this.#called.onMessage = (message) => this.#answerAsCalled(message);
    this.#device.onMessage = (message) => {
      if (method(message) === 'INVITE' && tag(header(message, 'To')) === '') this.#ringing = message;
      else this.#answerAsParty(this.#device, message);
    };
  }

  valid(chance: Chance): string {
    const calls = this.#call ? [() => this.#withinCall(chance, this.#call as WireCall)] : [];
    const rings = this.#ringing ? [() => this.#response(chance, this.#ringing as WireMessage)] : [];
    const make = chance.pick([
      () => this.#register(chance),
      () => this.#invite(chance),
      () => this.#invite(chance),
      () => this.#plain(chance),
      ...calls,
      ...calls,
      ...rings,
    ]);
    return make();
  }

  async throwAll(messages: readonly Buffer[]): Promise<void> {
    for (let at = 0; at < messages.length; at += messagesPerConnection) {
      this.#connections += 1;
      const stranger = this.#connect('203', `fuzz ${this.#connections}`);
      for (const message of messages.slice(at, at + messagesPerConnection)) stranger.send(message);
      await stranger.settled();
      await stranger.cut();
    }
  }

  async controlCall(): Promise<void> {
    this.#stand.clock.advance(roundMs);
    for (const phone of [this.#caller, this.#called, this.#device]) {
      phone.forget();
      await phone.register();
    }
    this.#challenge = header(
      this.#device.received.find((one) => status(one) === 401) as WireMessage,
      'WWW-Authenticate',
    );
    this.#nonceCount = 1;
    this.#controlling = true;
    try {
      const call = await this.#talk();
      this.#caller.sendInDialog('BYE', call);
      await this.#caller.response(200, 'BYE');
    } finally {
      this.#controlling = false;
    }
    await this.#prepareNextRound();
  }

  faults(): readonly string[] {
    const errors = this.#stand.log
      .splice(0)
      .filter(({ level }) => level === 'error')
      .map(({ message, facts }) => `${message} ${String((facts.error as Error | undefined)?.stack)}`);
    this.#stand.offersEnded.length = 0;
    this.#stand.bindingChanges.length = 0;
    this.#stand.requests.length = 0;
    this.#stand.outcomes.length = 0;
    return errors;
  }

  close(): Promise<void> {
    return this.#stand.close();
  }

  #connect(user: string, address: string): RawPhone {
    const [here, there] = socketPair();
    this.#stand.exchange.handleConnection(there, { address });
    return RawPhone.over(here, { user, password: this.#stand.passwordOf(user) });
  }

  /** What the next thousand messages are about: a call that stands, and one that rings. */
  async #prepareNextRound(): Promise<void> {
    if (!this.#call) {
      this.#controlling = true;
      this.#call = await this.#talk();
      this.#controlling = false;
    }
    this.#ringing = null;
    await this.#caller.invite('203');
    await this.#device.next('the call that rings', () => this.#ringing !== null);
  }

  async #talk(): Promise<WireCall> {
    const sent = await this.#caller.invite('202', { body: sdp });
    const answer = await this.#caller.next('an answer', (one) => {
      return status(one) === 200 && header(one, 'Call-ID') === sent.callId;
    });
    const call = this.#caller.callFromAnswer(sent, answer);
    this.#caller.sendInDialog('ACK', call);
    return call;
  }

  #answerAsCalled(message: WireMessage): void {
    if (method(message) !== 'INVITE' || tag(header(message, 'To')) !== '')
      this.#answerAsParty(this.#called, message);
    else this.#called.reply(message, this.#controlling ? 200 : 486, { body: this.#controlling ? sdp : '' });
  }

  #answerAsParty(phone: RawPhone, message: WireMessage): void {
    const name = method(message);
    if (name === '' || name === 'ACK') return;
    phone.reply(message, 200);
    if (name === 'BYE' && header(message, 'Call-ID') === this.#call?.callId) this.#call = null;
  }

  #request(name: string, uri: string, headers: readonly string[], body = ''): string {
    const contact = this.#device.contact;
    return [
      `${name} ${uri} SIP/2.0`,
      `Via: SIP/2.0/WS fuzz.invalid;branch=z9hG4bK${token()}`,
      'Max-Forwards: 69',
      ...headers,
      `Contact: <${contact}>;expires=300`,
      ...(body ? ['Content-Type: application/sdp'] : []),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  }

  #outOfCall(name: string, to: string): string[] {
    return [
      `To: "Anybody \\"A\\"" <${to}>`,
      `From: <sip:203@${domain}>;tag=${token()}`,
      `Call-ID: ${token()}@fuzz.invalid`,
      `CSeq: ${1 + (this.#nonceCount % 9)} ${name}`,
    ];
  }

  #credentials(name: string, uri: string): string {
    this.#nonceCount += 1;
    const nc = this.#nonceCount.toString(16).padStart(8, '0');
    return this.#device.credentials(name, uri, this.#challenge, { nc });
  }

  #register(chance: Chance): string {
    const uri = `sip:${domain}`;
    const proof = chance.number(3) === 0 ? [] : [`Authorization: ${this.#credentials('REGISTER', uri)}`];
    const headers = [...this.#outOfCall('REGISTER', `sip:203@${domain}`), 'Supported: path, gruu', ...proof];
    return this.#request('REGISTER', uri, headers);
  }

  #invite(chance: Chance): string {
    const uri = chance.pick([`sip:202@${domain}`, `sip:299@${domain};user=phone`, 'tel:+4930123456']);
    const proof = chance.number(4) === 0 ? [] : [`Proxy-Authorization: ${this.#credentials('INVITE', uri)}`];
    const more = chance.pick([
      [],
      ['Diversion: <sip:1@a.invalid>;reason=unknown'],
      ['P-Asserted-Identity: <tel:+49>'],
    ]);
    this.#lastInvite = this.#request(
      'INVITE',
      uri,
      [...this.#outOfCall('INVITE', uri), ...more, ...proof],
      sdp,
    );
    return this.#lastInvite;
  }

  #plain(chance: Chance): string {
    const uri = chance.pick([`sip:${domain}`, `sip:202@${domain}`]);
    const name = chance.pick([
      'OPTIONS',
      'MESSAGE',
      'SUBSCRIBE',
      'PUBLISH',
      'BYE',
      'CANCEL',
      'ACK',
      'UPDATE',
    ]);
    if (name === 'CANCEL' && this.#lastInvite) return this.#lastInvite.replaceAll('INVITE', 'CANCEL');
    return this.#request(name, uri, this.#outOfCall(name, uri));
  }

  #withinCall(chance: Chance, call: WireCall): string {
    const name = chance.pick(['INVITE', 'INFO', 'REFER', 'NOTIFY', 'UPDATE', 'ACK', 'BYE', 'OPTIONS']);
    call.cseq += 1;
    return this.#request(
      name,
      call.target,
      [
        ...call.routes.map((route) => `Route: ${route}`),
        `To: ${call.remote}`,
        `From: ${call.local}`,
        `Call-ID: ${call.callId}`,
        `CSeq: ${call.cseq} ${name}`,
        ...(name === 'REFER' ? [`Refer-To: <sip:202@${domain}>`] : []),
      ],
      name === 'INVITE' ? sdp : '',
    );
  }

  #response(chance: Chance, invite: WireMessage): string {
    const code = chance.pick([100, 180, 183, 200, 302, 404, 486, 603]);
    return [
      `SIP/2.0 ${code} Because`,
      ...allHeaders(invite, 'Via').map((via) => `Via: ${via}`),
      ...allHeaders(invite, 'Record-Route').map((route) => `Record-Route: ${route}`),
      `From: ${header(invite, 'From')}`,
      `To: ${header(invite, 'To')};tag=${chance.pick(['one', 'two'])}`,
      `Call-ID: ${header(invite, 'Call-ID')}`,
      `CSeq: ${header(invite, 'CSeq')}`,
      `Contact: <${this.#device.contact}>`,
      `Content-Length: ${sdp.length}`,
      '',
      sdp,
    ].join('\r\n');
  }
}
