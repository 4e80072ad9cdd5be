// The agent window and the sign-in: what is said when something is in the way, and that every list leads somewhere.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { CallId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { AgentWindow, agentTopics } from '../../src-renderer/agent/agent-window.tsx';
import { SignInWindow, signInTopics } from '../../src-renderer/sign-in/sign-in-window.tsx';
import { renderWindow } from '../support/render-window.tsx';
import {
  callView,
  historyEntry,
  missed,
  signedInState,
  signedOutState,
  talking,
  voicemail,
} from '../support/sample-state.ts';
import type { Overrides, ScriptedState } from '../support/scripted-main.ts';

const agent = (state: Partial<ScriptedState> = {}, overrides: Overrides = {}) =>
  renderWindow(<AgentWindow />, agentTopics, signedInState(state), overrides);
const signIn = (state: Partial<ScriptedState> = {}, overrides: Overrides = {}) =>
  renderWindow(<SignInWindow />, signInTopics, signedOutState(state), overrides);
const refuse = (reason: string) => () => {
  throw new CommandFailed(reason, reason);
};

describe('signing in', () => {
  it('fills the form with a sample account at a click and signs in with it', async () => {
    const { user, asked } = await signIn();
    await user.click(screen.getByRole('button', { name: /^ben/ }));
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() =>
      expect(asked('session.signIn')).toEqual([
        { username: 'ben', password: 'practice-ben', accountType: 'clerk', remember: false },
      ]),
    );
  });

  it('remembers the username only where that is wished', async () => {
    const { user, asked } = await signIn();
    await user.type(screen.getByLabelText('Username'), 'mia');
    await user.type(screen.getByLabelText('Password'), 'x');
    await user.click(screen.getByRole('checkbox', { name: 'Remember my username' }));
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(asked('settings.change')).toEqual([{ username: 'mia' }]));
  });

  it('asks main nothing while a field is empty, and says which', async () => {
    const { user, asked } = await signIn();
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(screen.getByText('Enter your username.')).toBeVisible();
    expect(asked('session.signIn')).toEqual([]);
  });

  it('says inline that the details do not match, without telling which part', async () => {
    const { user } = await signIn({}, { 'session.signIn': refuse('wrongCredentials') });
    await user.click(screen.getByRole('button', { name: /^mia/ }));
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('These details do not match an account.');
  });

  it('switches the language at once', async () => {
    const { user } = await signIn();
    await user.click(screen.getByRole('radio', { name: 'Deutsch' }));
    expect(await screen.findByLabelText('Benutzername')).toBeVisible();
  });

  it('says that the hub is away and what is safe', async () => {
    await signIn({ network: { state: 'offline', sinceMs: 0, retryAtMs: Date.now() + 5000, reason: null } });
    expect(screen.getByText('The hub cannot be reached')).toBeVisible();
    expect(screen.getByText(/What you saved is safe on this computer/)).toBeVisible();
  });
});

describe('the status', () => {
  it('explains a missing microphone in place, and becomes available knowingly at a second click', async () => {
    const state = signedInState();
    const { user, asked, main } = await agent(
      {
        presence: { ...state.presence, status: 'away' },
        devices: { ...state.devices, microphone: 'missing' },
      },
      { 'presence.set': refuse('microphoneNotReady') },
    );
    await user.click(screen.getByRole('button', { name: /Your status: Away/ }));
    await user.click(await screen.findByRole('radio', { name: /Available/ }));
    expect(await screen.findByText('Callers would not hear you')).toBeVisible();
    main.override('presence.set', () => null);
    await user.click(screen.getByRole('button', { name: 'Become available anyway' }));
    await waitFor(() =>
      expect(asked('presence.set')).toEqual([
        { status: 'available', labelId: null, untilMs: null, knowingly: false },
        { status: 'available', labelId: null, untilMs: null, knowingly: true },
      ]),
    );
  });

  it('may end by itself', async () => {
    const { user, asked } = await agent();
    await user.click(screen.getByRole('button', { name: /Your status: Available/ }));
    await user.click(await screen.findByRole('radio', { name: /Busy/ }));
    const before = Date.now();
    await user.click(await screen.findByRole('button', { name: '30 min' }));
    await waitFor(() => expect(asked('presence.set')).toHaveLength(2));
    const { status, untilMs } = asked('presence.set')[1] as { status: string; untilMs: number };
    expect(status).toBe('busy');
    expect(untilMs).toBeGreaterThanOrEqual(before + 30 * 60_000);
  });
});

describe('the phone panel', () => {
  it('shows on its button whether the phone is on, and turns it off', async () => {
    const { user, asked } = await agent();
    await user.click(screen.getByRole('button', { name: 'Phone panel. Phone on' }));
    await user.click(await screen.findByRole('switch', { name: /Phone/ }));
    await waitFor(() => expect(asked('phone.turn')).toEqual([{ on: false, knowingly: false }]));
    expect(await screen.findByRole('button', { name: 'Phone panel. Phone off' })).toBeVisible();
  });

  it('leaves it to main to refuse an absurd number, and keeps what was typed', async () => {
    const { user, asked } = await agent({}, { 'calls.dial': refuse('notANumber') });
    await user.click(screen.getByRole('button', { name: /Phone panel/ }));
    const field = await screen.findByRole('textbox', { name: 'Number or extension' });
    await user.type(field, 'hello there{Enter}');
    expect(await screen.findByText(/This is not a number that can be dialled/)).toBeVisible();
    expect(asked('calls.dial')).toEqual([{ target: 'hello there' }]);
    expect(field).toHaveValue('hello there');
  });

  it('is filled by a link and dials nothing by itself', async () => {
    const { main, asked } = await agent();
    main.emit('window.fillDialField', { target: '+4930123' });
    expect(await screen.findByDisplayValue('+4930123')).toBeVisible();
    expect(asked('calls.dial')).toEqual([]);
  });

  it('calls a recent number at a click', async () => {
    const { user, asked } = await agent({ history: [historyEntry('h1'), historyEntry('h2')] });
    await user.click(screen.getByRole('button', { name: /Phone panel/ }));
    const recent = await screen.findAllByRole('button', { name: /^Call: Annika Lindqvist/ });
    expect(recent).toHaveLength(1);
    await user.click(recent[0] as HTMLElement);
    await waitFor(() => expect(asked('calls.dial')).toEqual([{ target: '+493055501234' }]));
  });
});

