// Sample state for the scripted main: one agent, one project, calls and history as a real day would leave them.
import { firstSettings } from '#shared/desktop/first-settings.ts';
import type { HistoryEntry, VoicemailView } from '#shared/desktop/history-contract.ts';
import { usualCallForm } from '#shared/domain/call-form.ts';
import type { CallFormView } from '#shared/domain/call-form-view.ts';
import type { CallIntents, CallView, RemoteParty } from '#shared/domain/call-view.ts';
import type { Disposition, Project } from '#shared/domain/disposition.ts';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import type { CallId, DispositionId, ProjectId, RecordId, UserId, VoicemailId } from '#shared/domain/ids.ts';
import type { ScriptedState } from './scripted-main.ts';

const minuteMs = 60_000;
const projectId = 'parcels' as ProjectId;

export const project: Project = {
  id: projectId,
  name: 'Nordwind Parcels',
  numbers: ['+493012345600'],
  wrapUpMs: minuteMs,
  dispositionRequired: true,
};

export const dispositions: Disposition[] = [
  ['delivered', 'Delivery arranged', 'Solved', 'green', '1', false],
  ['answered', 'Question answered', 'Solved', 'teal', '2', false],
  ['refund', 'Refund promised', 'Solved', 'cyan', '3', true],
  ['callBack', 'Call back later', 'Open', 'yellow', '4', false],
  ['complaint', 'Complaint', 'Open', 'orange', '5', true],
  ['wrong', 'Wrong number', null, 'gray', '6', false],
].map(([id, label, group, color, key, noteRequired]) => ({
  id: id as DispositionId,
  projectId,
  label: label as string,
  group: group as string | null,
  color: color as string,
  key: key as string,
  noteRequired: noteRequired as boolean,
}));

export function party(over: Partial<RemoteParty> = {}): RemoteParty {
  return {
    number: '+493055501234',
    display: '030 55501234',
    name: 'Annika Lindqvist',
    recordId: 'r1' as RecordId,
    recordKind: 'customer',
    withheld: false,
    ...over,
  };
}

export const unknownParty = party({
  number: '+4915112345678',
  display: '01511 2345678',
  name: null,
  recordId: null,
  recordKind: null,
});
export const withheldParty = party({
  number: null,
  display: '',
  name: null,
  recordId: null,
  recordKind: null,
  withheld: true,
});
export const companyParty = party({
  number: '+442079460123',
  display: '+44 20 7946 0123',
  name: 'Brightwater & Hollingsworth Veterinary Supplies (North-East Depot)',
  recordKind: 'company',
});

const noIntents: CallIntents = {
  accept: false,
  ignore: false,
  decline: false,
  hangUp: false,
  hold: false,
  resume: false,
  mute: false,
  sendDtmf: false,
  transfer: false,
  takeBack: false,
  letGo: false,
  finish: false,
};

/** Closed, and nothing to be done about a record, until a test says otherwise. */
export function formView(over: Partial<CallFormView> = {}): CallFormView {
  return {
    open: false,
    internal: false,
    calledNumber: '030 12345600',
    does: 'nothing',
    creates: null,
    projectId,
    contact: null,
    numberAt: 0,
    customer: null,
    candidates: [],
    numberGoesTo: null,
    chosenGone: false,
    problems: [],
    ...over,
  };
}

export function callView(id: string, over: Partial<CallView> = {}): CallView {
  const callId = id as CallId;
  return {
    callId,
    direction: 'inbound',
    phase: 'offered',
    remote: party(),
    projectId,
    projectName: project.name,
    queueName: 'Deliveries',
    orderId: null,
    redirectedFrom: null,
    startedAtMs: Date.now() - 7000,
    answeredAtMs: null,
    endedAtMs: null,
    outcome: null,
    missedReason: null,
    endCause: null,
    muted: false,
    remoteHold: false,
    quality: null,
    dtmfSent: '',
    transfer: null,
    wrapUpEndsAtMs: null,
    dispositionRequired: true,
    draft: { callId, note: '', dispositionId: null, form: emptyFormDraft, savedAtMs: null },
    form: formView(),
    intents: { ...noIntents, accept: true, ignore: true, decline: true },
    ...over,
  };
}

