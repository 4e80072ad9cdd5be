// The links as the agent sees them: what is so and since when, for the hub and for the registration, and why a call was
// cut off.
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { AgentWindow, agentTopics } from '../../src-renderer/agent/agent-window.tsx';
import { CallBox, callBoxTopics } from '../../src-renderer/call-box/call-box.tsx';
import { renderWindow } from '../support/render-window.tsx';
import { signedInState, talking, wrapUp } from '../support/sample-state.ts';
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
