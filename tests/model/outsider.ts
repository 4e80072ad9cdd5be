// The far end of calls in the model test: calls in, or is called, and lives by RFC 3261 as a telephone of another make
// would. It keeps what it believes, which is held against what the agents' desks believe.
import {
  allHeaders,
  header,
  method,
  RawPhone,
  type SentRequest,
  status,
  tag,
  type WireCall,
  type WireMessage,
} from '../exchange/support/raw-phone.ts';
import { sdp } from '../support/scripted-phone-window.ts';
import { Line } from './line.ts';

export type OutsiderState =
  | { readonly name: 'idle' }
  | { readonly name: 'calling'; readonly sent: SentRequest; gaveUp: boolean }
  | { readonly name: 'rung'; readonly invite: WireMessage }
  | {
      readonly name: 'talking';
      readonly callId: string;
      readonly call: WireCall;
      /** Null where it was called: the agent's own phone then. */
      readonly answeredBy: string | null;
      /** It holds the agent. */
      holding: boolean;
      /** The agent holds it. */
      held: boolean;
      /** Its re-INVITE that is not answered yet. */
      asked: { readonly sent: SentRequest; readonly hold: boolean } | null;
    };

/** What happened to a call, for the history to be held against. */
export interface CallRecord {
  readonly callId: string;
  /** Tags of those whose 2xx it has acknowledged. */
  readonly answers: Set<string>;
  gaveUp: boolean;
  refusedWith: number | null;
}

const audio = ['Content-Type: application/sdp'];
const idle: OutsiderState = { name: 'idle' };

export class Outsider {
  readonly phone: RawPhone;
  readonly line: Line;
  readonly records = new Map<string, CallRecord>();
  state: OutsiderState = idle;
  /** Its audio has somebody to talk to: the tag of who answered it. */
  onHeard: (tag: string) => void = () => {};
  #lastCallId = '';
  /** Until they are answered, also when the call is over by then. */
  readonly #reinvites = new Map<string, SentRequest>();

  private constructor(phone: RawPhone, line: Line) {
    this.phone = phone;
    this.line = line;
    phone.onMessage = (message) => this.#hear(message);
  }

  static async register(url: string, user: string, password: string): Promise<Outsider> {
    const line = await Line.open(url);
    const outsider = new Outsider(await RawPhone.open(line.url, { user, password }), line);
    await outsider.phone.register();
    return outsider;
  }

  /** Rings everybody behind that number. */
  async call(target: string): Promise<void> {
    const sent = await this.phone.invite(target, { body: sdp('sendrecv'), headers: audio });
    this.#record(sent.callId);
    this.#lastCallId = sent.callId;
    this.state = { name: 'calling', sent, gaveUp: false };
  }

  giveUp(): void {
    if (this.state.name !== 'calling' || this.state.gaveUp) return;
    this.state.gaveUp = true;
    this.#record(this.state.sent.callId).gaveUp = true;
    this.phone.cancel(this.state.sent);
  }

  /** Several ends behind one number begin to ring (RFC 3261 13.2.2.4). */
  ring(tags: readonly string[]): void {
    if (this.state.name !== 'rung') return;
    for (const each of tags) this.phone.reply(this.state.invite, 180, { tag: each });
  }

  /** @param tags of those who pick up at once; the first is the one who is heard */
  answer(tags: readonly string[]): void {
    if (this.state.name !== 'rung') return;
    const { invite } = this.state;
    const callId = header(invite, 'Call-ID');
    for (const each of tags)
      this.phone.reply(invite, 200, { tag: each, body: sdp('sendrecv'), headers: audio });
    const call: WireCall = {
      callId,
      local: `${header(invite, 'To')};tag=${tags[0]}`,
      remote: header(invite, 'From'),
      target: contactOf(invite),
      routes: allHeaders(invite, 'Record-Route'),
      cseq: 100,
    };
    this.#record(callId).answers.add(tags[0] ?? '');
    this.state = {
      name: 'talking',
      callId,
      call,
      answeredBy: null,
      holding: false,
      held: false,
      asked: null,
    };
  }

  refuse(code: number): void {
    if (this.state.name !== 'rung') return;
    this.#record(header(this.state.invite, 'Call-ID')).refusedWith = code;
    this.phone.reply(this.state.invite, code);
    this.state = idle;
  }

  hangUp(): void {
    if (this.state.name !== 'talking') return;
    this.phone.sendInDialog('BYE', this.state.call);
    this.state = idle;
  }

  hold(hold: boolean): void {
    const talk = this.state;
    if (talk.name !== 'talking' || talk.asked) return;
    const sent = this.phone.sendInDialog('INVITE', talk.call, audio, sdp(hold ? 'sendonly' : 'sendrecv'));
    talk.asked = { sent, hold };
    this.#reinvites.set(`${talk.callId} ${sent.cseq}`, sent);
  }

  forget(): void {
    this.records.clear();
    this.#reinvites.clear();
    this.phone.forget();
    this.line.delivered.length = 0;
  }

