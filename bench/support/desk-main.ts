// The desktop's main without windows and media, as a process of its own that may be killed at any moment: the product's
// database, session, hub link, records, calls, history and sync, put together as compose.ts does, on real files and a real
// hub. In place of the windows stands whoever started it (desk-wire.ts); in place of SIP, a line on which everything works.
//   desk-main.ts FOLDER HUB_URL [USERNAME PASSWORD]
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { usualCallForm } from '#shared/domain/call-form.ts';
import { callId, type SipCallId, sipCallId } from '#shared/domain/ids.ts';
import { serve } from '#shared/wire/serve.ts';
import type { Agent } from '../../src-main/calls/call-desk-ports.ts';
import { callHandlers } from '../../src-main/calls/call-handlers.ts';
import { createCalls } from '../../src-main/calls/calls.ts';
import { systemClock } from '../../src-main/calls/clock.ts';
import { newCallId } from '../../src-main/calls/new-call.ts';
import type { TelephonyFact, TelephonyPort } from '../../src-main/calls/telephony-port.ts';
import { openOrRescue } from '../../src-main/database/open.ts';
import type { WindowContext } from '../../src-main/desktop-wire/window-context.ts';
import { createDirectory } from '../../src-main/directory/caller-directory.ts';
import { openCompanyStore, primaryProject } from '../../src-main/directory/company-store.ts';
import { createPeopleService } from '../../src-main/directory/people-service.ts';
import { openPeopleStore } from '../../src-main/directory/people-store.ts';
import { createHistory } from '../../src-main/history/history.ts';
import { createHubLink } from '../../src-main/hub-link/hub-link.ts';
import type { Log } from '../../src-main/log.ts';
import { createHubLookup } from '../../src-main/records/hub-lookup.ts';
import { RecordChanges } from '../../src-main/records/record-changes.ts';
import { createRecords, openRecordStores } from '../../src-main/records/records.ts';
import { recordsHandlers } from '../../src-main/records/records-handlers.ts';
import { numberFormat, recordsOfCalls } from '../../src-main/records/records-of-calls.ts';
import { createSessionService } from '../../src-main/session/session-service.ts';
import { stateOf } from '../../src-main/sync/overlay.ts';
import { atWorkOf, createSync, createSyncOutbox, followSession, hubOver } from '../../src-main/sync/sync.ts';
import { createWriterThread } from '../../src-main/sync/writer-thread.ts';
import { createVoicemails } from '../../src-main/voicemail/voicemails.ts';
import { deskContract, processPort, quiet } from './desk-wire.ts';
import { now, timed } from './stopwatch.ts';

const [folder = '', hubUrl = '', username = 'clerk', password = 'practice-clerk'] = process.argv.slice(2);
const account = { username, password, accountType: 'clerk', remember: false } as const;
const country = () => 'GB' as const;
const warned = (message: string, facts: Record<string, unknown> = {}) =>
  served?.emit(
    'stand.warned',
    `${message} ${JSON.stringify(facts, (_, value) => (value instanceof Error ? value.stack : value))}`,
  );
const log: Log = { info: () => undefined, warn: warned, error: warned };
let served: ReturnType<typeof serve<typeof deskContract, WindowContext>> | undefined;

const { database, rescued } = await openOrRescue(path.join(folder, 'offhook.sqlite'), systemClock.nowMs());
if (rescued) throw new Error('The database was damaged by a kill.');
const company = openCompanyStore(database);
const stores = openRecordStores(database, country);
const changes = new RecordChanges(systemClock, log);
const hub = createHubLink(log);
const lookup = createHubLookup({ hub, country, log });
const directory = createDirectory(stores.records, lookup, country);
const session = createSessionService({
  hub,
  deviceId: 'the-desk-that-is-killed',
  remembered: { available: () => false, read: () => null, keep: () => undefined, forget: () => undefined },
  keepWork: (work) => company.keep(work.projects, work.dispositions, work.callForms),
  usernameChanged: () => undefined,
  startPhone: () => undefined,
  renewPhone: () => undefined,
  stopPhone: () => Promise.resolve(),
  log,
});
const agent: Agent = {
  current() {
    const view = session.view();
    return view.state === 'signedIn' ? view.user : null;
  },
};
const people = createPeopleService({
  store: openPeopleStore(database),
  hub,
  directory,
  clock: systemClock,
  random: Math.random,
  me: () => null,
  log,
});
const outbox = createSyncOutbox(database, stores, systemClock, () => atWorkOf(session.view()));
const sync = createSync({
  database,
  stores,
  outbox,
  hub: hubOver(hub),
  clock: systemClock,
  random: Math.random,
  country,
  recordsChanged: (ids) => changes.tell(ids),
  log,
  // As it is shipped: from its sources it takes half a second to load.
  writer: createWriterThread(
    database,
    systemClock,
    undefined,
    new URL('../../out/main/writer-worker.js', import.meta.url),
  ),
});
const line = lineThatWorks();
const callForms = {
  of: () => usualCallForm,
  all: company.callForms,
  onChanged: company.dispositionList.onChanged,
};
const calls = createCalls({
  database,
  telephony: line.port,
  clock: systemClock,
  hub: { ignoreOffer: () => undefined, reportActivity: () => undefined },
  directory,
  colleagues: people,
  projects: { find: company.findProject, default: () => primaryProject(session.view(), company) },
  dispositions: company.dispositionList,
  callForms,
  records: recordsOfCalls({ store: stores.records, outbox, lookup, clock: systemClock, country, changes }),
  numbers: numberFormat(country),
  microphone: { ready: () => true },
  phone: { on: () => true, registered: () => true },
  agent,
  log,
  newCallId,
});
const history = createHistory({
  database,
  calls,
  clock: systemClock,
  directory,
  dispositions: company.dispositionList,
  voicemails: createVoicemails(hub, directory),
  agent,
  log,
  newCallId,
});
const records = createRecords({
  database,
  stores,
  changes,
  lookup,
  outbox: { add: outbox.add, callState: (id) => stateOf(outbox.store.ofCall(id)) },
  names: { ofUser: people.nameOf, ofProject: (id) => company.findProject(id)?.name ?? null },
  agent,
  country,
  clock: systemClock,
  people,
  history,
  log,
});
followSession(sync.service, session, hub);
let sentAtMs: number | null = null;
sync.service.onChanged(({ waiting }) => {
  if (waiting === 0) sentAtMs ??= now();
});
session.onUserChanged(() => calls.desk.agentChanged());

