// The admin window's pages of people: found, added, changed beside somebody else, kept from doing harm; keyboard first.
import '../../src-renderer/i18n/admin/admin-texts.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { AdminWindow, adminTopics } from '../../src-renderer/admin/admin-window.tsx';
import { renderWindow } from '../support/render-window.tsx';
import type { Overrides } from '../support/scripted-main.ts';
import { adminState, auditEntries, miaAtWork } from '../support/ui-harness/admin-scenarios.ts';

const open = (overrides: Overrides = {}, state = adminState()) =>
  renderWindow(<AdminWindow />, adminTopics, state, overrides);
const row = (name: RegExp) => screen.findByRole('row', { name });
const field = (name: string) => screen.getByRole('textbox', { name });
const goTo = async (user: Awaited<ReturnType<typeof open>>['user'], page: string) =>
  user.click(within(await screen.findByRole('navigation')).getByRole('button', { name: page }));
const drawer = () => screen.getByRole('region', { name: 'Mia Sommer' });

describe('the users of the admin window', () => {
  it('TEAM-2 TEAM-3 adds a user with all that is asked for, and shows the extension that came with them', async () => {
    const { user, asked } = await open();
    await row(/Mia Sommer/);
    await user.keyboard('n');
    await user.type(field('First name'), 'Nora');
    await user.type(field('Last name'), 'Lind');
    await user.type(field('Username'), 'nora');
    await user.type(field('E-mail (optional)'), 'nora@nordwind.example');
    await user.type(screen.getByLabelText('Password'), 'marlin copper violet');
    await user.type(screen.getByLabelText('Confirm password'), 'marlin copper viole');
    await user.click(screen.getByRole('checkbox', { name: /Two-factor/ }));
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText(/The two are not the same/)).toBeVisible();
    expect(asked('admin.users.add')).toEqual([]);
    await user.type(screen.getByLabelText('Confirm password'), 't');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('Nora Lind has extension 205')).toBeVisible();
    expect(asked('admin.users.add')).toEqual([
      {
        firstName: 'Nora',
        lastName: 'Lind',
        username: 'nora',
        email: 'nora@nordwind.example',
        password: 'marlin copper violet',
        accountType: 'clerk',
        mustChangePassword: true,
        secondFactorDue: true,
        mayCallOutside: true,
      },
    ]);
    expect(await row(/Nora Lind/)).toHaveTextContent('205');
  });

  it('says what was refused at the field that it is about, and keeps what was typed', async () => {
    const { user } = await open({
      'admin.users.change': () => {
        throw new CommandFailed('emailTaken', 'refused');
      },
    });
    await user.click(await row(/Mia Sommer/));
    await user.clear(field('E-mail (optional)'));
    await user.type(field('E-mail (optional)'), 'ben@nordwind.example');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const email = field('E-mail (optional)');
    await waitFor(() => expect(email).toHaveAccessibleDescription(/Somebody has this e-mail address/));
    expect(email).toHaveValue('ben@nordwind.example');
  });

  it('asks before it discards what was typed, and not where nothing was', async () => {
    const { user } = await open();
    await user.click(await row(/Mia Sommer/));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Mia Sommer' })).toBeNull());
    expect(screen.getByRole('grid', { name: 'Users' })).toHaveFocus();
    await user.click(await row(/Mia Sommer/));
    await user.type(field('First name'), 'X');
    await user.click(await row(/Lena Brandt/));
    expect(within(drawer()).getByText('Discard what you typed?')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Keep editing' }));
    expect(field('First name')).toHaveValue('MiaX');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Mia Sommer' })).toBeNull());
    expect(await row(/Mia Sommer/)).toBeVisible();
  });

  it('closes at Escape while a save runs once it is saved, and stays with what was refused', async () => {
    const answers: (() => void)[] = [];
    const { user, main } = await open({
      'admin.users.change': ({ userId, version: _version, ...values }) =>
        new Promise((resolve, reject) => {
          const [mia] = main.state.company?.users.filter((each) => each.userId === userId) ?? [];
          if (!mia) return reject(new Error('The sample has this user.'));
          answers.push(
            () => reject(new CommandFailed('emailTaken', 'refused')),
            () => resolve({ ...mia, ...values, version: mia.version + 1 }),
          );
        }),
    });
    const saveAndLeave = async () => {
      await user.click(screen.getByRole('button', { name: 'Save' }));
      await user.keyboard('{Escape}');
      expect(screen.queryByText('Discard what you typed?')).toBeNull();
      expect(drawer()).toBeVisible();
    };
    await user.click(await row(/Mia Sommer/));
    await user.type(field('First name'), 'X');
    await saveAndLeave();
    answers[0]?.();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Save' })).toBeEnabled());
    expect(field('First name')).toHaveValue('MiaX');
    expect(field('E-mail (optional)')).toHaveAccessibleDescription(/Somebody has this e-mail address/);
    await saveAndLeave();
    answers[3]?.();
    expect(await row(/MiaX Sommer/)).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'First name' })).toBeNull());
    expect(screen.getByRole('grid', { name: 'Users' })).toHaveFocus();
  });

  it('shows what somebody else changed, field by field, before it is overwritten', async () => {
    const { user, main, asked } = await open();
    await user.click(await row(/Mia Sommer/));
    await user.clear(field('Last name'));
    await user.type(field('Last name'), 'Berg');
    const { company } = main.state;
    if (!company) throw new Error('The sample has a company.');
    company.users = company.users.map((each) =>
      each.userId === 'mia' ? { ...each, lastName: 'Winter', username: 'mia.w', version: 2 } : each,
    );
    // Not told of it: the hub's refusal brings it to light.
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const conflict = await screen.findByRole('region', { name: 'Last name' });
    expect(conflict).toHaveTextContent('Winter');
    expect(conflict).toHaveTextContent('Berg');
    expect(field('Username')).toHaveValue('mia.w');
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await user.click(within(conflict).getByRole('button', { name: 'Keep yours' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(asked('admin.users.change')).toHaveLength(2));
    expect(asked('admin.users.change')[1]).toMatchObject({
      version: 2,
      lastName: 'Berg',
      username: 'mia.w',
    });
    expect(await row(/Mia Berg/)).toBeVisible();
  });

  it('is moved through, searched and sorted from the keyboard', async () => {
    const { user } = await open();
    await row(/Mia Sommer/);
    await user.keyboard('/zturk');
    expect(screen.getByRole('searchbox')).toHaveFocus();
    await waitFor(() => expect(screen.getByText('1 of 5 users')).toBeVisible());
    await user.keyboard('{Escape}{ArrowDown}');
    const grid = screen.getByRole('grid', { name: 'Users' });
    expect(grid).toHaveFocus();
    await user.keyboard('{End}{ArrowUp}{Enter}');
    expect(await screen.findByRole('region', { name: 'Omar Haddad' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Ext.' }));
    expect(screen.getByRole('columnheader', { name: 'Ext.' })).toHaveAttribute('aria-sort', 'ascending');
    const first = within(grid).getAllByRole('row')[1];
    expect(first).toHaveTextContent('200');
  });

  it('TEAM-9 disables a user only after asking, and says what that does', async () => {
    const { user, asked } = await open();
    await user.click(await row(/Mia Sommer/));
    await user.click(screen.getByRole('button', { name: 'Disable' }));
    expect(asked('admin.users.setDisabled')).toEqual([]);
    const confirm = screen.getByRole('region', { name: 'Disable Mia Sommer?' });
    await user.click(within(confirm).getByRole('button', { name: 'Disable' }));
    expect(await row(/Mia Sommer.*Disabled/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Enable' })).toBeVisible();
  });

  it('CALL-20 shows the credential of a device of another make once, with a QR code', async () => {
    const { user } = await open();
    await user.click(await row(/Mia Sommer/));
    await user.click(await screen.findByRole('button', { name: 'Add a device' }));
    await user.keyboard('Kitchen phone{Enter}');
    const shown = await screen.findByRole('region', { name: 'Shown this once' });
    expect(within(shown).getByRole('img', { name: 'QR code with the credential' })).toBeVisible();
    expect(shown).toHaveTextContent('q2vX-8dRm-4tLp-Zs6W');
    await user.click(within(shown).getByRole('button', { name: 'Done' }));
    expect(screen.queryByText('q2vX-8dRm-4tLp-Zs6W')).toBeNull();
    expect(await screen.findByText('Kitchen phone')).toBeVisible();
  });

  it('SUP-2 sets a status, ends a wrap-up and signs a user out', async () => {
    const { user, asked } = await open({ 'people.search': () => miaAtWork() }, adminState('admin'));
    await user.click(await row(/Mia Sommer/));
    expect(await screen.findByText('In wrap-up')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Set' }));
    expect(await screen.findByText('Status set.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'End wrap-up' }));
    expect(await screen.findByText('The wrap-up has ended.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Sign out' }));
    const confirm = screen.getByRole('region', { name: 'Sign Mia Sommer out everywhere?' });
    await user.click(within(confirm).getByRole('button', { name: 'Sign out' }));
    expect(await screen.findByText('All of their sessions have ended.')).toBeVisible();
    expect(asked('supervise.setStatus')).toEqual([
      { userId: 'mia', status: 'available', labelId: null, untilMs: null },
    ]);
    expect(asked('supervise.signOut')).toEqual([{ userId: 'mia' }]);
  });

  it('SUP-2 sets a status with an end, and none on Available', async () => {
    const { user, asked } = await open({ 'people.search': () => miaAtWork() }, adminState('admin'));
    await user.click(await row(/Mia Sommer/));
    expect(screen.queryByRole('group', { name: /Until/ })).toBeNull();
    await user.click(screen.getByRole('combobox', { name: 'Status' }));
    await user.click(await screen.findByRole('option', { name: 'Away' }));
    await user.click(
      within(screen.getByRole('group', { name: /Until/ })).getByRole('button', { name: '30 min' }),
    );
    const beforeMs = Date.now();
    await user.click(screen.getByRole('button', { name: 'Set' }));
    expect(await screen.findByText(/^Status set until /)).toBeVisible();
    const [sent] = asked('supervise.setStatus') as { status: string; untilMs: number }[];
    expect(sent?.status).toBe('away');
    expect(Math.abs((sent?.untilMs ?? 0) - beforeMs - 30 * 60_000)).toBeLessThan(20_000);
  });

  it('lets a supervisor look, and neither add nor change', async () => {
    const { user } = await open({}, adminState('admin'));
    await user.click(await row(/Mia Sommer/));
    expect(field('First name')).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    expect(screen.queryByRole('button', { name: /Add user/ })).toBeNull();
    await user.keyboard('n');
    expect(screen.queryByRole('region', { name: 'New user' })).toBeNull();
  });

  it('only shows while the hub is away, says so, and asks anew when it is back', async () => {
    const { user, main, asked } = await open();
    await user.click(await row(/Mia Sommer/));
    const online = main.state.network;
    main.set('network', { ...online, state: 'offline' });
    expect(await screen.findByText(/nothing can be changed until it is back/)).toBeVisible();
    expect(screen.getByRole('button', { name: /Add user/ })).toBeDisabled();
    expect(field('First name')).toBeDisabled();
    const before = asked('admin.users.list').length;
    main.set('network', online);
    await waitFor(() => expect(asked('admin.users.list').length).toBeGreaterThan(before));
    expect(field('First name')).toBeEnabled();
  });
});

describe('users as a file', () => {
  const csv = new File(['firstName\nMia\n'], 'people.csv', { type: 'text/csv' });

  it('lists every problem of an import by row, and adds nothing', async () => {
    const problems = Array.from({ length: 3 }, (_, index) => ({
      row: index + 2,
      column: 'username',
      reason: 'usernameTaken',
      message: 'taken',
    }));
    const { user, asked } = await open({
      'admin.users.importCsv': () => ({ rows: 5, added: 0, problems }),
    });
    await row(/Mia Sommer/);
    await user.click(screen.getByRole('button', { name: 'Import' }));
    await user.upload(screen.getByLabelText('Choose a file', { selector: 'input' }), csv);
    expect(await screen.findByText(/^3 problems\. Nothing was added/)).toBeVisible();
    const list = screen.getByRole('grid', { name: 'What is wrong, by row' });
    expect(within(list).getAllByRole('row')).toHaveLength(4);
    expect(screen.queryByRole('button', { name: 'Add all' })).toBeNull();
    expect(asked('admin.users.importCsv')).toEqual([{ csv: 'firstName\nMia\n', tryOnly: true }]);
  });

  it('shows how far a long import is', async () => {
    const { promise, resolve } = Promise.withResolvers<{ rows: number; added: number; problems: [] }>();
    const { user, main } = await open({ 'admin.users.importCsv': () => promise });
    await row(/Mia Sommer/);
    await user.click(screen.getByRole('button', { name: 'Import' }));
    await user.upload(screen.getByLabelText('Choose a file', { selector: 'input' }), csv);
    expect(screen.queryByRole('progressbar')).toBeNull();
    main.emit('admin.users.importing', { doing: 'judging', done: 4_000, total: 10_000 });
    const bar = await screen.findByRole('progressbar', { name: '4,000 of 10,000 passwords are looked at' });
    expect(bar).toHaveAttribute('value', '4000');
    resolve({ rows: 10_000, added: 0, problems: [] });
    expect(await screen.findByText(/^10,?000 users can be added/)).toBeVisible();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('adds all rows only when it is told to, after they were looked through', async () => {
    const { user, asked } = await open();
    await row(/Mia Sommer/);
    await user.click(screen.getByRole('button', { name: 'Import' }));
    await user.upload(screen.getByLabelText('Choose a file', { selector: 'input' }), csv);
    expect(await screen.findByText(/^1 user can be added/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Add all' }));
    expect(await screen.findByText(/^1 user was added/)).toBeVisible();
    expect(asked('admin.users.importCsv').map((each) => (each as { tryOnly: boolean }).tryOnly)).toEqual([
      true,
      false,
    ]);
  });

  it('says where an export was written', async () => {
    const { user, asked } = await open();
    await row(/Mia Sommer/);
    await user.click(screen.getByRole('button', { name: 'Export' }));
    expect(await screen.findByText(/^Saved as Downloads\/offhook-users-\d{4}-\d\d-\d\d\.csv$/)).toBeVisible();
    expect(asked('window.saveFile')[0]).toMatchObject({ text: expect.stringContaining('mia,201') as string });
  });
});

describe('the teams of the admin window', () => {
  it('TEAM-4 adds a team with members, and a user to a team that exists', async () => {
    const { user, asked } = await open();
    await goTo(user, 'Teams');
    await row(/Day shift/);
    await user.keyboard('n');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('Give it a name.')).toBeVisible();
    await user.type(field('Name'), 'Weekend');
    await user.click(screen.getByRole('option', { name: /Mia Sommer/ }));
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByRole('region', { name: 'Weekend' })).toBeVisible();
    expect(asked('admin.teams.add')).toEqual([{ name: 'Weekend', memberIds: ['mia'] }]);
    await user.click(await row(/Day shift/));
    await user.type(screen.getByRole('searchbox', { name: 'Members: Search' }), 'lena{Enter}');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(asked('admin.teams.change')).toHaveLength(1));
    expect(asked('admin.teams.change')[0]).toMatchObject({ memberIds: ['mia', 'ben', 'lena'] });
    expect(await row(/Day shift.*Lena Brandt/)).toBeVisible();
  });
});

describe('the audit log of the admin window', () => {
  it('TEAM-8 shows who did what, newest first, with before and after', async () => {
    const { user, asked } = await open({}, adminState('superAdmin', { audit: auditEntries() }));
    await goTo(user, 'Audit log');
    await user.click(
      (await screen.findAllByRole('row', { name: /Project changed Nordwind Parcels/ }))[0] as Element,
    );
    const entry = await screen.findByRole('region', { name: 'Project changed: Nordwind Parcels' });
    expect(entry).toHaveTextContent('Ring timeBefore: 0:20After: 0:25');
    expect(entry).toHaveTextContent('MembersBefore: Ben FalkenbergAfter: Lena Brandt');
    await user.type(screen.getByRole('searchbox', { name: 'Search who and what' }), 'omar');
    await waitFor(() =>
      expect(asked('admin.audit.list').at(-1)).toMatchObject({ text: 'omar', beforeId: null }),
    );
  });
});
