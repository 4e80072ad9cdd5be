// A call desk with everything real but telephony, hub and time: real SQLite in a file of its own.
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { HistoryEntry, InboxView, VoicemailView } from '#shared/desktop/history-contract.ts';
import { type CallForm, usualCallForm } from '#shared/domain/call-form.ts';
import type { CallView, RemoteParty } from '#shared/domain/call-view.ts';
import { type Disposition, disposition, type Project, project } from '#shared/domain/disposition.ts';
import {
  type CallId,
  callId,
  type DispositionId,
  dispositionId,
  mutationId,
  projectId,
  sipCallId,
  userId,
} from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CallerDirectory, CallForms } from '../../src-main/calls/call-desk-ports.ts';
import { type Calls, createCalls } from '../../src-main/calls/calls.ts';
import type { IncomingOffer } from '../../src-main/calls/telephony-port.ts';
import { type DesktopDatabase, openDatabase } from '../../src-main/database/open.ts';
import { comparableNumber, formatNumber } from '../../src-main/directory/phone-number.ts';
import { createHistory } from '../../src-main/history/history.ts';
import type { DispositionList, Voicemails } from '../../src-main/history/history-ports.ts';
import type { HistoryService } from '../../src-main/history/history-service.ts';
import { openNoteStore } from '../../src-main/records/note-store.ts';
import { RecordChanges } from '../../src-main/records/record-changes.ts';
import { openRecordStore, type RecordStore } from '../../src-main/records/record-store.ts';
import { numberFormat, recordsOfCalls } from '../../src-main/records/records-of-calls.ts';
import { createOutbox } from '../../src-main/sync/outbox.ts';
import { type Kept, openOutboxStore } from '../../src-main/sync/outbox-store.ts';
import { createOverlay } from '../../src-main/sync/overlay.ts';
import { type TestClock, testClock } from '../support/test-clock.ts';
import { type ScriptedTelephony, scriptedTelephony } from './scripted-telephony.ts';

export const practice: Project = project.parse({
  id: 'practice',
  name: 'Practice',
  numbers: ['+442079460000'],
  wrapUpMs: 30_000,
  dispositionRequired: true,
});
export const easyGoing: Project = project.parse({
  id: 'easy',
  name: 'Easy-going',
  numbers: [],
  wrapUpMs: 0,
  dispositionRequired: false,
});
export const dispositions: readonly Disposition[] = [
  ['sold', 'practice', false],
  ['complaint', 'practice', true],
  ['other', 'easy', false],
].map(([id, project, noteRequired]) =>
  disposition.parse({
    id,
    projectId: project,
    label: String(id),
    group: null,
    color: 'green',
    key: null,
    noteRequired,
  }),
);
export const casey = { userId: userId.parse('agent-1'), displayName: 'Casey Clerk' };
export const sold = dispositionId.parse('sold');
export const complaint = dispositionId.parse('complaint');

/** Facts that say nothing but themselves. */
type PlainFact =
  | 'established'
  | 'callerGaveUp'
  | 'answeredElsewhere'
  | 'declinedElsewhere'
  | 'rangOut'
  | 'remoteHungUp'
  | 'byeConfirmed'
  | 'holdConfirmed'
  | 'resumeConfirmed'
  | 'changeRefused'
  | 'transferConfirmed';

export interface DeskAtWork extends Calls {
  readonly file: string;
  readonly database: DesktopDatabase;
  readonly telephony: ScriptedTelephony;
  readonly clock: TestClock;
  readonly history: HistoryService;
  readonly dispositionList: DispositionList;
  readonly voicemailPort: Voicemails;
  readonly callForms: CallForms;
  readonly recordStore: RecordStore;
  /** What waits in the outbox, in order. */
  waiting(): Kept[];
  /** What sync says after a pull, and the record's page after a change. */
  recordsChanged(): void;
  /** The hub tells another form of the project; there is none that opens until it does. */
  setForm(id: string, form: Partial<CallForm>): void;
  /** What the hub was told. */
  readonly hub: string[];
  readonly logged: string[];
  readonly changes: CallView[][];
  readonly offeredViews: CallView[];
  readonly closedViews: CallView[];
  microphoneReady: boolean;
  phoneOn: boolean;
  registered: boolean;
  signedIn: { userId: ReturnType<typeof userId.parse>; displayName: string } | null;
  voicemails: VoicemailView[];
  /** Telephony tells of an INVITE. */
  ring(name: string, offer?: Partial<IncomingOffer>): CallId;
  tell(type: PlainFact, call: CallId): void;
  /** Rings, accepts, and is talking. */
  talk(name?: string, offer?: Partial<IncomingOffer>): CallId;
  view(call: CallId): CallView | undefined;
  entry(call: CallId): HistoryEntry;
  inbox(): InboxView;
  /** The hub tells that it is there no more. */
  removeDisposition(id: DispositionId): void;
  /** The app ends without a word: its file is opened by a next run, a minute later unless said otherwise. */
  crash(afterMs?: number, setting?: Pick<Setting, 'signedOut'>): Promise<DeskAtWork>;
  /** What a crash would leave behind now; this run goes on. */
  wouldLeave(): Promise<DeskAtWork>;
  /** Before the end of the test, where it makes many. */
  close(): void;
}