served = serve(
  deskContract,
  {
    ...recordsHandlers(records.service),
    ...callHandlers({ ...calls, callForms }, () => undefined),
    'sync.get': () => sync.service.view(),
    'sync.items': () => sync.people.items(),
    'sync.now': () => {
      sync.service.now();
      return null;
    },
    'stand.talk': ({ number }) => talk(number),
    'stand.call': ({ callId: asked }) => {
      const alive = calls.desk.views().some((view) => view.callId === asked);
      if (alive) return { note: calls.drafts.get(asked).note, finished: false };
      const { note, state } = history.get(asked);
      return { note, finished: state === 'undoable' || state === 'finished' };
    },
    'stand.dispositions': () => {
      const project = primaryProject(session.view(), company);
      return company.dispositionList.all().filter(({ projectId }) => projectId === project?.id);
    },
    'stand.retry': () => {
      hub.retryNow();
      return null;
    },
    'stand.leave': () => {
      hub.close();
      return null;
    },
    'stand.sync': synced,
  },
  processPort(process as Parameters<typeof processPort>[0]),
  { context: { window: 'agent' } satisfies WindowContext, log: quiet },
);

let begun = () => {};
let told = false;
const tellWorking = () => {
  const working = session.view().state === 'signedIn' && hub.view().state === 'online';
  if (working !== told) served?.emit('stand.working', working);
  told = working;
  if (working) begun();
};
session.onChanged(tellWorking);
hub.onChanged(({ state }) => {
  tellWorking();
  if (state !== 'online' || session.view().state === 'signedIn') return;
  // The hub may be killed at this very moment, too: the next connection tries again.
  session.signIn(account).catch((error: unknown) => log.warn('sign-in failed', { error: String(error) }));
});
process.once('disconnect', () => process.exit(0));
if (hubUrl !== '') hub.connectTo(hubUrl);

/** From when the hub knows who is here until nothing is left to be done. */
async function synced({ url }: { url: string }) {
  const working = new Promise<void>((resolve) => {
    begun = resolve;
  });
  hub.connectTo(url);
  await working;
  begun = () => {};
  sentAtMs = null;
  const stopped = await timed(() => sync.service.idle());
  return { ...stopped, sentAtMs, waiting: sync.service.view().waiting };
}

function talk(number: string) {
  const offered = callId.parse(randomUUID());
  const project = primaryProject(session.view(), company);
  line.tell({
    type: 'offerReceived',
    offer: {
      callId: offered,
      sipCallId: sipCallId.parse(`${offered}@line`) satisfies SipCallId,
      callerNumber: number,
      callerName: null,
      calledNumber: null,
      redirectedFrom: null,
      projectId: project?.id ?? null,
      queueName: null,
    },
  });
  if (!calls.desk.views().some((view) => view.callId === offered)) return null;
  calls.desk.accept(offered);
  line.tell({ type: 'established', callId: offered });
  line.tell({ type: 'remoteHungUp', callId: offered });
  return { callId: offered };
}

function lineThatWorks() {
  const listeners = new Set<(fact: TelephonyFact) => void>();
  const nothing = () => undefined;
  const port: TelephonyPort = {
    onFact(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dial: nothing,
    answer: nothing,
    decline: nothing,
    reject: nothing,
    hangUp: nothing,
    hold: nothing,
    resume: nothing,
    transfer: nothing,
    takeBack: nothing,
    // Nobody is at the other end any more.
    endLeftOver: (dialogs, ended) => {
      for (const dialog of dialogs) ended(dialog);
    },
    setMuted: nothing,
    sendDtmf: nothing,
    startRinging: nothing,
    stopRinging: nothing,
    startRingback: nothing,
    stopRingback: nothing,
  };
  const tell = (fact: TelephonyFact) => {
    for (const listener of [...listeners]) listener(fact);
  };
  return { port, tell };
}
