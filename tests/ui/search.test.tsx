// Control and K: finds, opens, dials and commands, by keys alone; a call's buttons stay in reach.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AgentWindow, agentTopics } from '../../src-renderer/agent/agent-window.tsx';
import { renderWindow } from '../support/render-window.tsx';
import { sampleRecords } from '../support/sample-records.ts';
import { callView, signedInState } from '../support/sample-state.ts';
import type { ScriptedState } from '../support/scripted-main.ts';
import { noRecords } from '../support/scripted-records.ts';

async function palette(over: Partial<ScriptedState> = {}) {
  const state = signedInState({ records: { ...noRecords(), records: sampleRecords(40) }, ...over });
  const shown = await renderWindow(<AgentWindow />, agentTopics, state);
  await shown.user.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('combobox', { name: /^Search people/ });
  const active = () => document.getElementById(field.getAttribute('aria-activedescendant') ?? '');
  return { ...shown, field, active };
}

describe('the search over everything', () => {
  it('finds a note by a word of it, marks the hit, and opens its record with Enter', async () => {
    const { user, field, active } = await palette();
    expect(field).toHaveFocus();
    await user.type(field, 'neighbour');
    await waitFor(() => expect(active()).toHaveTextContent(/neighbour/));
    expect(active()?.querySelector('mark')).toHaveTextContent('neighbour');
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('button', { name: 'Edit' })).toBeVisible();
    expect(screen.queryByRole('combobox', { name: /^Search people/ })).toBeNull();
  });

  it('CALL-3 dials a number that was typed', async () => {
    const { user, field, asked } = await palette();
    await user.type(field, '+49 30 1234567{Enter}');
    await waitFor(() => expect(asked('calls.dial')).toEqual([{ target: '+49 30 1234567' }]));
  });

  it('dials the record that is active with Control and Enter', async () => {
    const { user, field, active, asked } = await palette();
    await user.type(field, 'wisn');
    await waitFor(() => expect(active()).toHaveTextContent(/Wiśniewski/));
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(asked('calls.dial')).toHaveLength(1));
  });

  it('sets the status and goes to places by their names', async () => {
    const { user, field, main } = await palette();
    await user.type(field, 'away{Enter}');
    await waitFor(() => expect(main.state.presence.status).toBe('away'));
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('combobox', { name: /^Search people/ }), 'voicemail{Enter}');
    expect(await screen.findByRole('heading', { name: 'Voicemail', level: 1 })).toBeVisible();
  });

  it('says how much was found, and gives the keyboard back when it closes', async () => {
    const { user, field } = await palette();
    await user.type(field, 'qqqq');
    const panel = screen.getByRole('region', { name: 'Search everything' });
    await waitFor(() => expect(within(panel).getByRole('status')).toHaveTextContent(/^Nothing found/));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('region', { name: 'Search everything' })).toBeNull();
  });

  it('leaves a ringing call its buttons, and answers none by what is typed', async () => {
    const { user, field, asked } = await palette({ calls: [callView('c1')] });
    await user.type(field, 'id');
    expect(asked('calls.decline')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Accept' }));
    expect(asked('calls.accept')).toHaveLength(1);
  });
});
