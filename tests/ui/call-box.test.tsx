// The call box: its three faces, its keys, and the note that is typed through the end of a call.

import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import type { CallId, DispositionId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { CallBox, callBoxTopics } from '../../src-renderer/call-box/call-box.tsx';
import { renderWindow } from '../support/render-window.tsx';
import {
  callView,
  dispositions,
  historyEntry,
  party,
  signedInState,
  talking,
  unknownParty,
  withheldParty,
  wrapUp,
} from '../support/sample-state.ts';
import type { Overrides, ScriptedState } from '../support/scripted-main.ts';

const box = (state: Partial<ScriptedState>, overrides: Overrides = {}) =>
  renderWindow(<CallBox />, callBoxTopics, signedInState(state), overrides);

describe('the ringing face', () => {
  it('names the caller, the project and the queue, and offers exactly Accept, Ignore and Decline', async () => {
    await box({ calls: [callView('c1')] });
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Annika Lindqvist');
    const face = screen.getByRole('region', { name: 'Incoming call' });
    expect(face).toHaveTextContent('030 55501234');
    expect(face).toHaveTextContent('Call toNordwind Parcels');
    expect(face).toHaveTextContent('QueueDeliveries');
    expect(
      within(face)
        .getAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual(['Accept⏎', 'IgnoreI', 'DeclineD']);
    expect(screen.getByRole('alert')).toHaveTextContent('Incoming call from Annika Lindqvist');
  });

  it('says of a redirected call that the number may not be the true one', async () => {
    await box({ calls: [callView('c1', { remote: unknownParty, redirectedFrom: '+49404567890' })] });
    expect(
      screen.getByText(/Redirected from \+49404567890\. .*may not be the caller’s true one/),
    ).toBeVisible();
  });

  it('says that a number is withheld where nothing else is known', async () => {
    await box({ calls: [callView('c1', { remote: withheldParty })] });
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Number withheld');
  });

  it.each([
    ['{Enter}', 'calls.accept'],
    ['i', 'calls.ignore'],
    ['d', 'calls.decline'],
  ])('is answered by the key %s with %s', async (key, command) => {
    const { user, asked } = await box({ calls: [callView('c1')] });
    await user.keyboard(key);
    await waitFor(() => expect(asked(command)).toEqual([{ callId: 'c1' }]));
  });

  it('does nothing on Escape', async () => {
    const { user, main } = await box({ calls: [callView('c1')] });
    const before = main.asked.length;
    await user.keyboard('{Escape}');
    expect(main.asked.slice(before)).toEqual([]);
  });

  it('accepts only once when Enter presses the Ignore button that has the focus', async () => {
    const { user, asked } = await box({ calls: [callView('c1')] });
    screen.getByRole('button', { name: /Ignore/ }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(asked('calls.ignore')).toHaveLength(1));
    expect(asked('calls.accept')).toEqual([]);
  });

  it('keeps the oldest offer on top and gives each other one buttons of its own', async () => {
    const { user, asked } = await box({
      calls: [
        callView('young', { remote: party({ name: 'Young' }), startedAtMs: Date.now() - 1000 }),
        callView('old', { remote: party({ name: 'Old' }), startedAtMs: Date.now() - 9000 }),
      ],
    });
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Old');
    await user.click(screen.getByRole('button', { name: 'Accept Young' }));
    await waitFor(() => expect(asked('calls.accept')).toEqual([{ callId: 'young' }]));
  });

  it('goes away when the call was ignored', async () => {
    const { main, asked } = await box({ calls: [callView('c1')] });
    main.changeCall('c1', { phase: 'ignored' });
    await waitFor(() => expect(asked('window.hide')).toHaveLength(1));
    expect(screen.queryByText('Annika Lindqvist')).toBeNull();
  });

  it('says in words why an answer was refused', async () => {
    const { user } = await box(
      { calls: [callView('c1')] },
      {
        'calls.accept': () => {
          throw new CommandFailed('microphoneNotReady', 'no');
        },
      },
    );
    await user.click(screen.getByRole('button', { name: /Accept/ }));
    expect(await screen.findByText(/The microphone is not ready/)).toBeVisible();
  });
});

describe('the talking face', () => {
  it('shows the mute that main tells, and asks for the other one', async () => {
    const { user, main, asked } = await box({ calls: [talking('c1')] });
    await user.click(screen.getByRole('button', { name: /Mute/ }));
    await waitFor(() => expect(asked('calls.setMuted')).toEqual([{ callId: 'c1', muted: true }]));
    expect(screen.getByRole('button', { name: /^Mute/ })).toBeVisible();
    main.changeCall('c1', { muted: true });
    expect(await screen.findByRole('button', { name: /Unmute/ })).toBeVisible();
    expect(screen.getByText('Muted')).toBeVisible();
  });

  it('lets letters be text in the note, and acts on them with Alt', async () => {
    const { user, asked } = await box({ calls: [talking('c1')] });
    const note = screen.getByRole('textbox', { name: 'Note' });
    expect(note).toHaveFocus();
    await user.keyboard('mhke');
    expect(note).toHaveValue('mhke');
    expect(asked('calls.setMuted')).toEqual([]);
    await user.keyboard('{Alt>}h{/Alt}');
    await waitFor(() => expect(asked('calls.hold')).toEqual([{ callId: 'c1' }]));
    await user.keyboard('{Alt>}e{/Alt}');
    await waitFor(() => expect(asked('calls.hangUp')).toEqual([{ callId: 'c1' }]));
  });

  it('never ends the call on a plain letter', async () => {
    const { user, asked } = await box({ calls: [talking('c1')] });
    screen.getByRole('textbox', { name: 'Note' }).blur();
    await user.keyboard('e');
    expect(asked('calls.hangUp')).toEqual([]);
  });

  it('sends typed digits as tones while the keypad is open', async () => {
    const { user, main, asked } = await box({ calls: [talking('c1')] });
    await user.click(screen.getByRole('button', { name: /Keypad/ }));
    await user.keyboard('4#');
    await waitFor(() =>
      expect(asked('calls.sendDtmf')).toEqual([
        { callId: 'c1', tones: '4' },
        { callId: 'c1', tones: '#' },
      ]),
    );
    main.changeCall('c1', { dtmfSent: '4#' });
    expect(await screen.findByRole('status', { name: 'Digits sent' })).toHaveTextContent('4#');
  });

  it('marks the note as saved only after main has replied', async () => {
    let reply = (): void => undefined;
    const { user } = await box(
      { calls: [talking('c1')] },
      {
        'drafts.change': ({ callId, note }) =>
          new Promise((resolve) => {
            reply = () =>
              resolve({
                callId,
                note: note ?? '',
                dispositionId: null,
                form: emptyFormDraft,
                savedAtMs: Date.now(),
              });
          }),
      },
    );
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'Hello');
    expect(screen.getByText('Saving…')).toBeVisible();
    expect(screen.queryByText(/^Saved \d/)).toBeNull();
    await waitFor(() => {
      reply();
      expect(screen.getByText(/^Saved \d/)).toBeVisible();
    });
  });

  it('keeps the text and says so at once when the disk is full', async () => {
    const { user } = await box(
      { calls: [talking('c1')] },
      {
        'drafts.change': () => {
          throw new CommandFailed('diskFull', 'full');
        },
      },
    );
    const note = screen.getByRole('textbox', { name: 'Note' });
    await user.type(note, 'precious');
    expect(await screen.findByText(/The disk is full\. Your text is kept/)).toBeVisible();
    expect(note).toHaveValue('precious');
  });

  it('goes on in the same field, with the focus, when the call ends under the typing hands', async () => {
    const { user, main } = await box({ calls: [talking('c1')] });
    const note = screen.getByRole('textbox', { name: 'Note' });
    await user.type(note, 'half a sen');
    const { draft } = main.state.calls[0] ?? talking('c1');
    main.changeCall('c1', { ...wrapUp('c1'), draft });
    expect(await screen.findByRole('button', { name: /Save/ })).toBeVisible();
    await user.keyboard('tence');
    expect(screen.getByRole('textbox', { name: 'Note' })).toBe(note);
    expect(note).toHaveFocus();
    expect(note).toHaveValue('half a sentence');
  });

  it('does not decline a call that begins to ring under the typing hands', async () => {
    const { user, main, asked } = await box({ calls: [wrapUp('c1')] });
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'wor');
    main.set('calls', [callView('c2')]);
    expect(await screen.findByRole('button', { name: /Decline/ })).toBeVisible();
    await user.keyboard('d');
    expect(asked('calls.decline')).toEqual([]);
  });
});