  #record(callId: string): CallRecord {
    const known = this.records.get(callId);
    const record = known ?? { callId, answers: new Set<string>(), gaveUp: false, refusedWith: null };
    if (!known) this.records.set(callId, record);
    return record;
  }

  #hear(message: WireMessage): void {
    const name = method(message);
    if (name === '') this.#hearResponse(message);
    else if (name === 'INVITE' && tag(header(message, 'To')) === '') this.#hearInvite(message);
    else if (name === 'INVITE') this.#hearReinvite(message);
    else if (name === 'CANCEL') this.#hearCancel(message);
    else if (name === 'BYE') this.#hearBye(message);
    else if (name !== 'ACK') this.phone.reply(message, 200);
  }

  #hearInvite(invite: WireMessage): void {
    if (this.state.name !== 'idle') {
      this.phone.reply(invite, 486);
      return;
    }
    this.#record(header(invite, 'Call-ID'));
    this.phone.reply(invite, 100);
    this.state = { name: 'rung', invite };
  }

  #hearCancel(cancel: WireMessage): void {
    this.phone.reply(cancel, 200);
    if (this.state.name !== 'rung' || !sameCall(this.state.invite, cancel)) return;
    this.phone.reply(this.state.invite, 487);
    this.state = idle;
  }

  #hearBye(bye: WireMessage): void {
    this.phone.reply(bye, 200);
    const { state } = this;
    // One who picked up second, behind the same number, is let go for himself.
    const mine = state.name === 'talking' && state.callId === header(bye, 'Call-ID');
    if (mine && tag(state.call.local) === tag(header(bye, 'To'))) this.state = idle;
  }

  #hearReinvite(invite: WireMessage): void {
    const talk = this.state;
    if (talk.name !== 'talking' || talk.callId !== header(invite, 'Call-ID')) {
      this.phone.reply(invite, 481);
    } else if (talk.asked) {
      // RFC 3261 14.2: an offer of ours is on its way.
      this.phone.reply(invite, 491);
    } else {
      talk.held = /^a=(sendonly|inactive)\r$/m.test(invite.body);
      this.phone.reply(invite, 200, { body: sdp(talk.held ? 'recvonly' : 'sendrecv'), headers: audio });
    }
  }

  #hearResponse(response: WireMessage): void {
    const code = status(response);
    const ofInvite = /\bINVITE$/.test(header(response, 'CSeq'));
    if (!ofInvite || code < 200) return;
    const callId = header(response, 'Call-ID');
    const { state } = this;
    if (
      state.name === 'talking' &&
      state.callId === callId &&
      state.asked &&
      sameCSeq(state.asked.sent, response)
    ) {
      this.#hearReinviteAnswered(state, code);
    } else if (code < 300) this.#hearAnswer(response);
    else if (state.name === 'calling' && state.sent.callId === callId && sameCSeq(state.sent, response)) {
      this.phone.ackRefusal(state.sent, response);
      this.#record(callId).refusedWith = code;
      this.state = idle;
    }
  }

  #hearReinviteAnswered(talk: OutsiderState & { name: 'talking' }, code: number): void {
    if (!talk.asked) return;
    const { hold } = talk.asked;
    talk.asked = null;
    if (code >= 300) return;
    this.phone.sendInDialog('ACK', talk.call);
    talk.holding = hold;
  }

  /** Every 2xx is acknowledged; all but the first wanted one are ended (RFC 3261 13.2.2.4). */
  #hearAnswer(response: WireMessage): void {
    const { state } = this;
    const callId = header(response, 'Call-ID');
    if (callId !== this.#lastCallId) return;
    const answeredBy = tag(header(response, 'To'));
    const sent = state.name === 'calling' ? state.sent : null;
    const call: WireCall = {
      callId,
      local: header(response, 'From'),
      remote: header(response, 'To'),
      target: contactOf(response),
      routes: allHeaders(response, 'Record-Route').reverse(),
      cseq: Number.parseInt(header(response, 'CSeq'), 10),
    };
    this.phone.sendInDialog('ACK', call);
    const record = this.#record(callId);
    if (record.answers.has(answeredBy)) return;
    record.answers.add(answeredBy);
    if (sent && state.name === 'calling' && !state.gaveUp) {
      this.state = { name: 'talking', callId, call, answeredBy, holding: false, held: false, asked: null };
      this.onHeard(answeredBy);
      return;
    }
    this.phone.sendInDialog('BYE', call);
    if (state.name === 'calling') this.state = idle;
  }
}

function contactOf(message: WireMessage): string {
  return /<([^>]+)>/.exec(header(message, 'Contact'))?.[1] ?? '';
}

function sameCall(one: WireMessage, other: WireMessage): boolean {
  return header(one, 'Call-ID') === header(other, 'Call-ID');
}

function sameCSeq(sent: SentRequest, response: WireMessage): boolean {
  return Number.parseInt(header(response, 'CSeq'), 10) === sent.cseq;
}