export function talking(id: string, over: Partial<CallView> = {}): CallView {
  return callView(id, {
    phase: 'talking',
    startedAtMs: Date.now() - 140_000,
    answeredAtMs: Date.now() - 134_000,
    quality: { bars: 4, cause: 'fine', mos: 4.2 },
    intents: { ...noIntents, hangUp: true, hold: true, mute: true, sendDtmf: true, transfer: true },
    ...over,
  });
}

export function held(id: string, over: Partial<CallView> = {}): CallView {
  return talking(id, {
    phase: 'held',
    intents: { ...noIntents, hangUp: true, resume: true, mute: true, transfer: true },
    ...over,
  });
}

export function wrapUp(id: string, over: Partial<CallView> = {}): CallView {
  return callView(id, {
    phase: 'wrapUp',
    startedAtMs: Date.now() - 300_000,
    answeredAtMs: Date.now() - 290_000,
    endedAtMs: Date.now() - 18_000,
    outcome: 'accepted',
    wrapUpEndsAtMs: Date.now() + 42_000,
    intents: { ...noIntents, finish: true },
    ...over,
  });
}

export const longNote =
  'Parcel 4417 was left with the neighbour at no. 12, who is away until Monday. She needs it before Saturday.\n\nAgreed: second delivery on Friday between 9 and 12, ring the bell “Lindqvist/Moe”.';

export function historyEntry(id: string, over: Partial<HistoryEntry> = {}): HistoryEntry {
  const startedAtMs = over.startedAtMs ?? Date.now() - 12 * minuteMs;
  return {
    callId: id as CallId,
    direction: 'inbound',
    outcome: 'accepted',
    missedReason: null,
    endCause: null,
    transferredTo: null,
    remote: party(),
    redirectedFrom: null,
    projectId,
    projectName: project.name,
    startedAtMs,
    answeredAtMs: startedAtMs + 6000,
    endedAtMs: startedAtMs + 6000 + 272_000,
    note: longNote,
    disposition: dispositions[0] ?? null,
    orderOutcome: null,
    subject: '',
    contact: null,
    customer: null,
    state: 'finished',
    undoUntilMs: null,
    seen: true,
    dispositionRequired: false,
    corrections: [],
    ...over,
  };
}

export function missed(id: string, over: Partial<HistoryEntry> = {}): HistoryEntry {
  return historyEntry(id, {
    outcome: 'missed',
    missedReason: 'rangOut',
    answeredAtMs: null,
    note: '',
    disposition: null,
    state: 'notNeeded',
    seen: false,
    ...over,
  });
}

const names = [
  'Annika Lindqvist',
  'Café Morgenstern',
  'Dr. Jonas Achterberg',
  'Fjordlogistik AS',
  'Mei-Ling Okafor',
  'Werkstatt Grünwald & Söhne GmbH',
  'Tomasz Wiśniewski',
  'Ines Carvalho',
];

/** A hundred and fifty calls, newest first. */
export function someHistory(): HistoryEntry[] {
  return Array.from({ length: 150 }, (_nothing, at) => {
    const startedAtMs = Date.now() - (5 + at * 23) * minuteMs;
    const remote = party({
      name: at % 7 === 3 ? null : (names[at % names.length] ?? null),
      number: `+4930555${String(10_000 + at * 37)}`,
      display: `030 555 ${String(10_000 + at * 37)}`,
      recordKind: at % 7 === 3 ? null : 'customer',
    });
    const disposition = dispositions[at % dispositions.length] ?? null;
    if (at % 6 === 4) return missed(`h${at}`, { startedAtMs, remote, seen: true });
    if (at % 5 === 2)
      return historyEntry(`h${at}`, {
        startedAtMs,
        remote,
        direction: 'outbound',
        outcome: at % 2 ? 'connected' : 'noAnswer',
        disposition,
        note: at % 2 ? 'Asked for the invoice of October again.' : '',
      });
    return historyEntry(`h${at}`, { startedAtMs, remote, disposition });
  });
}

