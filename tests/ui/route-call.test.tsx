// CALL-9 in the windows: to whom a call is given, what the transfer is doing, and why it came to nothing.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { CallTransfer } from '#shared/domain/call-view.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { CallBox, callBoxTopics } from '../../src-renderer/call-box/call-box.tsx';
import { renderWindow } from '../support/render-window.tsx';
import { foundIn } from '../support/sample-people.ts';
import { signedInState, talking, wrapUp } from '../support/sample-state.ts';
import type { Overrides, ScriptedState } from '../support/scripted-main.ts';

const box = (state: Partial<ScriptedState>, overrides: Overrides = {}) =>
  renderWindow(<CallBox />, callBoxTopics, signedInState(state), overrides);

const toSam = (over: Partial<CallTransfer> = {}): CallTransfer => ({
  to: 'Sam Okafor',
  kind: 'person',
  sinceMs: Date.now() - 5000,
  progress: 'ringing',
  failure: null,
  ...over,
});

function transferring(transfer: CallTransfer) {
  const { intents, ...call } = talking('c1');
  const now = { hold: false, sendDtmf: false, transfer: false, takeBack: true };
  return {
    ...call,
    phase: 'transferring' as const,
    transfer,
    intents: { ...intents, ...now, letGo: transfer.kind === 'project' },
  };
}

describe('the choice', () => {
  it('opens by its key, shows each person’s standing in a word, and is watched while it is open', async () => {
    const { user, asked } = await box({ calls: [talking('c1')] });
    await user.keyboard('{Alt>}r{/Alt}');
    const list = await screen.findByRole('listbox', { name: 'Give this call to …' });
    const rows = within(list)
      .getAllByRole('option')
      .map((row) => row.textContent ?? '');
    expect(rows.find((row) => row.startsWith('Sam Okafor'))).toMatch(
      /^Sam Okafor203 · SupportAvailablesince/,
    );
    expect(rows.find((row) => row.startsWith('Nora Weiß'))).toMatch(/Busysince/);
    expect(rows.find((row) => row.startsWith('Lena Fischer'))).toMatch(/No phone$/);
    expect(rows.at(-1)).toBe('Returns desk+442079460155');
    await waitFor(() => expect(asked('people.watch')).toEqual([{ on: true }]));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    await waitFor(() => expect(asked('people.watch').at(-1)).toEqual({ on: false }));
    expect(screen.getByRole('textbox', { name: 'Note' })).toHaveFocus();
  });

  it('begins with who is free, by name, and leaves the rows where they are while it is open', async () => {
    const { user, main } = await box({ calls: [talking('c1')] });
    await user.keyboard('{Alt>}r{/Alt}');
    await screen.findByRole('listbox');
    const openedAtMs = performance.now();
    const names = () => screen.getAllByRole('option').map((each) => /^\D+/.exec(each.textContent ?? '')?.[0]);
    const opened = [
      'Sam Okafor',
      'Priya Raman',
      'Anastasia Konstantinopolitanska',
      'Jörg Müller-Lüdenscheidt',
      'Lena Fischer',
      'Nora Weiß',
      'Tom Baker',
    ];
    expect(names().slice(0, 7)).toEqual(opened);
    // Once it has settled.
    await waitFor(() => expect(performance.now() - openedAtMs).toBeGreaterThan(300));
    const tom = foundIn('').people.find(({ displayName }) => displayName === 'Tom Baker')?.presence;
    if (!tom) throw new Error('The sample has Tom.');
    main.emit('people.presence', [{ ...tom, status: 'available' }]);
    await waitFor(() =>
      expect(screen.getByRole('option', { name: /Tom Baker/ })).toHaveTextContent('Available'),
    );
    expect(names().slice(0, 7)).toEqual(opened);
  });

  it('gives the call to whom the typed name finds, however soon Enter comes', async () => {
    const held: (() => void)[] = [];
    const { user, main, asked } = await box({ calls: [talking('c1')] });
    await user.keyboard('{Alt>}r{/Alt}');
    const field = await screen.findByRole('combobox');
    await waitFor(() => expect(screen.getAllByRole('option').length).toBeGreaterThan(3));
    main.override('people.search', ({ text }) =>
      new Promise<void>((resolve) => held.push(resolve)).then(() => foundIn(text)),
    );
    await user.type(field, 'nora{Enter}');
    expect(asked('calls.transfer')).toEqual([]);
    for (const answer of held) answer();
    await waitFor(() => expect(asked('calls.transfer')).toEqual([{ callId: 'c1', target: '206' }]));
  });

  it('is narrowed by typing, walked by arrow keys, and made by Enter', async () => {
    const { user, asked } = await box({ calls: [talking('c1')] });
    await user.keyboard('{Alt>}r{/Alt}');
    await user.type(await screen.findByRole('combobox'), 'support');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(3));
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(screen.getByRole('option', { selected: true })).toHaveTextContent('Sam Okafor');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(asked('calls.transfer')).toEqual([{ callId: 'c1', target: '203' }]));
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
  });

  it('stays open with the reason where the desk refuses', async () => {
    const { user } = await box(
      { calls: [talking('c1')] },
      {
        'calls.transfer': () => {
          throw new CommandFailed('exchangeAway', 'away');
        },
      },
    );
    await user.keyboard('{Alt>}r{/Alt}');
    await screen.findAllByRole('option');
    await user.keyboard('{Enter}');
    expect(await screen.findByText(/The exchange does not answer/)).toBeVisible();
    expect(screen.getByRole('combobox')).toBeVisible();
  });

  it('takes a number that is nobody’s, and not where the agent may not call outside', async () => {
    const { user, asked } = await box({ calls: [talking('c1')] });
    await user.keyboard('{Alt>}r{/Alt}');
    await user.type(await screen.findByRole('combobox'), '+4915112345678');
    expect(
      await screen.findByRole('option', { name: /15112345678 This number|15112345678This number/ }),
    ).toBeVisible();
    await user.keyboard('{Enter}');
    await waitFor(() =>
      expect(asked('calls.transfer')).toEqual([{ callId: 'c1', target: '+4915112345678' }]),
    );
  });
});

