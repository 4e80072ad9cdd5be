// The desktop's SIP side as a target of fuzzing: a real SipPhone on a real WebSocket from a scripted server, with a call
// that stands and one that it makes. Callers must always be able to ring it, be answered, and hang up.
import { randomUUID } from 'node:crypto';
import type { CallId } from '#shared/domain/ids.ts';
import { sdp } from '../../support/scripted-phone-window.ts';
import type { SipMessage } from '../../support/scripted-sip-server.ts';
import { type PhoneOnScript, phoneOnScript, type Ringing } from '../../telephony/phone-on-script.ts';
import type { FuzzTarget } from './fuzzing.ts';
import type { Chance } from './mutations.ts';

const unlimited = { perSecond: 1e9, burst: 1e9 };
const own = 'sip:201@practice.offhook.invalid';
/** So many are sent before it is waited for that they were dealt with. */
const atOnce = 500;

export async function phoneTarget(): Promise<FuzzTarget> {
  const on = await phoneOnScript({ limits: { messages: unlimited, newCalls: unlimited } });
  return new PhoneTarget(on);
}

class PhoneTarget implements FuzzTarget {
  readonly #on: PhoneOnScript;
  #talk: Ringing | null = null;
  #cseq = 1_000;
  #dialled: { readonly callId: CallId; readonly invite: SipMessage } | null = null;
  #controlling = false;
  #made = 0;