export function voicemail(id: string, over: Partial<VoicemailView> = {}): VoicemailView {
  return {
    voicemailId: id as VoicemailId,
    projectName: project.name,
    remote: party(),
    leftAtMs: Date.now() - 34 * minuteMs,
    durationMs: 21_000,
    heard: false,
    ...over,
  };
}

/** OFF-1 after a restart: the hub was not there since. */
export function withoutHub({
  session,
  phone,
}: Pick<ScriptedState, 'session' | 'phone'>): Pick<ScriptedState, 'session' | 'phone' | 'network'> {
  const sinceMs = Date.now() - 4 * minuteMs;
  return {
    session: session.state === 'signedIn' ? { ...session, atHub: false, practice: false } : session,
    phone: {
      ...phone,
      extension: null,
      registration: { state: 'off', sinceMs, retryAtMs: null, reason: null },
    },
    network: { state: 'offline', sinceMs, retryAtMs: Date.now() + 8000, reason: 'not reached' },
  };
}

export function signedInState(over: Partial<ScriptedState> = {}): ScriptedState {
  const sinceMs = Date.now() - 8 * minuteMs;
  return {
    session: {
      state: 'signedIn',
      atHub: true,
      practice: true,
      user: {
        userId: 'u1' as UserId,
        username: 'mia',
        displayName: 'Mia Sommer',
        accountType: 'clerk',
        extension: '201',
      },
      projects: [project],
      open: { primaryId: project.id, secondaryIds: [] },
      statuses: [],
      mayCallOutside: true,
    },
    presence: {
      status: 'available',
      sinceMs,
      untilMs: null,
      labelId: null,
      activity: 'free',
      confirmed: true,
    },
    phone: {
      on: true,
      extension: '201',
      registration: { state: 'online', sinceMs, retryAtMs: null, reason: null },
    },
    network: { state: 'online', sinceMs, retryAtMs: null, reason: null },
    hubAddress: { address: null, setByEnvironment: false, trouble: null },
    sync: {
      waiting: 0,
      conflicts: 0,
      refused: 0,
      pulling: null,
      sameSinceMs: null,
      why: 'nothing',
    },
    calls: [],
    inbox: { toFinish: [], missed: [], voicemails: [] },
    dispositions,
    callForms: [{ projectId, form: usualCallForm }],
    settings: { ...firstSettings('en', 'mia'), theme: 'light' },
    devices: {
      microphones: [{ id: 'm1', label: 'Jabra Evolve2 65' }],
      speakers: [
        { id: 's1', label: 'Jabra Evolve2 65' },
        { id: 's2', label: 'Built-in speakers' },
      ],
      microphone: 'ready',
      microphoneLabel: 'Jabra Evolve2 65',
      phoneWindowReady: true,
    },
    history: [],
    voicemails: [],
    ...over,
  };
}

export function signedOutState(over: Partial<ScriptedState> = {}): ScriptedState {
  const state = signedInState();
  return {
    ...state,
    session: {
      state: 'signedOut',
      practice: true,
      sampleAccounts: [
        { username: 'mia', password: 'practice-mia', accountType: 'clerk' },
        { username: 'ben', password: 'practice-ben', accountType: 'clerk' },
        { username: 'sara', password: 'practice-sara', accountType: 'admin' },
      ],
      due: 'password',
      canRemember: false,
      ended: null,
    },
    settings: { ...state.settings, username: '' },
    ...over,
  };
}
