// A SipPhone on a scripted SIP server and a scripted phone window, registered and ready, with its facts written down.
import { randomUUID } from 'node:crypto';
import type { CallId } from '#shared/domain/ids.ts';
import type { SipAccount } from '#shared/hub/hub-contract.ts';
import type { TelephonyFact } from '../../src-main/calls/telephony-port.ts';
import { createMediaLink, type MediaLink } from '../../src-main/telephony/media-link.ts';
import { createSipPhone, type SipPhone, type SipPhoneOptions } from '../../src-main/telephony/sip-phone.ts';
import { eventually } from '../support/eventually.ts';
import { type RecordingLog, recordingLog } from '../support/recording-log.ts';
import { type ScriptedPhoneWindow, scriptedPhoneWindow, sdp } from '../support/scripted-phone-window.ts';
import {
  type ReplyParts,
  type ScriptedSipServer,
  type SipMessage,
  startScriptedSipServer,
} from '../support/scripted-sip-server.ts';

export interface PhoneOnScript {
  readonly server: ScriptedSipServer;
  readonly window: ScriptedPhoneWindow;
  readonly link: MediaLink;
  readonly phone: SipPhone;
  readonly log: RecordingLog;
  readonly facts: TelephonyFact[];
  readonly account: SipAccount;
  /** Waits for a fact of that type, and takes it and those before it away. */
  fact<T extends TelephonyFact['type']>(
    type: T,
    withinMs?: number,
  ): Promise<Extract<TelephonyFact, { type: T }>>;
  /** Sends an INVITE and waits until the phone has told of it. */
  ring(more?: { headers?: readonly string[]; from?: string }): Promise<Ringing>;
  /** Rings, accepts, and acknowledges. */
  talk(): Promise<Ringing>;
  /** Dials; resolves with the INVITE. */
  dial(target?: string): Promise<{ callId: CallId; invite: SipMessage }>;
  end(): Promise<void>;
}

export interface Ringing {
  readonly callId: CallId;
  readonly sipCallId: string;
  /** Sends a request of the caller's, inside the call or to cancel it. */
  send(method: string, parts?: { headers?: readonly string[]; body?: string }): void;
  /** The phone's Contact, known once it has answered. */
  contact: string;
  toTag: string;
}

export async function phoneOnScript(options: Partial<SipPhoneOptions> = {}): Promise<PhoneOnScript> {
  const server = await startScriptedSipServer();
  const log = recordingLog();
  const link = createMediaLink({ log });
  const window = scriptedPhoneWindow(link);
  window.load();
  const phone = createSipPhone({ link, log, dtmfTransport: () => 'rfc4733', random: () => 0, ...options });
  const facts: TelephonyFact[] = [];
  phone.onFact((fact) => facts.push(fact));
  const account: SipAccount = {
    webSocketUrl: server.url,
    uri: 'sip:201@practice.offhook.invalid',
    authorizationUser: '201',
    password: 'secret',
    displayName: 'Ada',
    echoExtension: null,
  };
  phone.start(account, { instanceId: randomUUID() });
  await eventually('registered', () => phone.registration().state === 'online' && link.ready);

  let calls = 0;
  const self: PhoneOnScript = {
    server,
    window,
    link,
    phone,
    log,
    facts,
    account,
    fact: (type, withinMs) =>
      eventually(
        `fact ${type}`,
        () => {
          const index = facts.findIndex((fact) => fact.type === type);
          return index < 0 ? null : (facts.splice(0, index + 1).at(-1) as never);
        },
        withinMs,
      ),
    async ring({ headers = [], from = '"Grace" <sip:+4930123456@trunk.invalid>' } = {}) {
      calls += 1;
      const sipCallId = `call-${calls}-${randomUUID()}`;
      const branch = `z9hG4bK-${randomUUID()}`;
      let cseq = 1;
      const ringing: Ringing = {
        callId: '' as CallId,
        sipCallId,
        contact: 'sip:201@practice.offhook.invalid',
        toTag: '',
        send(method, { headers: extra = [], body = '' } = {}) {
          if (method !== 'CANCEL' && method !== 'ACK') cseq += 1;
          server.send(
            [
              `${method} ${ringing.contact} SIP/2.0`,
              `Via: SIP/2.0/WS caller.invalid;branch=${method === 'CANCEL' || cseq === 1 ? branch : `z9hG4bK-${randomUUID()}`}`,
              `From: ${from};tag=caller`,
              `To: <sip:201@practice.offhook.invalid>${ringing.toTag && method !== 'CANCEL' ? `;tag=${ringing.toTag}` : ''}`,
              `Call-ID: ${sipCallId}`,
              `CSeq: ${cseq} ${method}`,
              'Contact: <sip:caller@caller.invalid;transport=ws>',
              'Max-Forwards: 70',
              ...extra,
              ...(body ? ['Content-Type: application/sdp'] : []),
              `Content-Length: ${Buffer.byteLength(body)}`,
              '',
              body,
            ].join('\r\n'),
          );
        },
      };
      cseq = 0;
      ringing.send('INVITE', { headers, body: sdp('sendrecv') });
      const callId = await eventually('the offer is told', () => {
        const index = facts.findIndex(
          (fact) => fact.type === 'offerReceived' && fact.offer.sipCallId === sipCallId,
        );
        const told = index < 0 ? undefined : facts.splice(index, 1)[0];
        return told?.type === 'offerReceived' ? told.offer.callId : null;
      });
      await server.take('180', ({ status, header }) => status === 180 && header('Call-ID') === sipCallId);
      return Object.assign(ringing, { callId });
    },
    async talk() {
      const ringing = await self.ring();
      phone.answer(ringing.callId);
      const ok = await server.takeResponse(200, 'INVITE');
      ringing.contact = /<([^>]+)>/.exec(ok.header('Contact'))?.[1] ?? '';
      ringing.toTag = /tag=([^;]+)/.exec(ok.header('To'))?.[1] ?? '';
      ringing.send('ACK');
      await self.fact('established');
      return ringing;
    },
    async dial(target = '202') {
      const callId = randomUUID() as string as CallId;
      phone.dial(callId, target);
      return { callId, invite: await server.takeRequest('INVITE') };
    },
    async end() {
      server.answerGoodbyes = true;
      await phone.stop();
      await server.close();
    },
  };
  return self;
}

/** The parts of a 2xx or 18x with an answer in it. */
export function answer(direction = 'sendrecv'): ReplyParts {
  return { headers: ['Contact: <sip:202@callee.invalid;transport=ws>'], body: sdp(direction) };
}
