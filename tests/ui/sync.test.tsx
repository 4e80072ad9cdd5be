// OFF-3 in the window: the chip says how things stand, the page what waits and why, and a conflict is decided by a person.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { RecordConflict, SyncView, WaitingItem } from '#shared/desktop/sync-view-contract.ts';
import { mutationId, recordId } from '#shared/domain/ids.ts';
import { AgentWindow, agentTopics } from '../../src-renderer/agent/agent-window.tsx';
import { renderWindow } from '../support/render-window.tsx';
import { sampleRecord } from '../support/sample-records.ts';
import { signedInState } from '../support/sample-state.ts';
import type { ScriptedState } from '../support/scripted-main.ts';

const view = (over: Partial<SyncView>): SyncView => ({
  waiting: 0,
  conflicts: 0,
  refused: 0,
  pulling: null,
  sameSinceMs: Date.now(),
  why: 'nothing',
  ...over,
});

const item = (id: string, over: Partial<WaitingItem>): WaitingItem => ({
  mutationId: mutationId.parse(id),
  kind: 'note.add',
  about: 'Annika Lindqvist',
  recordId: recordId.parse('record-0'),
  callId: null,
  madeAtMs: Date.now(),
  state: 'waiting',
  reason: null,
  attempts: 0,
  ...over,
});

const agent = (over: Partial<ScriptedState>) =>
  renderWindow(<AgentWindow />, agentTopics, signedInState(over));

describe('the sync chip', () => {
  it.each([
    ['All sent', view({}), 'Everything here is saved and sent.'],
    ['3 waiting', view({ waiting: 3, why: 'hubAway' }), /^The hub does not answer/],
    ['1 conflict', view({ waiting: 1, conflicts: 1, why: 'sending' }), /^Somebody else changed the same/],
    ['Disk full', view({ why: 'diskFull' }), /is full\. What was saved here is safe, .* Free some space/],
    [
      'Disk error',
      view({ waiting: 2, why: 'diskFailed' }),
      /could not be written\. What was saved here is safe/,
    ],
    ['Fetching 61 %', view({ pulling: { done: 61, total: 100 } }), /^61 of 100 records have arrived/],
  ] as const)('OFF-3 says “%s”, and why', async (word, sync, hint) => {
    const { user } = await agent({ sync });
    await user.click(screen.getByTitle(word));
    expect(await screen.findByText(hint)).toBeVisible();
  });
});

describe('the page of syncing', () => {
  const open = async (over: Partial<ScriptedState>) => {
    const shown = await agent(over);
    await shown.user.click(screen.getByTitle(/waiting|conflict|not accepted/));
    await shown.user.click(await screen.findByRole('button', { name: 'Show details' }));
    return shown;
  };

  it('OFF-3 lists what waits, and puts away what the hub refused once its reason was looked at', async () => {
    const { user, asked } = await open({
      sync: view({ waiting: 1, refused: 1, why: 'hubAway' }),
      unsent: {
        items: [
          item('w1', {}),
          item('r1', { about: 'Fjordlogistik AS', state: 'refused', reason: 'noSuchRecord' }),
        ],
        conflicts: [],
      },
    });
    const refused = await screen.findByRole('region', { name: 'Not accepted' });
    expect(within(refused).getByText('The record was erased at the hub meanwhile.')).toBeVisible();
    expect(
      within(screen.getByRole('region', { name: 'Waiting' })).getByText('Annika Lindqvist'),
    ).toBeVisible();
    await user.click(within(refused).getByRole('button', { name: 'Put away' }));
    expect(asked('sync.putAway')).toEqual([{ mutationId: 'r1' }]);
  });

  it('OFF-3 shows both versions of a conflict and applies the choice for each field', async () => {
    const { record } = sampleRecord(0, Date.now());
    const conflict: RecordConflict = {
      mutationId: mutationId.parse('c1'),
      recordId: record.id,
      madeAtMs: Date.now(),
      before: { city: 'Berlin', description: '' },
      mine: { city: 'Potsdam', description: 'Moved.' },
      theirs: { ...record, city: 'Hamburg', description: 'Ring twice.' },
      clashes: ['city', 'description'],
    };
    const { user, asked } = await open({
      sync: view({ waiting: 1, conflicts: 1 }),
      unsent: { items: [], conflicts: [conflict] },
    });
    const city = await screen.findByRole('group', { name: /^City/ });
    const apply = screen.getByRole('button', { name: 'Apply choice' });
    await user.click(within(city).getByRole('radio', { name: /Hamburg/ }));
    expect(apply).toBeDisabled();
    await user.click(screen.getByRole('radio', { name: /Moved\./ }));
    await user.click(apply);
    await waitFor(() =>
      expect(asked('sync.resolve')).toEqual([
        { mutationId: 'c1', choices: { city: 'theirs', description: 'mine' } },
      ]),
    );
  });
});
