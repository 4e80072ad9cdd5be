// Call mode in the agent window: the order card, its keys, what stands instead of it, and a record's orders.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { DialUpView } from '#shared/desktop/dial-up-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { AgentWindow, agentTopics } from '../../src-renderer/agent/agent-window.tsx';
import { renderWindow } from '../support/render-window.tsx';
import { dialUpView, sampleOrder, workedOrder } from '../support/sample-orders.ts';
import { signedInState, talking } from '../support/sample-state.ts';
import type { Overrides, ScriptedState } from '../support/scripted-main.ts';

async function dialUp(view: DialUpView, state: Partial<ScriptedState> = {}, overrides: Overrides = {}) {
  const window = await renderWindow(
    <AgentWindow />,
    agentTopics,
    { ...signedInState(state), dialUp: view },
    overrides,
  );
  await window.user.click(screen.getByRole('button', { name: /^Dial-up/ }));
  return window;
}

const onDesk = (over: Parameters<typeof workedOrder>[0] = {}) =>
  dialUpView({ state: 'order', order: workedOrder(over) });

describe('the order card', () => {
  it('shows the person, the order, why now, the attempts and notes before, and the script (DIAL-8)', async () => {
    await dialUp(onDesk());
    const card = screen.getByRole('article');
    for (const shown of [
      'Anna Bergmann',
      'Has waited longer than the standard time',
      '€189.90',
      /2 × garden chair/,
      /Courier, Friday/,
      'moss green',
      'Rang for a long time.',
      /In a meeting/,
      /Good day, my name is/,
      'standard time 4 min',
    ])
      expect(within(card).getByText(shown)).toBeVisible();
    expect(within(card).getByRole('button', { name: 'Dial 020 7946 0812 Mobile' })).toBeEnabled();
  });

  it('names a free mode as the admin has named it (DIAL-2)', async () => {
    await dialUp(onDesk({ leased: { mode: 'random1', modeName: 'Winter sale' } }));
    expect(within(screen.getByRole('article')).getByText('Winter sale')).toBeVisible();
    expect(screen.queryByText('Random 1')).toBeNull();
  });

  it('dials on its key, stops the countdown on another, and dials another number by a click', async () => {
    const { user, asked } = await dialUp(onDesk({ dialsAtMs: Date.now() + 30_000 }));
    expect(screen.getByText(/^Dials in \d+ s$/)).toBeVisible();
    await user.keyboard('s');
    await waitFor(() => expect(asked('dialUp.stopCountdown')).toHaveLength(1));
    await user.keyboard('d');
    await waitFor(() => expect(asked('dialUp.dial')).toEqual([{ number: null }]));
    await user.click(screen.getByRole('button', { name: 'Dial 020 7946 0813 / 12 Work' }));
    await waitFor(() => expect(asked('dialUp.dial').at(-1)).toEqual({ number: '+442079460813' }));
  });

  it('ends the order by a digit, with what was typed written first (DIAL-9)', async () => {
    const { user, asked, main } = await dialUp(onDesk());
    await user.keyboard('n');
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'Yes');
    await user.keyboard('{Alt>}1{/Alt}');
    await waitFor(() =>
      expect(asked('dialUp.end')).toEqual([{ orderId: sampleOrder().id, button: 'confirmed' }]),
    );
    const names = main.asked.map(({ name }) => name);
    expect(names.indexOf('dialUp.changeDraft')).toBeLessThan(names.indexOf('dialUp.end'));
    expect(asked('dialUp.changeDraft').at(-1)).toEqual({ orderId: sampleOrder().id, note: 'Yes' });
  });

  it('takes a digit in the note for what it is, and names the two extra buttons as the mode does', async () => {
    const { user, asked } = await dialUp(onDesk());
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'at 9');
    expect(asked('dialUp.end')).toEqual([]);
    await user.click(screen.getByRole('button', { name: /Wants a catalogue/ }));
    await waitFor(() => expect(asked('dialUp.end')).toHaveLength(1));
    expect(screen.getByRole('button', { name: /No answer again in 2 h/ })).toBeVisible();
  });

  it('asks for the time of a call back where it is missing, and plans it by day, time and person', async () => {
    const { user, asked } = await dialUp(
      onDesk(),
      {},
      {
        'dialUp.end': () => {
          throw new CommandFailed('callBackTimeMissing', 'Missing by script.');
        },
      },
    );
    await user.keyboard('3');
    expect(await screen.findByText('Choose when to call back. The note is safe.')).toBeVisible();
    const time = screen.getByRole('textbox', { name: 'Time' });
    expect(time).toHaveFocus();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Day' }), 'Tomorrow');
    await user.clear(time);
    await user.type(time, '14.30{Enter}');
    await user.click(screen.getByRole('radio', { name: 'Only me' }));
    const at = new Date();
    at.setDate(at.getDate() + 1);
    at.setHours(14, 30, 0, 0);
    await waitFor(() =>
      expect(asked('dialUp.changeDraft').slice(-2)).toEqual([
        { orderId: sampleOrder().id, callBackAtMs: at.getTime() },
        { orderId: sampleOrder().id, own: true },
      ]),
    );
  });

  it('says why it may not be dialled, and that a lease is over, with what is safe', async () => {
    const { main } = await dialUp(
      onDesk({
        intents: { dial: false, stopCountdown: false, end: true },
        leased: { mayDial: { may: false, reason: 'doNotCall', untilMs: null } },
      }),
    );
    expect(screen.getByText(/do-not-call list/)).toBeVisible();
    expect(screen.getByRole('button', { name: /^Dial$/ })).toBeDisabled();
    main.set('dialUp', onDesk({ leaseOver: true }));
    expect(await screen.findByText(/What you write and choose is kept all the same/)).toBeVisible();
  });

  const { record } = workedOrder().leased;
  const cases: [string, Parameters<typeof workedOrder>[0], RegExp][] = [
    [
      'no number',
      { number: null, leased: { record: record && { ...record, numbers: [] } } },
      /has no number.*Nothing is lost: add a number/,
    ],
    [
      'no time zone',
      { leased: { clocks: { zones: ['Asia/Tokyo'], from: 'project' } } },
      /by the project’s clock, since the number tells no time zone\. Calling hours go by it/,
    ],
    [
      'on the do-not-call list by now',
      { leased: { mayDial: { may: false, reason: 'doNotCall', untilMs: null } } },
      /not dialled any more\. What you wrote is kept; end the order/,
    ],
    [
      'a call that failed',
      { callEnd: { outcome: 'failed', endCause: 'network', endedAtMs: Date.now() } },
      /Nobody was reached\. Dial again, or end the order/,
    ],
    [
      'a mode that was closed',
      { modeClosed: true },
      /not open to you any more.*end it as usual, and it counts/,
    ],
  ];
  it.each(cases)('says what happened, what is safe and what to do: %s', async (_what, over, words) => {
    await dialUp(onDesk(over));
    expect(within(screen.getByRole('article')).getByText(words)).toBeVisible();
  });

  it('is not hidden by the form of its own call, and the call box leaves note and outcome to it', async () => {
    const call = talking('c1', { orderId: sampleOrder().id, direction: 'outbound' });
    await dialUp(onDesk({ callId: call.callId }), { calls: [call] });
    expect(screen.getByRole('heading', { name: 'Anna Bergmann' })).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Form/ })).toBeNull();
    expect(screen.getByRole('button', { name: /Dial again/ })).toBeVisible();
  });
});

