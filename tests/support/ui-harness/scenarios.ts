// The states that are looked at: which window, what main says, and what is clicked before the picture is taken.
// Over 400 lines: it is a list of states, read one at a time.
import type { Page } from 'playwright';
import type { Project } from '#shared/domain/disposition.ts';
import { projectId, statusId } from '#shared/domain/ids.ts';
import type { StatusLabel } from '#shared/domain/presence.ts';
import type { OpenProjects } from '#shared/domain/work.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import {
  callView,
  companyParty,
  dispositions,
  held,
  historyEntry,
  longNote,
  missed,
  party,
  signedInState,
  signedOutState,
  someHistory,
  talking,
  unknownParty,
  voicemail,
  withheldParty,
  withoutHub,
  wrapUp,
} from '../sample-state.ts';
import type { Overrides, ScriptedState } from '../scripted-main.ts';
import { adminAutomationScenarios } from './admin-automation-scenarios.ts';
import { adminCompanyScenarios } from './admin-company-scenarios.ts';
import { adminScenarios } from './admin-scenarios.ts';
import { dialUpScenarios } from './dial-up-scenarios.ts';
import { formScenarios } from './form-scenarios.ts';
import { recordsScenarios } from './records-scenarios.ts';
import { routeScenarios } from './route-scenarios.ts';

export type WindowName = 'sign-in' | 'agent' | 'call-box' | 'admin';

export interface Scenario {
  readonly window: WindowName;
  state(): ScriptedState;
  readonly overrides?: Overrides;
  act?(page: Page): Promise<void>;
  /** Inner size in CSS pixels where it is not the window's own. */
  readonly size?: { readonly width: number; readonly height: number };
}

const refuse = (reason: string) => () => {
  throw new CommandFailed(reason, 'Refused by the script.');
};

const draft = (callId: string, over: object = {}) => ({
  draft: { ...callView(callId).draft, note: longNote, savedAtMs: Date.now() - 2000, ...over },
});

const silent = (side: 'here' | 'there' | 'unknown') =>
  talking('c1', {
    ...draft('c1'),
    remote: companyParty,
    quality: {
      bars: 1,
      cause: 'nothingHeard',
      mos: 1,
      silence: { side, sinceMs: Date.now() - 45_000 },
    },
  });

const busyInbox = (): Partial<ScriptedState> => ({
  calls: [callView('i1', { phase: 'ignored', remote: unknownParty })],
  inbox: {
    toFinish: [
      historyEntry('f1', {
        state: 'toFinish',
        note: longNote.slice(0, 60),
        disposition: null,
        remote: companyParty,
      }),
    ],
    missed: [
      missed('m1'),
      missed('m2', {
        missedReason: 'network',
        remote: withheldParty,
        startedAtMs: Date.now() - 3 * 3_600_000,
      }),
      missed('m3', {
        missedReason: 'asleep',
        remote: unknownParty,
        startedAtMs: Date.now() - 26 * 3_600_000,
      }),
    ],
    voicemails: [voicemail('v1'), voicemail('v2', { remote: withheldParty, durationMs: 74_000 })],
  },
});
const history = () => {
  const [first, ...rest] = someHistory();
  return first
    ? [
        {
          ...first,
          corrections: [
            {
              atMs: Date.now() - 60_000,
              author: 'Mia Sommer',
              note: 'Friday between 12 and 15, not 9 and 12.',
              disposition: dispositions[3] ?? null,
            },
          ],
        },
        ...rest,
      ]
    : rest;
};

const setUpDue = () =>
  signedOutState({
    session: {
      state: 'signedOut',
      practice: false,
      sampleAccounts: [],
      due: 'secondFactorSetUp',
      setUp: {
        secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
        address: 'otpauth://totp/Offhook:mia?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Offhook',
      },
      canRemember: true,
      ended: null,
    },
  });

/** A member of several projects, and a company with statuses of its own. */
const withProjects = (open: OpenProjects): ScriptedState => {
  const state = signedInState();
  if (state.session.state !== 'signedIn') return state;
  const one = (id: string, name: string, numbers: string[]): Project => ({
    id: projectId.parse(id),
    name,
    numbers,
    wrapUpMs: 60_000,
    dispositionRequired: true,
  });
  const label = (id: string, text: string, actsAs: StatusLabel['actsAs'], color: string): StatusLabel => ({
    id: statusId.parse(id),
    label: text,
    actsAs,
    color,
  });
  return {
    ...state,
    session: {
      ...state.session,
      projects: [
        one('harbour', 'Harbour & Pine', ['+12015550123']),
        one('lindqvist', 'Lindqvist Mobility, roadside assistance and recovery', ['+442079460123']),
        one('northwind', 'Northwind Support', ['+442079460100']),
      ],
      open,
      statuses: [
        label('lunch', 'Lunch', 'away', 'orange'),
        label('training', 'Training', 'away', 'violet'),
        label('paperwork', 'Paperwork', 'busy', 'grape'),
      ],
    },
  };
};

