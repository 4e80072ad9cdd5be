// Which projects are open: asked once after signing in, changed at the top left at any time; and statuses that a
// supervisor added, beside the usual ones. Over a scripted main.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ProjectId } from '#shared/domain/ids.ts';
import { projectId, statusId } from '#shared/domain/ids.ts';
import type { StatusLabel } from '#shared/domain/presence.ts';
import type { OpenProjects } from '#shared/domain/work.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { AgentWindow, agentTopics } from '../../src-renderer/agent/agent-window.tsx';
import { noneOpen, withOpen, withPrimary } from '../../src-renderer/features/open-projects/open-choice.ts';
import { renderWindow } from '../support/render-window.tsx';
import { signedInState } from '../support/sample-state.ts';
import type { Overrides } from '../support/scripted-main.ts';

const [east, west, north] = ['east', 'west', 'north'].map((id) => projectId.parse(id)) as [
  ProjectId,
  ProjectId,
  ProjectId,
];
const training: StatusLabel = {
  id: statusId.parse('training'),
  label: 'Training',
  actsAs: 'away',
  color: 'violet',
};

function agentWith(open: OpenProjects, overrides: Overrides = {}) {
  const state = signedInState();
  if (state.session.state !== 'signedIn') throw new Error('The sample state is signed in.');
  const projects = [east, west, north].map((id) => ({
    id,
    name: id.toUpperCase(),
    numbers: [],
    wrapUpMs: 0,
    dispositionRequired: false,
  }));
  const session = { ...state.session, projects, open, statuses: [training] };
  return renderWindow(<AgentWindow />, agentTopics, { ...state, session }, overrides);
}

describe('one more choice', () => {
  it('makes the first that is opened the primary, and the next one where the primary is closed', () => {
    const one = withOpen(noneOpen, east, true);
    const three = withOpen(withOpen(one, west, true), north, true);
    expect(three).toEqual({ primaryId: east, secondaryIds: [west, north] });
    expect(withOpen(three, east, false)).toEqual({ primaryId: west, secondaryIds: [north] });
    expect(withOpen(one, east, false)).toEqual(noneOpen);
    expect(withOpen(three, north, true)).toBe(three);
  });

  it('keeps the primary of before open, and opens the new one where it was not', () => {
    const open = { primaryId: east, secondaryIds: [west] };
    expect(withPrimary(open, north)).toEqual({ primaryId: north, secondaryIds: [east, west] });
    expect(withPrimary(open, west)).toEqual({ primaryId: west, secondaryIds: [east] });
    expect(withPrimary(open, east)).toEqual(open);
  });
});

describe('after signing in', () => {
  it('asks which projects to open, and asks no more once one is', async () => {
    const { user, asked } = await agentWith(noneOpen);
    const question = screen.getByRole('region', { name: 'Which projects do you work on now?' });
    expect(within(question).getByRole('button', { name: 'Open these projects' })).toBeDisabled();
    await user.click(within(question).getByRole('checkbox', { name: 'WEST' }));
    await user.click(within(question).getByRole('button', { name: 'Make NORTH the primary project' }));
    await user.click(within(question).getByRole('button', { name: 'Open these projects' }));
    await waitFor(() => expect(asked('projects.open')).toEqual([{ primaryId: north, secondaryIds: [west] }]));
    await waitFor(() => expect(question).not.toBeInTheDocument());
    expect(screen.getByRole('button', { name: /^Your projects: NORTH/ })).toBeVisible();
  });

  it('opens what is left where the agent is taken out of a project that was ticked', async () => {
    const { user, main, asked } = await agentWith(noneOpen);
    const question = screen.getByRole('region', { name: 'Which projects do you work on now?' });
    await user.click(within(question).getByRole('checkbox', { name: 'EAST' }));
    await user.click(within(question).getByRole('checkbox', { name: 'WEST' }));
    const { session } = main.state;
    if (session.state !== 'signedIn') throw new Error('The sample state is signed in.');
    main.set('session', { ...session, projects: session.projects.filter(({ id }) => id !== east) });
    await waitFor(() => expect(within(question).queryByRole('checkbox', { name: 'EAST' })).toBeNull());
    await user.click(within(question).getByRole('button', { name: 'Open these projects' }));
    await waitFor(() => expect(asked('projects.open')).toEqual([{ primaryId: west, secondaryIds: [] }]));
  });

  it('lets the question be put aside, and says at the top left that none is open', async () => {
    const { user } = await agentWith(noneOpen);
    await user.click(screen.getByRole('button', { name: 'Not now' }));
    expect(screen.queryByRole('region', { name: /^Which projects/ })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: /No project open/ })).toBeVisible();
  });
});

