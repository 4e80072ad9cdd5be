// A main process by script: serves desktopContract on a wire, with state that a test sets and handlers that it
// overrides. Used by the UI tests over a memory wire and by the screens harness inside a page.
// It keeps the promises of the contract that windows rely on (a changed draft is told, a setting is kept), no more.
import type { AdminCommandName } from '#shared/admin/admin-contract.ts';
import { type DesktopContract, desktopContract } from '#shared/desktop/desktop-contract.ts';
import type { DialUpView } from '#shared/desktop/dial-up-contract.ts';
import type { HistoryEntry, InboxView, VoicemailView } from '#shared/desktop/history-contract.ts';
import type { HubAddressView } from '#shared/desktop/hub-address-contract.ts';
import type { LinkView, PhoneView, SessionView } from '#shared/desktop/session-contract.ts';
import type { DevicesView, SettingsView } from '#shared/desktop/settings-contract.ts';
import type { RecordConflict, SyncView, WaitingItem } from '#shared/desktop/sync-view-contract.ts';
import type { CallFormOfProject } from '#shared/domain/call-form.ts';
import type { CallView } from '#shared/domain/call-view.ts';
import type { Disposition } from '#shared/domain/disposition.ts';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import type { PresenceView } from '#shared/domain/presence.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CommandName, EventName, EventOf, Handlers } from '#shared/wire/contract.ts';
import { serve } from '#shared/wire/serve.ts';
import type { WirePort } from '#shared/wire/wire-port.ts';
import { foundIn } from './sample-people.ts';
import { formView } from './sample-state.ts';
import { type ScriptedCompany, sampleCompany, scriptedAdmin } from './scripted-admin.ts';
import { noRecords, type ScriptedRecords, scriptedRecords } from './scripted-records.ts';

export interface ScriptedState {
  session: SessionView;
  presence: PresenceView;
  phone: PhoneView;
  network: LinkView;
  hubAddress: HubAddressView;
  sync: SyncView;
  calls: CallView[];
  inbox: InboxView;
  dispositions: Disposition[];
  callForms: CallFormOfProject[];
  settings: SettingsView;
  devices: DevicesView;
  /** There is no call mode where a test names none. */
  dialUp?: DialUpView;
  history: HistoryEntry[];
  voicemails: VoicemailView[];
  /** What the admin window sees; a sample where a test names none. */
  company?: ScriptedCompany;
  /** None where a test names none. */
  records?: ScriptedRecords;
  /** What the page of syncing lists; nothing where a test names none. */
  unsent?: { items: WaitingItem[]; conflicts: RecordConflict[] };
}

type TopicName = Exclude<keyof ScriptedState, 'history' | 'voicemails' | 'company' | 'records' | 'unsent'>;
type DesktopHandlers = Handlers<DesktopContract>;
export type Overrides = { [N in CommandName<DesktopContract>]?: DesktopHandlers[N] };

export interface ScriptedMain {
  readonly state: ScriptedState;
  /** Every command that was asked, in order. */
  readonly asked: { readonly name: string; readonly request: unknown }[];
  /** Sets a topic and tells it. */
  set<N extends TopicName>(name: N, value: NonNullable<ScriptedState[N]>): void;
  /** Changes one call and tells all. */
  changeCall(callId: string, change: Partial<CallView>): void;
  emit<N extends EventName<DesktopContract>>(name: N, payload: EventOf<DesktopContract, N>): void;
  /** From now on this command is answered so. */
  override<N extends CommandName<DesktopContract>>(name: N, handler: DesktopHandlers[N]): void;
}