export interface Setting {
  readonly file?: string;
  readonly clock?: TestClock;
  /** Nobody is signed in at its start. */
  readonly signedOut?: boolean;
}

/** Closed and deleted when the test ends. */
export async function deskAtWork(setting: Setting = {}): Promise<DeskAtWork> {
  const file = setting.file ?? path.join(temporaryFolder(), 'desk.db');
  const database = await openDatabase(file);
  const clock = setting.clock ?? testClock();
  const telephony = scriptedTelephony();
  const state = {
    microphoneReady: true,
    phoneOn: true,
    registered: true,
    signedIn: (setting.signedOut ? null : casey) as DeskAtWork['signedIn'],
    voicemails: [] as VoicemailView[],
  };
  const hub: string[] = [];
  const logged: string[] = [];
  const log = {
    info: () => undefined,
    warn: (message: string) => void logged.push(message),
    error: (message: string, facts: Record<string, unknown>) =>
      void logged.push(`${message}: ${facts.error}`),
  };
  let ids = 0;
  const newCallId = () => callId.parse(`out-${database.sqlite.name.length}-${clock.nowMs()}-${ids++}`);
  const agent = { current: () => state.signedIn };
  const country = () => 'GB' as const;
  const recordStore = openRecordStore(database, country);
  const directory = directoryOver(recordStore);
  const forms = new Map<string, CallForm>();
  const formListeners = new Set<() => void>();
  const callForms = {
    of: (id: string | null) => forms.get(id ?? '') ?? { ...usualCallForm, opens: 'never' as const },
    all: () => [...forms].map(([id, form]) => ({ projectId: projectId.parse(id), form })),
    onChanged(listener: () => void) {
      formListeners.add(listener);
      return () => formListeners.delete(listener);
    },
  };
  const outboxStore = openOutboxStore(database);
  const notes = openNoteStore(database);
  const outbox = createOutbox({
    store: outboxStore,
    overlay: createOverlay(recordStore, notes, outboxStore, () => true),
    notes,
    nowMs: () => clock.nowMs(),
    newMutationId: () => mutationId.parse(randomUUID()),
    whose: () => ({ userId: userId.parse('agent-1'), hub: 'team' }),
  });
  const recordChanges = new RecordChanges(clock, log);
  const projects = [practice, easyGoing];
  let offered = dispositions;
  const list: DispositionList = {
    all: () => offered,
    find: (id) => offered.find((one) => one.id === id) ?? null,
    onChanged: () => () => undefined,
  };
  const calls = createCalls({
    database,
    telephony,
    clock,
    hub: {
      ignoreOffer: (id) => hub.push(`ignore ${id}`),
      reportActivity: (activity) => hub.push(activity),
    },
    directory,
    colleagues: { at: (target) => (target === '202' ? { name: 'Sam Okafor', kind: 'person' } : null) },
    projects: {
      find: (id) => projects.find((one) => one.id === id) ?? null,
      default: () => practice,
    },
    dispositions: list,
    callForms,
    records: recordsOfCalls({
      store: recordStore,
      outbox,
      lookup: { known: () => [], find: () => null },
      clock,
      country,
      changes: recordChanges,
    }),
    numbers: numberFormat(country),
    microphone: { ready: () => state.microphoneReady },
    phone: { on: () => state.phoneOn, registered: () => state.registered },
    agent,
    log,
    newCallId,
  });
  const voicemailPort: Voicemails = {
    list: () => state.voicemails,
    onChanged: () => () => undefined,
    audio: () => Promise.reject(new CommandFailed('hubAway', 'The hub is away.')),
    markHeard: () => Promise.resolve(),
  };
  const history = createHistory({
    database,
    calls,
    clock,
    directory,
    dispositions: list,
    voicemails: voicemailPort,
    agent,
    log,
    newCallId,
  });
  const changes: CallView[][] = [];
  const offeredViews: CallView[] = [];
  const closedViews: CallView[] = [];
  calls.desk.changed.on((views) => changes.push([...views]));
  calls.desk.offered.on((view) => offeredViews.push(view));
  calls.desk.closed.on((view) => closedViews.push(view));
  let open = true;
  const stop = () => {
    if (!open) return;
    open = false;
    history.close();
    calls.desk.close();
    database.close();
  };
  onTestFinished(stop);
  /** What a crash leaves behind: the file and its log as they are now, with nothing closed or tidied up. */
  const leftBehind = () => {
    const left = path.join(temporaryFolder(), 'desk.db');
    copyFileSync(file, left);
    copyFileSync(`${file}-wal`, `${left}-wal`);
    return left;
  };

  const work: DeskAtWork = Object.assign(state, {
    ...calls,
    file,
    database,
    telephony,
    clock,
    history,
    dispositionList: list,
    voicemailPort,
    recordStore,
    callForms,
    waiting: () => outboxStore.open(1_000),
    recordsChanged() {
      recordChanges.tell(null);
      clock.pass(100);
    },
    setForm(id: string, form: Partial<CallForm>) {
      forms.set(id, { ...usualCallForm, ...form });
      for (const listener of formListeners) listener();
    },
    hub,
    logged,
    changes,
    offeredViews,
    closedViews,
    ring(name: string, offer: Partial<IncomingOffer> = {}) {
      const id = callId.parse(name);
      telephony.tell({
        type: 'offerReceived',
        offer: {
          callId: id,
          sipCallId: sipCallId.parse(`sip-${name}`),
          callerNumber: '+442079460018',
          callerName: null,
          calledNumber: null,
          redirectedFrom: null,
          projectId: projectId.parse('practice'),
          queueName: null,
          ...offer,
        },
      });
      return id;
    },
    tell(type: PlainFact, call: CallId) {
      telephony.tell({ type, callId: call });
    },
    talk(name = 'call-1', offer: Partial<IncomingOffer> = {}) {
      const id = work.ring(name, offer);
      calls.desk.accept(id);
      work.tell('established', id);
      telephony.asked();
      return id;
    },
    view: (call: CallId) => calls.desk.views().find((one) => one.callId === call),
    entry: (call: CallId) => history.get(call),
    inbox: () => history.inbox(),
    removeDisposition(id: DispositionId) {
      offered = offered.filter((each) => each.id !== id);
    },
    async crash(afterMs = 60_000, next = {}) {
      const left = leftBehind();
      stop();
      return deskAtWork({ ...next, file: left, clock: testClock(clock.nowMs() + afterMs) });
    },
    wouldLeave: () => deskAtWork({ file: leftBehind(), clock: testClock(clock.nowMs()) }),
    close: stop,
  });
  return work;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-calls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** @returns the reason that the refusal carries; fails where there was none */
export function refusal(work: () => unknown): { reason: string; message: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof CommandFailed) return { reason: error.reason, message: error.message };
    throw error;
  }
  throw new Error('It was not refused.');
}

/** Knows who is in the store, Anna Müller by her number besides, and dials digits only. */
function directoryOver(store: RecordStore): CallerDirectory {
  return {
    identify(number, displayName): RemoteParty {
      const anna = number === '+442079460018';
      const [known] = number === null ? [] : store.byNumber(comparableNumber(number, 'GB'));
      return {
        number,
        display: number === null ? '' : anna ? '020 7946 0018' : formatNumber(number, 'GB'),
        name: known?.name ?? (anna ? 'Anna Müller' : displayName),
        recordId: known?.id ?? null,
        recordKind: known?.kind ?? (anna ? 'customer' : null),
        withheld: number === null,
      };
    },
    parseTarget(text) {
      const target = text.replace(/[\s-]/g, '');
      return /^\+?\d{3,}$/.test(target) ? { target, remote: this.identify(target, null) } : null;
    },
  };
}