export const scenarios: Record<string, Scenario> = {
  ...adminScenarios,
  ...formScenarios,
  ...dialUpScenarios,
  ...recordsScenarios,
  ...routeScenarios,
  'sign-in': { window: 'sign-in', state: signedOutState },
  'sign-in-wrong': {
    window: 'sign-in',
    state: signedOutState,
    overrides: { 'session.signIn': refuse('wrongCredentials') },
    async act(page) {
      await page.locator('section').last().locator('button').first().click();
      await page.locator('main > form button[type=submit]').click();
      await page.getByRole('alert').waitFor();
    },
  },
  'sign-in-set-up': {
    window: 'sign-in',
    state: setUpDue,
    async act(page) {
      await page.getByRole('img', { name: /QR|code/i }).waitFor();
    },
  },
  'sign-in-recovery-codes': {
    window: 'sign-in',
    state: setUpDue,
    async act(page) {
      await page.getByRole('textbox').fill('123456');
      await page.locator('main > form button[type=submit]').click();
      await page.getByRole('listitem').first().waitFor();
    },
  },
  'sign-in-hub-away': {
    window: 'sign-in',
    state: () =>
      signedOutState({
        network: { state: 'offline', sinceMs: Date.now() - 5000, retryAtMs: Date.now() + 8000, reason: null },
        session: {
          state: 'signedOut',
          practice: false,
          sampleAccounts: [],
          due: 'password',
          canRemember: false,
          ended: null,
        },
      }),
    async act(page) {
      await page.locator('main > form button[type=submit]').click();
    },
  },
  'sign-in-ended': {
    window: 'sign-in',
    state: () =>
      signedOutState({
        session: {
          state: 'signedOut',
          practice: false,
          sampleAccounts: [],
          due: 'password',
          canRemember: true,
          ended: 'byHub',
        },
      }),
  },
  'agent-without-hub': {
    window: 'agent',
    state: () => {
      const state = signedInState();
      return {
        ...state,
        ...withoutHub(state),
        sync: { ...state.sync, waiting: 2, why: 'hubAway', sameSinceMs: Date.now() - 17 * 3_600_000 },
      };
    },
  },
  'agent-disk-full': {
    window: 'agent',
    state: () => {
      const state = signedInState();
      return { ...state, sync: { ...state.sync, waiting: 2, why: 'diskFull', sameSinceMs: Date.now() } };
    },
    async act(page) {
      await page.getByTitle(/^(Disk full|Platte voll)$/).click();
      await page.getByText(/Free some space|Schaffen Sie Platz/).waitFor();
    },
  },
  'agent-without-hub-phone': {
    window: 'agent',
    state: () => ({ ...signedInState(), ...withoutHub(signedInState()) }),
    async act(page) {
      await page.locator('header button[data-state=offline]').click();
      await page.getByRole('switch').waitFor();
    },
  },
  'sign-in-team-server': {
    window: 'sign-in',
    state: signedOutState,
    overrides: { 'hubAddress.choose': refuse('certificateNotTrusted') },
    async act(page) {
      await page.locator('section button[aria-expanded]').click();
      await page.locator('section form input').fill('wss://hub.example.org');
      await page.locator('section form button[type=submit]').click();
      await page.getByRole('alert').waitFor();
    },
  },
  'box-ringing': { window: 'call-box', state: () => signedInState({ calls: [callView('c1')] }) },
  'box-ringing-redirected': {
    window: 'call-box',
    state: () =>
      signedInState({ calls: [callView('c1', { remote: unknownParty, redirectedFrom: '+49 40 4567890' })] }),
  },
  'box-ringing-long-name': {
    window: 'call-box',
    state: () => signedInState({ calls: [callView('c1', { remote: companyParty })] }),
  },
  'box-ringing-three': {
    window: 'call-box',
    state: () =>
      signedInState({
        calls: [
          callView('c1'),
          callView('c2', { remote: withheldParty, startedAtMs: Date.now() - 4000 }),
          callView('c3', { remote: companyParty, startedAtMs: Date.now() - 1000 }),
        ],
      }),
  },
  'box-dialing': {
    window: 'call-box',
    state: () =>
      signedInState({
        calls: [
          callView('c1', {
            direction: 'outbound',
            phase: 'remoteRinging',
            intents: {
              ...callView('c1').intents,
              accept: false,
              ignore: false,
              decline: false,
              hangUp: true,
            },
          }),
        ],
      }),
  },
  'box-talking': { window: 'call-box', state: () => signedInState({ calls: [talking('c1', draft('c1'))] }) },
  'box-talking-empty': { window: 'call-box', state: () => signedInState({ calls: [talking('c1')] }) },
  'box-muted-loss': {
    window: 'call-box',
    state: () =>
      signedInState({
        calls: [
          talking('c1', {
            ...draft('c1'),
            remote: companyParty,
            muted: true,
            quality: { bars: 1, cause: 'loss', mos: 2.1 },
          }),
        ],
      }),
  },
  'box-silent-here': { window: 'call-box', state: () => signedInState({ calls: [silent('here')] }) },
  'box-silent-there': { window: 'call-box', state: () => signedInState({ calls: [silent('there')] }) },
  'box-silent-unknown': { window: 'call-box', state: () => signedInState({ calls: [silent('unknown')] }) },
  'box-held': { window: 'call-box', state: () => signedInState({ calls: [held('c1', draft('c1'))] }) },
  'box-keypad': {
    window: 'call-box',
    state: () => signedInState({ calls: [talking('c1', { ...draft('c1'), dtmfSent: '4711#' })] }),
    async act(page) {
      await page.keyboard.press('Alt+k');
    },
  },
  'box-disk-full': {
    window: 'call-box',
    state: () => signedInState({ calls: [talking('c1', draft('c1'))] }),
    overrides: { 'drafts.change': refuse('diskFull') },
    async act(page) {
      await page.locator('textarea').press('End');
      await page.locator('textarea').pressSequentially(' x');
      await page.locator('textarea[aria-invalid]').waitFor();
    },
  },
  'box-wrap-up': { window: 'call-box', state: () => signedInState({ calls: [wrapUp('c1', draft('c1'))] }) },
  'box-wrap-up-chosen': {
    window: 'call-box',
    state: () =>
      signedInState({
        calls: [
          wrapUp('c1', {
            ...draft('c1', { dispositionId: dispositions[0]?.id }),
            wrapUpEndsAtMs: Date.now() + 9000,
          }),
        ],
      }),
  },
  'box-undo': {
    window: 'call-box',
    state: () =>
      signedInState({ history: [historyEntry('h1', { state: 'undoable', undoUntilMs: Date.now() + 9000 })] }),
  },
  'agent-empty': { window: 'agent', state: () => signedInState() },
  'agent-first-run': {
    window: 'agent',
    state: () => {
      const state = signedInState();
      return { ...state, devices: { ...state.devices, microphone: 'unknown' } };
    },
  },
  'agent-first-run-refused': {
    window: 'agent',
    state: () => {
      const state = signedInState();
      return { ...state, devices: { ...state.devices, microphone: 'unknown' } };
    },
    async act(page) {
      await page.evaluate(() => {
        const { main } = window as unknown as {
          main: { state: ScriptedState; set(n: 'devices', v: unknown): void };
        };
        main.set('devices', { ...main.state.devices, microphone: 'refused' });
      });
    },
  },
  'agent-inbox': { window: 'agent', state: () => signedInState(busyInbox()) },
  'agent-inbox-missed': {
    window: 'agent',
    state: () => signedInState(busyInbox()),
    async act(page) {
      await page.locator('[data-item]').nth(2).click();
    },
  },
  'agent-inbox-finish': {
    window: 'agent',
    state: () => {
      const over = busyInbox();
      return signedInState({ ...over, history: over.inbox?.toFinish ?? [] });
    },
    async act(page) {
      await page.locator('[data-item]').nth(1).click();
      await page.locator('textarea').waitFor();
    },
  },
  'agent-inbox-voicemail': {
    window: 'agent',
    state: () => signedInState(busyInbox()),
    async act(page) {
      await page.locator('[data-item]').nth(5).click();
    },
  },
  'agent-live': {
    window: 'agent',
    state: () =>
      signedInState({
        ...busyInbox(),
        calls: [talking('c1')],
        presence: { ...signedInState().presence, activity: 'onCall' },
      }),
  },
  'agent-ringing-undo': {
    window: 'agent',
    state: () =>
      signedInState({
        ...busyInbox(),
        calls: [callView('c1')],
        history: [
          historyEntry('h1', { state: 'undoable', undoUntilMs: Date.now() + 9000, remote: companyParty }),
        ],
      }),
  },
  'agent-history': {
    window: 'agent',
    state: () => signedInState({ history: history() }),
    async act(page) {
      await page.locator('nav button').nth(1).click();
      await page.locator('[data-item]').first().click();
    },
  },
  'agent-history-correct': {
    window: 'agent',
    state: () => signedInState({ history: history() }),
    async act(page) {
      await page.locator('nav button').nth(1).click();
      await page.locator('[data-item]').first().click();
      await page.locator('article section:last-of-type button').last().click();
    },
  },
  'agent-history-none': {
    window: 'agent',
    state: () => signedInState({ history: history() }),
    async act(page) {
      await page.locator('nav button').nth(1).click();
      await page.locator('input[type=search]').fill('zebra');
      await page.locator('[data-item]').first().waitFor({ state: 'detached' });
    },
  },
  'agent-voicemail': {
    window: 'agent',
    state: () =>
      signedInState({
        voicemails: [voicemail('v1'), voicemail('v2', { heard: true, remote: companyParty })],
      }),
    async act(page) {
      await page.locator('nav button').nth(2).click();
      await page.locator('[data-item]').first().click();
    },
  },
  'agent-settings': {
    window: 'agent',
    state: () => signedInState(),
    async act(page) {
      await page.locator('nav button').nth(3).click();
    },
  },
  'agent-projects-first': {
    window: 'agent',
    state: () => withProjects({ primaryId: null, secondaryIds: [] }),
    async act(page) {
      await page.getByRole('checkbox').nth(1).click();
      await page.getByRole('checkbox').nth(2).click();
    },
  },
  'agent-projects': {
    window: 'agent',
    state: () =>
      withProjects({ primaryId: projectId.parse('harbour'), secondaryIds: [projectId.parse('lindqvist')] }),
    async act(page) {
      await page.locator('header button[aria-haspopup="dialog"]').first().click();
    },
  },
  'agent-status-labels': {
    window: 'agent',
    state: () => {
      const state = withProjects({ primaryId: projectId.parse('harbour'), secondaryIds: [] });
      return {
        ...state,
        presence: { ...state.presence, status: 'away', labelId: statusId.parse('training') },
      };
    },
    async act(page) {
      await page.locator('header button[aria-haspopup="dialog"]').nth(5).click();
    },
  },
  'agent-status': {
    window: 'agent',
    state: () => {
      const state = signedInState();
      return { ...state, presence: { ...state.presence, status: 'away', untilMs: Date.now() + 1_800_000 } };
    },
    async act(page) {
      await page.locator('header button[aria-haspopup="dialog"]').nth(5).click();
    },
  },
  'agent-status-microphone': {
    window: 'agent',
    state: () => {
      const state = signedInState();
      return {
        ...state,
        presence: { ...state.presence, status: 'offline' },
        devices: { ...state.devices, microphone: 'missing' },
      };
    },
    overrides: { 'presence.set': refuse('microphoneNotReady') },
    async act(page) {
      await page.locator('header button[aria-haspopup="dialog"]').nth(5).click();
      await page.getByRole('radio').first().click();
      await page.locator('[role=status] button').first().waitFor();
    },
  },
  'agent-phone': {
    window: 'agent',
    state: () => signedInState({ history: history() }),
    async act(page) {
      await page.locator('header button[aria-haspopup="dialog"]').last().click();
    },
  },
  'agent-phone-refused': {
    window: 'agent',
    state: () => signedInState(),
    overrides: { 'calls.dial': refuse('notANumber') },
    async act(page) {
      await page.locator('header button[aria-haspopup="dialog"]').last().click();
      await page.locator('input[inputmode=tel]').fill('call me maybe');
      await page.locator('form button[type=submit]').click();
    },
  },
  'agent-offline': {
    window: 'agent',
    state: () => {
      const state = signedInState(busyInbox());
      const away = {
        state: 'offline',
        sinceMs: Date.now() - 90_000,
        retryAtMs: Date.now() + 6000,
        reason: null,
      } as const;
      return {
        ...state,
        network: away,
        sync: { ...state.sync, waiting: 3, why: 'hubAway' },
        phone: { ...state.phone, registration: away },
        presence: { ...state.presence, confirmed: false },
        devices: { ...state.devices, microphone: 'silent' },
      };
    },
  },
  'agent-practice': {
    window: 'agent',
    state: () => {
      const state = signedInState();
      return { ...state, presence: { ...state.presence, status: 'busy' } };
    },
    async act(page) {
      await page.locator('header button[aria-haspopup="dialog"]').nth(1).click();
    },
  },
  'agent-small': {
    window: 'agent',
    size: { width: 900, height: 600 },
    state: () =>
      signedInState({
        ...busyInbox(),
        calls: [talking('c1', { remote: party({ name: companyParty.name }) })],
      }),
    async act(page) {
      await page.locator('[data-item]').nth(1).click();
    },
  },
  'agent-zoomed': {
    window: 'agent',
    size: { width: 590, height: 380 },
    state: () => signedInState(busyInbox()),
  },
  ...adminCompanyScenarios,
  ...adminAutomationScenarios,
};