export function scriptedMain(port: WirePort, state: ScriptedState, overrides: Overrides = {}): ScriptedMain {
  const asked: { name: string; request: unknown }[] = [];
  const usual = {
    ...usualHandlers(state, (name) => tell(name)),
    ...scriptedAdmin(state.company ?? sampleCompany(), (kind) => served.emit('admin.changed', { kind })),
    ...scriptedRecords(state.records ?? noRecords(), (recordIds) =>
      served.emit('records.changed', { recordIds }),
    ),
  };
  const chosen: Overrides = { ...overrides };
  const handlers = Object.fromEntries(
    Object.keys(desktopContract.commands).map((name) => [
      name,
      (request: unknown) => {
        asked.push({ name, request });
        const key = name as CommandName<DesktopContract>;
        const handler = (chosen[key] ?? usual[key]) as (request: unknown) => unknown;
        return handler(request);
      },
    ]),
  ) as unknown as DesktopHandlers;
  const served = serve(desktopContract, handlers, port, {
    context: undefined,
    log: { warn: (...facts) => console.warn(...facts), error: (...facts) => console.error(...facts) },
  });
  const tell = (name: TopicName) => served.emit(`${name}.changed`, state[name] as never);

  return {
    state,
    asked,
    set(name, value) {
      state[name] = value;
      tell(name);
    },
    changeCall(callId, change) {
      state.calls = state.calls.map((call) => (call.callId === callId ? { ...call, ...change } : call));
      tell('calls');
    },
    emit: (name, payload) => served.emit(name, payload),
    override(name, handler) {
      chosen[name] = handler as never;
    },
  };
}

const noDialUp: DialUpView = {
  modes: [],
  state: 'off',
  nextAtMs: null,
  order: null,
  pauseAfterThis: false,
  undo: null,
  unsent: 0,
  today: { byButton: [], attempts: 0, workedMs: 0 },
};

const sampleRecoveryCodes = Array.from('ABCDEFGHJK', (letter) => `${letter}777-M2XA-9RTB-CW4D`);