  constructor(on: PhoneOnScript) {
    this.#on = on;
    on.server.answerGoodbyes = true;
    on.phone.onFact((fact) => {
      // Nobody is there to answer what the mutations make of an INVITE.
      if (fact.type === 'offerReceived' && !this.#controlling) on.phone.reject(fact.offer.callId);
      if (fact.type === 'offerReceived') return;
      const isOver = fact.type === 'remoteHungUp' || fact.type === 'failed';
      if (isOver && fact.callId === this.#talk?.callId) this.#talk = null;
      if (fact.callId !== this.#dialled?.callId) return;
      if (fact.type === 'established') on.phone.hangUp(fact.callId);
      if (isOver || fact.type === 'established') this.#dialled = null;
    });
  }

  valid(chance: Chance): string {
    const talk = this.#talk;
    const dialled = this.#dialled;
    const make = chance.pick([
      () => this.#newCall(chance),
      () => this.#plain(chance),
      ...(talk ? [() => this.#withinCall(chance, talk), () => this.#withinCall(chance, talk)] : []),
      ...(dialled ? [() => this.#response(chance, dialled.invite)] : []),
    ]);
    return make();
  }

  async throwAll(messages: readonly Buffer[]): Promise<void> {
    const { server } = this.#on;
    for (let at = 0; at < messages.length; at += atOnce) {
      for (const message of messages.slice(at, at + atOnce)) server.send(message);
      this.#made += 1;
      const callId = `control-${this.#made}`;
      server.send(this.#request('OPTIONS', own, `<${own}>`, callId, []));
      await server.take('the control', (message) => message.header('Call-ID') === callId, 30_000);
      server.received.length = 0;
    }
  }

  async controlCall(): Promise<void> {
    const { server, phone, facts, window } = this.#on;
    facts.length = 0;
    this.#controlling = true;
    try {
      const call = await this.#answered();
      call.send('BYE');
      await server.takeResponse(200, 'BYE');
      await this.#on.fact('remoteHungUp');
      // What the next thousand messages are about: a call that stands, and one that is being made.
      this.#talk ??= await this.#answered();
    } finally {
      this.#controlling = false;
    }
    if (!this.#dialled) {
      server.received.length = 0;
      const callId = randomUUID() as string as CallId;
      phone.dial(callId, '202');
      this.#dialled = { callId, invite: await server.takeRequest('INVITE') };
    }
    window.asked.length = 0;
    for (const [id, peer] of window.peers) if (peer.closed) window.peers.delete(id);
  }

  faults(): readonly string[] {
    return this.#on.log.lines
      .splice(0)
      .filter(({ level }) => level === 'error')
      .map(({ message, facts }) => `${message} ${String((facts.error as Error | undefined)?.stack)}`);
  }

  close(): Promise<void> {
    return this.#on.end();
  }

  /** Without the quarter of a second that the phone gives a connection to be made. */
  async #answered(): Promise<Ringing> {
    const { server, phone, window } = this.#on;
    const ringing = await this.#on.ring();
    phone.answer(ringing.callId);
    const ok = await server.takeResponse(200, 'INVITE');
    ringing.contact = /<([^>]+)>/.exec(ok.header('Contact'))?.[1] ?? '';
    ringing.toTag = /tag=([^;]+)/.exec(ok.header('To'))?.[1] ?? '';
    window.tellState({ connectionState: 'connected' }, 'connectionstatechange');
    ringing.send('ACK');
    await this.#on.fact('established');
    return ringing;
  }

  #request(
    name: string,
    uri: string,
    to: string,
    callId: string,
    headers: readonly string[],
    body = '',
  ): string {
    this.#cseq += 1;
    return [
      `${name} ${uri} SIP/2.0`,
      `Via: SIP/2.0/WS practice.offhook.invalid;branch=z9hG4bK${callId}.${this.#cseq}`,
      'Record-Route: <sip:practice.offhook.invalid;transport=ws;lr;dialog=token>',
      'Max-Forwards: 69',
      'From: "Grace \\"Brewster\\" Hopper" <sip:+4930123456@trunk.invalid>;tag=caller',
      `To: ${to}`,
      `Call-ID: ${callId}`,
      `CSeq: ${this.#cseq} ${name}`,
      'Contact: <sip:caller@caller.invalid;transport=ws>',
      ...headers,
      ...(body ? ['Content-Type: application/sdp'] : []),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  }

  #newCall(chance: Chance): string {
    const headers = chance.pick([
      ['X-Offhook-Project: practice', 'X-Offhook-Queue: %C3%9Cbung'],
      ['Diversion: <sip:+49301@a.invalid>;reason=unknown', 'Privacy: id'],
      ['Expires: 120', 'Session-Expires: 90;refresher=uac', 'Supported: timer, replaces'],
      ['Replaces: a@b;to-tag=c;from-tag=d'],
    ]);
    return this.#request(
      'INVITE',
      own,
      `<${own}>`,
      this.#newId(),
      headers,
      chance.pick(['', sdp('sendrecv')]),
    );
  }

  #plain(chance: Chance): string {
    const name = chance.pick([
      'OPTIONS',
      'MESSAGE',
      'NOTIFY',
      'SUBSCRIBE',
      'BYE',
      'CANCEL',
      'ACK',
      'UPDATE',
      'REFER',
    ]);
    const headers =
      name === 'NOTIFY' ? ['Event: message-summary', 'Subscription-State: active;expires=60'] : [];
    return this.#request(name, own, `<${own}>`, this.#newId(), headers);
  }

  #withinCall(chance: Chance, { contact, sipCallId, toTag }: Ringing): string {
    const name = chance.pick(['INVITE', 'INFO', 'UPDATE', 'REFER', 'NOTIFY', 'ACK', 'BYE', 'OPTIONS']);
    const headers: Record<string, readonly string[]> = {
      INFO: ['Content-Type: application/dtmf-relay'],
      REFER: ['Refer-To: <sip:203@practice.offhook.invalid>', 'Referred-By: <sip:a@b.invalid>'],
      NOTIFY: ['Event: refer', 'Subscription-State: active;expires=60', 'Content-Type: message/sipfrag'],
    };
    const body = name === 'INVITE' ? sdp(chance.pick(['sendrecv', 'sendonly', 'inactive'])) : '';
    return this.#request(name, contact, `<${own}>;tag=${toTag}`, sipCallId, headers[name] ?? [], body);
  }

  #response(chance: Chance, invite: SipMessage): string {
    const code = chance.pick([100, 180, 183, 200, 302, 401, 407, 404, 486, 491, 503, 603]);
    const challenged = code === 401 || code === 407;
    return [
      `SIP/2.0 ${code} Because`,
      ...invite.headers('Via').map((via) => `Via: ${via}`),
      `From: ${invite.header('From')}`,
      `To: ${invite.header('To')};tag=${chance.pick(['one', 'two'])}`,
      `Call-ID: ${invite.header('Call-ID')}`,
      `CSeq: ${invite.header('CSeq')}`,
      'Contact: <sip:202@callee.invalid;transport=ws>',
      ...(challenged
        ? ['WWW-Authenticate: Digest realm="a", nonce="n", qop="auth", algorithm=SHA-256, opaque="o"']
        : []),
      'Retry-After: 5',
      'Content-Type: application/sdp',
      `Content-Length: ${sdp('sendrecv').length}`,
      '',
      sdp('sendrecv'),
    ].join('\r\n');
  }

  #newId(): string {
    this.#made += 1;
    return `fuzz-${this.#made}`;
  }
}