describe('a call that may not be made', () => {
  it('says what happened and what to do', async () => {
    const refused = {
      outcome: 'failed',
      endCause: 'forbidden',
      answeredAtMs: null,
      direction: 'outbound',
    } as const;
    const { main } = await agent({ history: [historyEntry('h1', refused)] });
    main.emit('window.openCall', { callId: 'h1' as CallId });
    expect(await screen.findByText(/nobody was rung.*Ask a super admin to allow it/)).toBeVisible();
  });
});

describe('the inbox', () => {
  it('says what will appear while it is empty', async () => {
    await agent();
    expect(screen.getByText('Nothing waits for you')).toBeVisible();
    expect(screen.getByText(/Calls you miss, ignore or still have to finish will appear here/)).toBeVisible();
  });

  it('lets an ignored call be accepted while it rings', async () => {
    const { user, asked } = await agent({ calls: [callView('c1', { phase: 'ignored' })] });
    const group = screen.getByRole('region', { name: 'Still ringing' });
    await user.click(within(group).getByRole('button', { name: 'Accept' }));
    await waitFor(() => expect(asked('calls.accept')).toEqual([{ callId: 'c1' }]));
  });

  it('says why a call was missed', async () => {
    await agent({
      inbox: { toFinish: [], missed: [missed('m1', { missedReason: 'asleep' })], voicemails: [] },
    });
    expect(screen.getByText('This computer was asleep')).toBeVisible();
  });

  it('finishes a call that was left to finish, its draft kept', async () => {
    const entry = historyEntry('f1', { state: 'toFinish', note: 'half', disposition: null });
    const { user, asked } = await agent({
      history: [entry],
      inbox: { toFinish: [entry], missed: [], voicemails: [] },
    });
    await user.click(screen.getByRole('button', { name: /Note, disposition or form is not complete/ }));
    expect(await screen.findByRole('textbox', { name: 'Note' })).toHaveValue('half');
    await user.click(screen.getByRole('radio', { name: 'Question answered' }));
    await user.click(screen.getByRole('button', { name: /Save/ }));
    await waitFor(() => expect(asked('calls.finish')).toEqual([{ callId: 'f1' }]));
  });

  it('asks for a disposition as its project did when it came, also where the agent is in that project no more', async () => {
    const entry = historyEntry('f1', { state: 'toFinish', disposition: null, dispositionRequired: true });
    const { user, main } = await agent({
      history: [entry],
      inbox: { toFinish: [entry], missed: [], voicemails: [] },
    });
    const { session } = main.state;
    if (session.state === 'signedIn') main.set('session', { ...session, projects: [] });
    await user.click(screen.getByRole('button', { name: /Note, disposition or form is not complete/ }));
    expect(await screen.findByText('Choose a disposition to save.')).toBeVisible();
    expect(screen.getByRole('button', { name: /Save/ })).toBeDisabled();
  });

  it('opens the call that main asks it to open', async () => {
    const { main } = await agent({ history: [historyEntry('h7', { note: 'the one' })] });
    main.emit('window.openCall', { callId: 'h7' as CallId });
    expect(await screen.findByText('the one')).toBeVisible();
  });
});

describe('the running call', () => {
  it('can be muted and ended from the agent window too', async () => {
    const { user, asked } = await agent({ calls: [talking('c1')] });
    const strip = screen.getByRole('region', { name: 'Call in progress' });
    await user.click(within(strip).getByRole('button', { name: 'Mute' }));
    await user.click(within(strip).getByRole('button', { name: 'End' }));
    await waitFor(() => expect(asked('calls.hangUp')).toEqual([{ callId: 'c1' }]));
    expect(asked('calls.setMuted')).toEqual([{ callId: 'c1', muted: true }]);
  });
});

describe('the voicemail', () => {
  it('says that a message cannot be fetched while the hub is away', async () => {
    const { user } = await agent({ voicemails: [voicemail('v1')] });
    await user.click(screen.getByRole('button', { name: /^Voicemail/ }));
    await user.click(await screen.findByRole('button', { name: /Annika Lindqvist/ }));
    await user.click(await screen.findByRole('button', { name: 'Play' }));
    expect(await screen.findByText(/The hub does not answer/)).toBeVisible();
  });
});

describe('the microphone', () => {
  it('is asked for with the reason on the first run, and one may go on knowingly without it', async () => {
    const state = signedInState();
    const { user, main, asked } = await agent({ devices: { ...state.devices, microphone: 'unknown' } });
    await user.click(screen.getByRole('button', { name: 'Allow microphone' }));
    expect(asked('devices.openMicrophone')).toEqual([null]);
    main.set('devices', { ...state.devices, microphone: 'refused' });
    expect(await screen.findByText(/Allow Offhook in your computer’s privacy settings/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Continue without microphone' }));
    expect(screen.queryByText('Before your first call')).toBeNull();
    expect(screen.getByRole('button', { name: 'Mic blocked' })).toBeVisible();
  });
});