function usualHandlers(
  state: ScriptedState,
  tell: (name: TopicName) => void,
): Omit<DesktopHandlers, AdminCommandName | keyof ReturnType<typeof scriptedRecords>> {
  const anyCall = (callId: string) => state.calls.find((call) => call.callId === callId);
  const entry = (callId: string) => {
    const found = state.history.find((each) => each.callId === callId);
    if (!found) throw new CommandFailed('noSuchCall', 'The script knows no such call.');
    return found;
  };
  const done = () => null;
  return {
    'session.get': () => state.session,
    'presence.get': () => state.presence,
    'phone.get': () => state.phone,
    'network.get': () => state.network,
    'hubAddress.get': () => state.hubAddress,
    'hubAddress.choose': ({ address }) => {
      state.hubAddress = { ...state.hubAddress, address, trouble: null };
      tell('hubAddress');
      return null;
    },
    'sync.get': () => state.sync,
    'sync.items': () => state.unsent?.items ?? [],
    'sync.conflicts': () => state.unsent?.conflicts ?? [],
    'sync.resolve': done,
    'sync.now': done,
    'sync.putAway': done,
    'calls.get': () => state.calls,
    'dialUp.get': () => state.dialUp ?? noDialUp,
    'dialUp.start': done,
    'dialUp.stop': done,
    'dialUp.pauseAfterThis': done,
    'dialUp.dial': done,
    'dialUp.stopCountdown': done,
    'dialUp.changeDraft': ({ orderId: _orderId, ...change }) => {
      const { order } = state.dialUp ?? noDialUp;
      if (!state.dialUp || !order) return null;
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const draft = { ...order.draft, ...given, savedAtMs: Date.now() };
      state.dialUp = { ...state.dialUp, order: { ...order, draft } };
      tell('dialUp');
      return null;
    },
    'dialUp.end': done,
    'dialUp.undo': done,
    'orders.ofRecord': () => [],
    'inbox.get': () => state.inbox,
    'dispositions.get': () => state.dispositions,
    'callForms.get': () => state.callForms,
    'calls.form': ({ callId }) => anyCall(callId)?.form ?? formView(),
    'settings.get': () => state.settings,
    'devices.get': () => state.devices,
    'session.signIn': done,
    'session.secondFactor': done,
    'session.newPassword': done,
    'session.setUpSecondFactor': () => ({ recoveryCodes: sampleRecoveryCodes }),
    'session.goOn': done,
    'session.giveUp': done,
    'session.signOut': done,
    'account.otherDevices': () => [],
    'account.get': () => ({ secondFactor: false, recoveryCodesLeft: 0 }),
    'account.changePassword': done,
    'account.proposeSecondFactor': () => ({
      secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
      address: 'otpauth://totp/Offhook:mia?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Offhook',
    }),
    'account.confirmSecondFactor': () => ({ recoveryCodes: sampleRecoveryCodes }),
    'account.endSecondFactor': done,
    'account.renewRecoveryCodes': () => ({ recoveryCodes: sampleRecoveryCodes }),
    'account.signOutEverywhere': done,
    'presence.set': ({ status, labelId, untilMs }) => {
      state.presence = { ...state.presence, status, labelId, untilMs, sinceMs: Date.now() };
      tell('presence');
      return null;
    },
    'projects.open': (open) => {
      if (state.session.state === 'signedIn') state.session = { ...state.session, open };
      tell('session');
      return null;
    },
    'phone.turn': ({ on }) => {
      state.phone = {
        ...state.phone,
        on,
        registration: { ...state.phone.registration, state: on ? 'online' : 'off', sinceMs: Date.now() },
      };
      tell('phone');
      return null;
    },
    'calls.dial': () => ({ callId: 'dialled' as CallView['callId'] }),
    'calls.accept': done,
    'calls.ignore': done,
    'calls.decline': done,
    'calls.hangUp': done,
    'calls.hold': done,
    'calls.resume': done,
    'calls.setMuted': done,
    'calls.sendDtmf': done,
    'calls.extendWrapUp': done,
    'calls.transfer': done,
    'calls.takeBack': done,
    'calls.letGo': done,
    'calls.dismissTransfer': done,
    'people.search': ({ text }) => foundIn(text),
    'people.watch': done,
    'drafts.get': ({ callId }) => {
      const call = anyCall(callId);
      if (call) return call.draft;
      const past = entry(callId);
      return {
        callId,
        note: past.note,
        dispositionId: past.disposition?.id ?? null,
        form: emptyFormDraft,
        savedAtMs: past.endedAtMs,
      };
    },
    'drafts.change': (change) => {
      const now = {
        note: '',
        dispositionId: null,
        form: emptyFormDraft,
        ...anyCall(change.callId)?.draft,
      };
      const draft = {
        callId: change.callId,
        note: change.note ?? now.note,
        dispositionId: change.dispositionId === undefined ? now.dispositionId : change.dispositionId,
        form: change.form ?? now.form,
        savedAtMs: Date.now(),
      };
      state.calls = state.calls.map((call) => (call.callId === change.callId ? { ...call, draft } : call));
      if (anyCall(change.callId)) tell('calls');
      return draft;
    },
    'calls.finish': () => ({ undoUntilMs: Date.now() + 10_000 }),
    'calls.undoFinish': done,
    'history.search': ({ text, beforeMs, limit }) => {
      const wanted = text.toLowerCase();
      const found = state.history.filter(
        (each) =>
          (beforeMs === null || each.startedAtMs < beforeMs) &&
          [each.remote.name ?? '', each.remote.display, each.note].some((part) =>
            part.toLowerCase().includes(wanted),
          ),
      );
      return { entries: found.slice(0, limit), more: found.length > limit };
    },
    'history.get': ({ callId }) => entry(callId),
    'history.markSeen': done,
    'history.correct': ({ callId, note }) => {
      const past = entry(callId);
      const corrected: HistoryEntry = {
        ...past,
        corrections: [
          ...past.corrections,
          { atMs: Date.now(), author: 'Mia Clerk', note, disposition: null },
        ],
      };
      state.history = state.history.map((each) => (each.callId === callId ? corrected : each));
      return corrected;
    },
    'voicemail.audio': () => {
      throw new CommandFailed('hubAway', 'The script has no hub.');
    },
    'voicemail.markHeard': done,
    'voicemail.list': () => state.voicemails,
    'settings.change': (change) => {
      state.settings = { ...state.settings, ...change };
      tell('settings');
      return state.settings;
    },
    'devices.openMicrophone': () => ({ microphone: state.devices.microphone }),
    'devices.test': done,
    'devices.watchMicrophone': done,
    'practice.call': done,
    'window.painted': done,
    'window.hide': done,
    'window.fitHeight': done,
    'window.openAgent': done,
    'window.openRecord': done,
    'window.showCallBox': done,
    'window.openAdmin': done,
    'window.saveFile': ({ name }) => ({ path: `Downloads/${name}` }),
  };
}