describe('a transfer', () => {
  it('says where it rings, and the caller is taken back by the button or its key', async () => {
    const { user, asked } = await box({ calls: [transferring(toSam())] });
    expect(screen.getByText('Ringing at Sam Okafor')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Leave in line' })).toBeNull();
    await user.click(screen.getByRole('button', { name: /^Take back/ }));
    await user.keyboard('{Alt>}b{/Alt}');
    await waitFor(() => expect(asked('calls.takeBack')).toHaveLength(2));
  });

  it('to a project may be left in line there', async () => {
    const { user, asked } = await box({
      calls: [transferring(toSam({ to: 'Returns desk', kind: 'project', progress: 'queued' }))],
    });
    expect(screen.getByText('In line at Returns desk')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Leave in line' }));
    await waitFor(() => expect(asked('calls.letGo')).toEqual([{ callId: 'c1' }]));
  });

  it('that failed says why and who is there again, until it is dismissed', async () => {
    const { user, asked } = await box({
      calls: [talking('c1', { transfer: toSam({ progress: 'failed', failure: 'noAnswer' }) })],
    });
    expect(screen.getByText('Sam Okafor does not answer')).toBeVisible();
    expect(screen.getByText('Annika Lindqvist is with you again.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'OK' }));
    await waitFor(() => expect(asked('calls.dismissTransfer')).toEqual([{ callId: 'c1' }]));
    await user.click(screen.getByRole('button', { name: 'Somebody else' }));
    expect(await screen.findByRole('combobox')).toBeVisible();
  });

  it('that is done is said in the wrap-up', async () => {
    await box({ calls: [wrapUp('c1', { transfer: toSam({ progress: 'done' }) })] });
    expect(screen.getByText('Given to Sam Okafor.')).toBeVisible();
  });
});