describe('beside the card', () => {
  it('begins by its key, and says why it cannot', async () => {
    const { user } = await dialUp(
      dialUpView(),
      {},
      {
        'dialUp.start': () => {
          throw new CommandFailed('notAvailable', 'Away by script.');
        },
      },
    );
    expect(screen.getByText('Winter sale · Nordwind Parcels')).toBeVisible();
    await user.keyboard('g');
    expect(await screen.findByText(/Your status takes no calls/)).toBeVisible();
  });

  it.each([
    ['nothing', /Nothing to call right now/],
    ['hubAway', /What you did is kept on this computer/],
    ['busy', /The next order comes by itself as soon as you are free/],
    ['asking', /Getting the next order/],
    ['closed', /What you did is kept and counts/],
  ] as const)('says in words what is so: %s', async (state, words) => {
    await dialUp(dialUpView({ state }));
    expect(screen.getByText(words)).toBeVisible();
  });

  it('takes the last outcome back, pauses after this one, and counts what was done today', async () => {
    const undo = {
      orderId: sampleOrder().id,
      name: 'Jens Rot',
      button: 'extra1' as const,
      label: 'Wants a catalogue',
      untilMs: Date.now() + 9_000,
    };
    const { user, asked } = await dialUp({ ...onDesk(), undo });
    expect(screen.getByRole('status', { name: '' })).toHaveTextContent('Wants a catalogue: Jens Rot');
    expect(screen.getByRole('region', { name: 'Today' })).toHaveTextContent(
      '27 attemptsConfirmed 12No answer 9Call back 3Wants a catalogue 2Catalogue 1',
    );
    await user.keyboard('u');
    await user.keyboard('p');
    await waitFor(() => expect(asked('dialUp.undo')).toHaveLength(1));
    expect(asked('dialUp.pauseAfterThis')).toEqual([{ on: true }]);
  });

  it('is no place to go where there is no call mode', async () => {
    await renderWindow(<AgentWindow />, agentTopics, signedInState());
    expect(screen.getByRole('button', { name: /^History/ })).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Dial-up/ })).toBeNull();
  });
});