describe('at the top left', () => {
  it('changes what is open at once', async () => {
    const { user, asked } = await agentWith({ primaryId: east, secondaryIds: [west] });
    await user.click(screen.getByRole('button', { name: /^Your projects: EAST/ }));
    const choice = await screen.findByRole('dialog', { name: /^Your projects/ });
    await user.click(within(choice).getByRole('checkbox', { name: 'WEST' }));
    await waitFor(() => expect(asked('projects.open')).toEqual([{ primaryId: east, secondaryIds: [] }]));
    await user.click(within(choice).getByRole('button', { name: 'Make NORTH the primary project' }));
    await waitFor(() =>
      expect(asked('projects.open')).toContainEqual({ primaryId: north, secondaryIds: [east] }),
    );
  });
});

describe('two choices in a row', () => {
  it('both count, though the hub has not answered the first, and are told one after the other', async () => {
    const answers: (() => void)[] = [];
    const { user, asked } = await agentWith(
      { primaryId: east, secondaryIds: [] },
      { 'projects.open': () => new Promise((answer) => answers.push(() => answer(null))) },
    );
    await user.click(screen.getByRole('button', { name: /^Your projects: EAST/ }));
    const choice = await screen.findByRole('dialog', { name: /^Your projects/ });
    await user.click(within(choice).getByRole('checkbox', { name: 'WEST' }));
    await user.click(within(choice).getByRole('checkbox', { name: 'EAST' }));
    expect(within(choice).getByRole('checkbox', { name: 'WEST' })).toBeChecked();
    expect(within(choice).getByRole('checkbox', { name: 'EAST' })).not.toBeChecked();
    expect(asked('projects.open')).toEqual([{ primaryId: east, secondaryIds: [west] }]);
    answers[0]?.();
    await waitFor(() =>
      expect(asked('projects.open')).toEqual([
        { primaryId: east, secondaryIds: [west] },
        { primaryId: west, secondaryIds: [] },
      ]),
    );
  });

  it('are as before where the hub refuses', async () => {
    const { user } = await agentWith(
      { primaryId: east, secondaryIds: [] },
      {
        'projects.open': () => {
          throw new CommandFailed('notAMember', 'Not any more.');
        },
      },
    );
    await user.click(screen.getByRole('button', { name: /^Your projects: EAST/ }));
    const choice = await screen.findByRole('dialog', { name: /^Your projects/ });
    await user.click(within(choice).getByRole('checkbox', { name: 'WEST' }));
    expect(await within(choice).findByRole('alert')).toBeVisible();
    expect(within(choice).getByRole('checkbox', { name: 'WEST' })).not.toBeChecked();
  });
});

describe('a status that a supervisor added', () => {
  it('is chosen as what it acts as, with its name and an end', async () => {
    const { user, asked } = await agentWith({ primaryId: east, secondaryIds: [] });
    await user.click(screen.getByRole('button', { name: /^Your status/ }));
    await user.click(await screen.findByRole('radio', { name: /^Training/ }));
    await waitFor(() =>
      expect(asked('presence.set')).toEqual([
        { status: 'away', labelId: training.id, untilMs: null, knowingly: false },
      ]),
    );
    expect(await screen.findByRole('radio', { name: /^Training/, checked: true })).toBeVisible();
    expect(screen.getByRole('radio', { name: /^Away/ })).not.toBeChecked();
    await user.click(screen.getByRole('button', { name: '15 min' }));
    await waitFor(() =>
      expect(asked('presence.set').at(-1)).toMatchObject({ status: 'away', labelId: training.id }),
    );
    expect(screen.getByRole('button', { name: /Training/ })).toBeVisible();
  });
});