describe('the wrap-up face', () => {
  it('says why it cannot be saved yet, and saves when the reason is gone', async () => {
    const { user, asked } = await box({ calls: [wrapUp('c1')] });
    const save = screen.getByRole('button', { name: /Save/ });
    expect(save).toBeDisabled();
    expect(screen.getByText('Choose a disposition to save.')).toBeVisible();
    await user.click(screen.getByRole('radio', { name: 'Refund promised' }));
    expect(await screen.findByText('This disposition needs a note. Write one to save.')).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: 'Note' }), '20 €');
    expect(save).toBeEnabled();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(asked('calls.finish')).toEqual([{ callId: 'c1' }]));
    expect(Object.assign({}, ...asked('drafts.change'))).toMatchObject({
      note: '20 €',
      dispositionId: 'refund',
    });
  });

  it('says that a chosen disposition has been removed, keeps the note, and saves with another', async () => {
    const draft = {
      note: 'Ordered two',
      dispositionId: 'gone' as DispositionId,
      form: emptyFormDraft,
      savedAtMs: 1,
    };
    const { user, asked } = await box({
      calls: [wrapUp('c1', { draft: { callId: 'c1' as CallId, ...draft }, dispositionRequired: false })],
    });
    const save = screen.getByRole('button', { name: /Save/ });
    expect(screen.getByText(/disposition you chose has been removed/)).toBeVisible();
    expect(save).toBeDisabled();
    await user.click(screen.getByRole('radio', { name: 'Question answered' }));
    await user.click(save);
    await waitFor(() => expect(asked('calls.finish')).toEqual([{ callId: 'c1' }]));
    expect(asked('drafts.change')).toEqual([{ callId: 'c1', dispositionId: 'answered' }]);
  });

  it('chooses dispositions by digit outside the note and by Alt with the digit inside it', async () => {
    const { user, asked } = await box({ calls: [wrapUp('c1')] });
    const note = screen.getByRole('textbox', { name: 'Note' });
    await user.type(note, '4');
    expect(note).toHaveValue('4');
    expect(screen.getByRole('radio', { name: 'Call back later' })).not.toBeChecked();
    await user.keyboard('{Alt>}[Digit4]{/Alt}');
    expect(await screen.findByRole('radio', { name: 'Call back later' })).toBeChecked();
    await waitFor(() => expect(asked('drafts.change').at(-1)).toMatchObject({ dispositionId: 'callBack' }));
  });

  it('takes the digit that follows a Tab out of the note at once', async () => {
    const { user } = await box({ calls: [wrapUp('c1')] });
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'done');
    await user.tab();
    await user.keyboard('[Digit2]');
    expect(await screen.findByRole('radio', { name: 'Question answered' })).toBeChecked();
  });

  it('leaves the note on Escape and comes back to it on N, with the text untouched', async () => {
    const { user } = await box({ calls: [talking('c1')] });
    const note = screen.getByRole('textbox', { name: 'Note' });
    await user.type(note, 'kept');
    await user.keyboard('{Escape}');
    expect(note).not.toHaveFocus();
    await user.keyboard('n');
    expect(note).toHaveFocus();
    expect(note).toHaveValue('kept');
  });

  it('does not finish while the draft could not be written', async () => {
    const { user, asked } = await box(
      { calls: [wrapUp('c1')] },
      {
        'drafts.change': () => {
          throw new CommandFailed('diskFull', 'full');
        },
      },
    );
    await user.click(screen.getByRole('radio', { name: dispositions[0]?.label ?? '' }));
    await user.click(screen.getByRole('button', { name: /Save/ }));
    expect(await screen.findByText('Not saved')).toBeVisible();
    expect(asked('calls.finish')).toEqual([]);
  });

  it('gives one more minute', async () => {
    const { user, asked } = await box({ calls: [wrapUp('c1')] });
    expect(screen.getByText(/^0:4\d left$/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: '+1 min' }));
    await waitFor(() => expect(asked('calls.extendWrapUp')).toEqual([{ callId: 'c1', byMs: 60_000 }]));
  });

  it('offers to undo after a save, for as long as main says', async () => {
    const { user, asked } = await box({
      history: [historyEntry('h1', { state: 'undoable', undoUntilMs: Date.now() + 9000 })],
    });
    expect(await screen.findByText('Saved: Annika Lindqvist')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(asked('calls.undoFinish')).toEqual([{ callId: 'h1' }]));
  });
});

describe('in German', () => {
  it('shows the call box in German', async () => {
    const state = signedInState({ calls: [callView('c1')] });
    await renderWindow(<CallBox />, callBoxTopics, {
      ...state,
      settings: { ...state.settings, language: 'de' },
    });
    expect(await screen.findByRole('button', { name: /Annehmen/ })).toBeVisible();
    expect(document.documentElement.lang).toBe('de');
  });
});
