// One agent's desktop in the model test: a real call desk on real SQLite, a real SipPhone on a line of its own, and a
// scripted phone window. Time at the desk is turned by hand.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CallView, RemoteParty } from '#shared/domain/call-view.ts';
import { type Project, project } from '#shared/domain/disposition.ts';
import { type CallId, callId, userId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CallerDirectory } from '../../src-main/calls/call-desk-ports.ts';
import { type Calls, createCalls } from '../../src-main/calls/calls.ts';
import { type DesktopDatabase, openDatabase } from '../../src-main/database/open.ts';
import { createHistory } from '../../src-main/history/history.ts';
import type { HistoryService } from '../../src-main/history/history-service.ts';
import { createMediaLink } from '../../src-main/telephony/media-link.ts';
import { createSipPhone, type SipPhone } from '../../src-main/telephony/sip-phone.ts';
import { domain } from '../exchange/support/exchange-stand.ts';
import { eventually } from '../support/eventually.ts';
import { noForms, noRecords, numbersAsTheyCome } from '../support/no-records.ts';
import { type RecordingLog, recordingLog } from '../support/recording-log.ts';
import { type ScriptedPhoneWindow, scriptedPhoneWindow } from '../support/scripted-phone-window.ts';
import { type TestClock, testClock } from '../support/test-clock.ts';
import { Line } from './line.ts';

export const wrapUpMs = 30_000;
const practice: Project = project.parse({
  id: 'practice',
  name: 'Practice',
  numbers: [],
  wrapUpMs,
  dispositionRequired: false,
});

/** Who is at the other end of a view, and what this desk has done about it. */
export interface Handled {
  /** The Call-ID of an offer; for a call that the agent made, whom it dialled. */
  readonly of: { readonly sipCallId: string } | { readonly dialled: string };
  readonly asked: Set<'accept' | 'ignore' | 'decline' | 'reject' | 'hangUp'>;
}

export class DeskAgent {
  readonly user: string;
  readonly line: Line;
  readonly phone: SipPhone;
  readonly window: ScriptedPhoneWindow;
  readonly clock: TestClock;
  readonly log: RecordingLog;
  readonly desk: Calls['desk'];
  readonly history: HistoryService;
  readonly handled = new Map<CallId, Handled>();
  readonly closed: CallView[] = [];
  readonly #database: DesktopDatabase;
  readonly #folder: string;

  private constructor(parts: {
    user: string;
    line: Line;
    phone: SipPhone;
    window: ScriptedPhoneWindow;
    clock: TestClock;
    log: RecordingLog;
    calls: Calls;
    history: HistoryService;
    database: DesktopDatabase;
    folder: string;
  }) {
    this.user = parts.user;
    this.line = parts.line;
    this.phone = parts.phone;
    this.window = parts.window;
    this.clock = parts.clock;
    this.log = parts.log;
    this.desk = parts.calls.desk;
    this.history = parts.history;
    this.#database = parts.database;
    this.#folder = parts.folder;
    parts.phone.onFact((fact) => {
      if (fact.type === 'offerReceived')
        this.handled.set(fact.offer.callId, { of: { sipCallId: fact.offer.sipCallId }, asked: new Set() });
    });
    parts.calls.desk.closed.on((view) => this.closed.push(view));
  }

  static async open(exchangeUrl: string, user: string, password: string): Promise<DeskAgent> {
    const folder = mkdtempSync(path.join(tmpdir(), 'offhook-model-'));
    const database = await openDatabase(path.join(folder, 'desk.db'));
    const line = await Line.open(exchangeUrl);
    const log = recordingLog();
    const clock = testClock();
    const link = createMediaLink({ log });
    const window = scriptedPhoneWindow(link);
    window.load();
    const phone = createSipPhone({ link, log, dtmfTransport: () => 'rfc4733', random: () => 0 });
    let dials = 0;
    const common = {
      database,
      clock,
      log,
      directory,
      agent: { current: () => ({ userId: userId.parse(user), displayName: user }) },
      dispositions: { all: () => [], find: () => null, onChanged: () => () => undefined },
      newCallId: () => callId.parse(`dialled-${user}-${dials++}`),
    };
    const calls = createCalls({
      ...common,
      telephony: phone,
      callForms: noForms,
      records: noRecords,
      numbers: numbersAsTheyCome,
      colleagues: { at: () => null },
      hub: { ignoreOffer: () => undefined, reportActivity: () => undefined },
      projects: { find: () => practice, default: () => null },
      microphone: { ready: () => true },
      phone: { on: () => true, registered: () => phone.registration().state === 'online' },
    });
    const history = createHistory({
      ...common,
      calls,
      voicemails: {
        list: () => [],
        onChanged: () => () => undefined,
        audio: () => Promise.reject(new CommandFailed('hubAway', 'There is none.')),
        markHeard: () => Promise.resolve(),
      },
    });
    const agent = new DeskAgent({ user, line, phone, window, clock, log, calls, history, database, folder });
    const account = {
      webSocketUrl: line.url,
      uri: `sip:${user}@${domain}`,
      authorizationUser: user,
      password,
    };
    phone.start({ ...account, displayName: user, echoExtension: null }, { instanceId: randomUUID() });
    await eventually('registered', () => phone.registration().state === 'online');
    return agent;
  }

  /** @returns false where the desk would not: what is asked may have become impossible meanwhile */
  ask(
    call: CallId,
    what: 'accept' | 'ignore' | 'decline' | 'reject' | 'hangUp' | 'hold' | 'resume',
  ): boolean {
    try {
      this.desk[what](call);
    } catch (error) {
      if (error instanceof CommandFailed) return false;
      throw error;
    }
    if (what !== 'hold' && what !== 'resume') this.handled.get(call)?.asked.add(what);
    return true;
  }

  dial(target: string): boolean {
    try {
      const call = this.desk.dial(target);
      this.handled.set(call, { of: { dialled: target }, asked: new Set() });
      return true;
    } catch (error) {
      if (error instanceof CommandFailed) return false;
      throw error;
    }
  }

  /** What was looked at is put behind. */
  forget(): void {
    this.handled.clear();
    this.closed.length = 0;
    this.window.peers.clear();
    this.window.asked.length = 0;
    this.line.delivered.length = 0;
  }

  async close(): Promise<void> {
    await this.phone.stop();
    this.history.close();
    this.desk.close();
    this.#database.close();
    await this.line.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const directory: CallerDirectory = {
  identify: (number, name): RemoteParty => ({
    number,
    display: number ?? '',
    name,
    recordId: null,
    recordKind: null,
    withheld: number === null,
  }),
  parseTarget: (text) => ({ target: text, remote: directory.identify(text, null) }),
};
