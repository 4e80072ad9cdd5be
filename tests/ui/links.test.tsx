// The links as the agent sees them: what is so and since when, for the hub and for the registration, and why a call was
// cut off.
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { AgentWindow, agentTopics } from '../../src-renderer/agent/agent-window.tsx';
import { CallBox, callBoxTopics } from '../../src-renderer/call-box/call-box.tsx';
import { SignInWindow, signInTopics } from '../../src-renderer/sign-in/sign-in-window.tsx';
import { renderWindow } from '../support/render-window.tsx';
import { signedInState, signedOutState, talking, withoutHub, wrapUp } from '../support/sample-state.ts';
import type { ScriptedState } from '../support/scripted-main.ts';

const agent = (state: Partial<ScriptedState>) =>
  renderWindow(<AgentWindow />, agentTopics, signedInState(state));

const atNine = new Date();
atNine.setHours(9, 5, 0, 0);
const sinceMs = atNine.getTime();

describe('the network chip', () => {
  it.each([
    ['online', 'Online', 'The hub answers.'],
    ['connecting', 'Connecting…', /^Connecting to the hub/],
    ['offline', 'Hub away', /^The hub does not answer/],
  ] as const)('says %s, what that means, and since when', async (state, word, hint) => {
    const { user } = await agent({ network: { state, sinceMs, retryAtMs: null, reason: null } });
    await user.click(screen.getByTitle(word));
    expect(await screen.findByText(hint)).toBeVisible();
    expect(screen.getByText('Since 09:05.')).toBeVisible();
  });
});

describe('a start without the hub', () => {
  const start = () => {
    const state = signedInState();
    return agent({ ...withoutHub(state), sync: { ...state.sync, sameSinceMs: sinceMs } });
  };

  it('OFF-1 says what is shown and as of when, what is safe, that no calls are possible, and when it is tried again', async () => {
    const { user, main } = await start();
    const said = screen.getByText(/^It has not answered since Offhook was started/);
    expect(said).toHaveTextContent(/as of .*09:05/);
    expect(said).toHaveTextContent('saved here and sent by itself when the hub is back');
    expect(said).toHaveTextContent(/Until then no calls are possible\. Next attempt in \d s\.$/);
    await user.click(screen.getByRole('button', { name: 'Phone panel. Not registered' }));
    expect(await screen.findByText(/The hub has to answer first/)).toBeVisible();
    main.set('session', signedInState().session);
    await waitFor(() => expect(screen.queryByText('You are working without the hub')).toBeNull());
  });

  it('OFF-1 is put aside, and the chip goes on saying it', async () => {
    const { user } = await start();
    await user.click(screen.getByRole('button', { name: 'Put aside' }));
    expect(screen.queryByText('You are working without the hub')).toBeNull();
    expect(screen.getByTitle('Hub away')).toBeVisible();
  });

  it.each([
    [
      { state: 'offline', sinceMs, retryAtMs: Date.now() + 8_000, reason: null },
      null,
      /Next attempt in \d s\./,
    ],
    [{ state: 'online', sinceMs, retryAtMs: null, reason: null }, 'byHub', /^You were signed out by the hub/],
  ] as const)(
    'OFF-1 OFF-2: the sign-in says what is safe and that unsent work is sent after it (%#)',
    async (network, ended, hint) => {
      const state = signedOutState();
      if (state.session.state !== 'signedOut') throw new Error('Somebody is signed in');
      const shown = { ...state, network, session: { ...state.session, ended } };
      await renderWindow(<SignInWindow />, signInTopics, shown);
      const said = screen.getByText(/safe on this computer; what was not sent yet is sent/);
      expect(said).toHaveTextContent(hint);
    },
  );
});

describe('the phone panel', () => {
  it('says since when the phone is not registered, and when it is tried again', async () => {
    const state = signedInState();
    const registration = {
      state: 'offline',
      sinceMs,
      retryAtMs: Date.now() + 20_000,
      reason: 'lost',
    } as const;
    const { user } = await agent({ phone: { ...state.phone, registration } });
    await user.click(screen.getByRole('button', { name: 'Phone panel. Not registered' }));
    expect(await screen.findByText(/The exchange does not answer/)).toBeVisible();
    expect(screen.getByText('Since 09:05.')).toBeVisible();
    expect(screen.getByText(/^Next attempt in \d+ s\.$/)).toBeVisible();
  });
});

describe('a call', () => {
  it('that was cut off says why in its wrap-up; one that was ended says nothing', async () => {
    const box = (endCause: 'network' | 'media' | null) =>
      renderWindow(<CallBox />, callBoxTopics, signedInState({ calls: [wrapUp('c1', { endCause })] }));
    const first = await box('network');
    expect(screen.getByText(/^The connection to the other side was lost/)).toBeVisible();
    first.unmount();
    const second = await box('media');
    expect(screen.getByText(/^The sound of this call could not be brought back/)).toBeVisible();
    second.unmount();
    await box(null);
    expect(screen.queryByText(/call back/)).toBeNull();
  });

  it('that cannot be held without a link says so, and what still works', async () => {
    const { user } = await renderWindow(
      <CallBox />,
      callBoxTopics,
      signedInState({ calls: [talking('c1')] }),
      {
        'calls.hold': () => {
          throw new CommandFailed('exchangeAway', 'away');
        },
      },
    );
    await user.click(screen.getByRole('button', { name: /^Hold/ }));
    expect(
      await screen.findByText(/^The exchange does not answer, so the other side cannot be told/),
    ).toBeVisible();
  });
});
