// An agent's phone without windows: JsSIP over a MediaConnection, for tests that need someone to answer, hold, press
// keys and hang up. Speaks a tone and records what it hears.
import { EventEmitter, once } from 'node:events';
import { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { Socket } from 'jssip/lib/Socket.js';
import type { RTCSessionEvent } from 'jssip/lib/UA.js';
import { mediaClock } from '../../src-hub/media/media-clock.ts';
import type { MediaEndAccount } from '../../src-hub/media/media-ports.ts';
import { type OpusAudio, readOggOpus } from '../../src-hub/media/ogg/ogg-opus-reader.ts';
import { Player } from '../../src-hub/media/player.ts';
import { Recorder } from '../../src-hub/media/recorder.ts';
import { MediaConnection, type MediaLog } from '../../src-hub/media/rtp/media-connection.ts';
import { installPeerConnectionGlobals } from '../../src-sip/peer-connection-globals.ts';
import { SipSocket } from '../../src-sip/sip-socket.ts';

export interface TestAgentCall {
  readonly session: RTCSession;
  /** A header of the INVITE that rang. */
  header(name: string): string | null;
  answer(): void;
  /** Packets of sound. */
  packetsHeard(): number;
  /** Its sound stops without a word, as when a program dies. */
  crash(): void;
  /** What was heard so far, as Ogg Opus; ends the recording. */
  heard(): Uint8Array;
  readonly ended: Promise<void>;
}

/** A call that does not come fails its step by name, before the whole test is out of time. */
const ringsWithinMs = 30_000;

export interface TestAgent {
  nextCall(): Promise<TestAgentCall>;
  call(user: string): TestAgentCall;
  isRegistered(): boolean;
  close(): Promise<void>;
}

/**
 * @param account with the UUID of its SIP instance where a test must know it
 * @param speech what it says from the answer on, again and again. Resolves when registered.
 */
export async function startTestAgent(
  account: MediaEndAccount & { readonly instanceId?: string },
  speech: Uint8Array,
  log: MediaLog,
): Promise<TestAgent> {
  installPeerConnectionGlobals();
  const words: OpusAudio = readOggOpus(speech);
  const waiting: TestAgentCall[] = [];
  const news = new EventEmitter();
  const userAgent = new UA({
    sockets: [new SipSocket(account.webSocketUrl, log) as unknown as Socket],
    uri: account.uri,
    authorization_user: account.authorizationUser,
    password: account.password,
    session_timers: false,
    connection_recovery_min_interval: 1,
    ...(account.instanceId ? { instance_id: account.instanceId } : {}),
  });

  function phone(start: (pcConfig: object) => RTCSession, header: TestAgentCall['header']): TestAgentCall {
    const recorder = new Recorder({ nowMs: Date.now, longestMs: 60_000 });
    let packetsHeard = 0;
    const connection = new MediaConnection(
      {
        audio(audio) {
          packetsHeard += 1;
          recorder.receive(audio);
        },
        telephoneEvent: () => {},
      },
      log,
    );
    const player = new Player(connection, mediaClock);
    const pcConfig: object = { createPeerConnection: () => connection };
    const session = start(pcConfig);
    const ended = new Promise<void>((resolve) => {
      for (const event of ['ended', 'failed'] as const) {
        session.on(event, () => {
          player.close();
          connection.close();
          resolve();
        });
      }
    });
    session.on('accepted', async () => {
      while (await player.say(words.packets));
    });
    return {
      session,
      header,
      ended,
      answer: () => session.answer({ mediaConstraints: { audio: false, video: false }, pcConfig }),
      packetsHeard: () => packetsHeard,
      crash() {
        player.close();
        connection.close();
      },
      heard: () => recorder.finish({ tailMs: Number.POSITIVE_INFINITY }).oggOpus,
    };
  }

  userAgent.on('newRTCSession', ({ originator, session, request }: RTCSessionEvent) => {
    if (originator !== 'remote') return;
    waiting.push(
      phone(
        () => session,
        (name) => request.getHeader(name) ?? null,
      ),
    );
    news.emit('call');
  });
  const registered = new Promise((resolve) => userAgent.on('registered', resolve));
  // On a computer that stood still JsSIP may have given up waiting, and would not try again.
  userAgent.on('registrationFailed', () => userAgent.isConnected() && userAgent.register());
  userAgent.start();
  await registered;

  return {
    async nextCall() {
      if (waiting.length === 0) await once(news, 'call', { signal: AbortSignal.timeout(ringsWithinMs) });
      return waiting.shift() as TestAgentCall;
    },
    call: (user) =>
      phone(
        (pcConfig) =>
          userAgent.call(`sip:${user}@practice.offhook.invalid`, {
            mediaConstraints: { audio: false, video: false },
            pcConfig,
          }),
        () => null,
      ),
    isRegistered: () => userAgent.isRegistered(),
    async close() {
      const gone = new Promise((resolve) => userAgent.on('disconnected', resolve));
      userAgent.stop();
      await gone;
    },
  };
}

/** Whether a call has come by now. That none comes is no fault: the wait for it ends by itself, perhaps after the test. */
export function isRung(call: Promise<TestAgentCall>): () => boolean {
  let rung = false;
  call.then(
    () => {
      rung = true;
    },
    () => undefined,
  );
  return () => rung;
}
