// The admin window's pages Projects, Dispositions, Statuses and System, over a scripted main: what is asked of the hub, what
// is said where something is wrong, that nobody saves over what they have not seen, and that the keyboard is enough.
// Over 400 lines: one test after the other, each read by itself.
import '../../src-renderer/i18n/admin/admin-texts.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ProjectSettings } from '#shared/admin/projects-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { AdminWindow, adminTopics } from '../../src-renderer/admin/admin-window.tsx';
import { openingNow } from '../../src-renderer/features/admin-projects/opening-now.ts';
import { readNumber } from '../../src-renderer/features/admin-projects/phone-numbers.ts';
import { searchTimeZones, timeZones } from '../../src-renderer/features/admin-projects/time-zones.ts';
import { formatDay, hoursOf, parseDay, weekOf } from '../../src-renderer/parts/opening-week.ts';
import { renderWindow } from '../support/render-window.tsx';
import { shownApiKeySample } from '../support/scripted-admin.ts';
import type { Overrides } from '../support/scripted-main.ts';
import { adminState, largeCompany } from '../support/ui-harness/admin-company-scenarios.ts';

async function openAt(page: string, role: 'admin' | 'superAdmin' = 'superAdmin', overrides: Overrides = {}) {
  const window = await renderWindow(<AdminWindow />, adminTopics, adminState(role), overrides);
  const tree = await screen.findByRole('navigation');
  await window.user.click(within(tree).getByRole('button', { name: page }));
  await screen.findByRole('heading', { level: 1, name: page });
  return window;
}
type Opened = Awaited<ReturnType<typeof openAt>>;

const field = (name: string) => screen.getByRole('textbox', { name });
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const change = (asked: Opened['asked'], at = 0) =>
  asked('admin.projects.change')[at] as { version: number; settings: ProjectSettings };

async function openProject({ user }: Opened, name: string) {
  await user.click(await screen.findByText(name, { selector: '[role=gridcell] *' }));
  await screen.findByRole('heading', { level: 2, name });
}

/** As if another admin had saved: the hub has it, and tells it. */
function changeElsewhere({ main }: Opened, id: string, settings: Partial<ProjectSettings>, tell = true) {
  const { company } = main.state;
  if (!company) throw new Error('The state has a company.');
  company.projects = company.projects.map((each) =>
    each.id === id
      ? { ...each, version: each.version + 1, settings: { ...each.settings, ...settings } }
      : each,
  );
  if (tell) main.emit('admin.changed', { kind: 'projects' });
}

describe('opening hours as people type them', () => {
  it('read what is usually written, and are written alike', () => {
    const written = (text: string) => {
      const read = parseDay(text);
      return 'spans' in read ? formatDay(read.spans) : read.problem;
    };
    expect(
      ['9-12, 13-17:30', '0900–1700', '9am-5pm', '8.30 bis 12 Uhr und 13 bis 18 Uhr'].map(written),
    ).toEqual(['09:00–12:00, 13:00–17:30', '09:00–17:00', '09:00–17:00', '08:30–12:00, 13:00–18:00']);
    expect(['', 'closed', '22-2', '0-24', '13-17 9-13'].map(written)).toEqual([
      '',
      '',
      '22:00–02:00',
      '00:00–24:00',
      '09:00–17:00',
    ]);
    expect(['at noon', '9-25', '9-9', '9-12, 11-15', '9-'].map(written)).toEqual([
      'unreadable',
      'noTime',
      'noTime',
      'overlap',
      'unreadable',
    ]);
  });

  it('split what goes over midnight for the hub, and put it together again, from Sunday to Monday too', () => {
    const hours = [
      { weekday: 1, opensAtMinute: 0, closesAtMinute: 60 },
      { weekday: 1, opensAtMinute: 540, closesAtMinute: 1_020 },
      { weekday: 7, opensAtMinute: 1_200, closesAtMinute: 1_440 },
    ];
    const week = weekOf(hours);
    expect(formatDay(week[7])).toBe('20:00–01:00');
    expect(formatDay(week[1])).toBe('09:00–17:00');
    expect(hoursOf(week)).toEqual(hours);
    const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      opensAtMinute: 0,
      closesAtMinute: 1_440,
    }));
    expect(hoursOf(weekOf(always))).toEqual(always);
  });

  it('say whether it is open now, in the time zone and with the holidays of the project', () => {
    const times = {
      timeZone: 'Asia/Tokyo',
      openingHours: [{ weekday: 1, opensAtMinute: 540, closesAtMinute: 1_020 }],
      holidays: [{ date: '2026-11-30', name: 'Fair' }],
    };
    // A Monday, ten in the morning in Tokyo.
    expect(openingNow(times, Date.UTC(2026, 10, 23, 1))).toEqual({
      open: true,
      until: { daysAhead: 0, minute: 1_020 },
    });
    expect(openingNow(times, Date.UTC(2026, 10, 30, 1))).toMatchObject({ open: false, holiday: 'Fair' });
    expect(openingNow(times, Date.UTC(2026, 10, 23, 9))).toMatchObject({
      open: false,
      opens: { daysAhead: 14, weekday: 1, minute: 540 },
    });
  });
});

describe('what is typed into a project', () => {
  it('reads numbers in any form as the hub keeps them', () => {
    const dialled = (text: string, country: 'DE' | null = null) => readNumber(text, country)?.dialled ?? null;
    expect(
      ['+49 (30) 123456-00', '0049 30 12345600', 'tel:+49-30-12345600', '100'].map((each) => dialled(each)),
    ).toEqual(['+493012345600', '+493012345600', '+493012345600', '100']);
    expect([dialled('030 12345600'), dialled('030 12345600', 'DE'), dialled('call me')]).toEqual([
      null,
      '+493012345600',
      null,
    ]);
  });

  it('finds time zones by city, region and offset', () => {
    const zones = timeZones([], Date.UTC(2026, 0, 1));
    const found = (text: string) => searchTimeZones(zones, text).map(({ name }) => name);
    expect(found('berl')[0]).toBe('Europe/Berlin');
    expect(found('new york')).toContain('America/New_York');
    expect(found('europe +01:00')).toContain('Europe/Vienna');
  });
});

describe('the projects of the admin window', () => {
  it('TEAM-5 lets a super admin make one with numbers in any form, members, and hours typed by keyboard alone', async () => {
    const { user, asked } = await openAt('Projects');
    await screen.findByText('4 projects');
    await user.keyboard('n');
    expect(field('Name')).toHaveFocus();
    await user.keyboard('Night shop');
    await user.type(field('Add a number'), '0049 30 5550100{Enter}');
    expect(field('Number 1')).toHaveValue('+49 30 5550100');
    const people = screen.getByRole('listbox', { name: 'Members' });
    await user.type(screen.getByRole('searchbox', { name: 'Members: Search' }), 'öztürk 200{Enter}');
    expect(within(people).getByRole('option', { name: /Öztürk/ })).toHaveAttribute('aria-selected', 'true');
    await user.click(screen.getByRole('radio', { name: 'At these hours' }));
    const monday = field('Monday');
    await user.clear(monday);
    await user.type(monday, '9-12 13-17:30{Alt>}{ArrowDown}{/Alt}');
    expect(field('Tuesday')).toHaveFocus();
    expect(field('Tuesday')).toHaveValue('09:00–12:00, 13:00–17:30');
    await user.type(field('Saturday'), '22-2');
    await user.click(button('Create'));
    await waitFor(() => expect(asked('admin.projects.add')).toHaveLength(1));
    const [{ settings }] = asked('admin.projects.add') as [{ settings: ProjectSettings }];
    expect(settings).toMatchObject({
      name: 'Night shop',
      queueName: 'Night shop',
      numbers: ['+49305550100'],
      memberIds: ['sara'],
    });
    expect(settings.openingHours.filter(({ weekday }) => weekday < 3 || weekday > 5)).toEqual([
      ...[1, 2].flatMap((weekday) => [
        { weekday, opensAtMinute: 540, closesAtMinute: 720 },
        { weekday, opensAtMinute: 780, closesAtMinute: 1_050 },
      ]),
      { weekday: 6, opensAtMinute: 1_320, closesAtMinute: 1_440 },
      { weekday: 7, opensAtMinute: 0, closesAtMinute: 120 },
    ]);
    expect(await screen.findByRole('heading', { level: 2, name: 'Night shop' })).toBeVisible();
  });

  it('TEAM-5 says at the number which project or person has it, and saves nothing', async () => {
    const opened = await openAt('Projects');
    const { user, asked } = opened;
    await openProject(opened, 'Harbour Books');
    for (const number of ['+49 30 123456 00', '201', 'call me']) {
      await user.type(field('Add a number'), `${number}{Enter}`);
    }
    expect(screen.getByText(/^This number belongs to the project Nordwind Parcels/)).toBeVisible();
    expect(screen.getByText('This number is the extension of Mia Sommer.')).toBeVisible();
    expect(screen.getByText(/^This is no phone number/)).toBeVisible();
    await user.click(button('Save'));
    expect(await screen.findByText('Correct what is marked, then save.')).toBeVisible();
    expect(asked('admin.projects.change')).toEqual([]);
  });

  it('shows the second admin what the first one changed before it can be overwritten', async () => {
    const opened = await openAt('Projects');
    const { user, asked } = opened;
    await openProject(opened, 'Harbour Books');
    await user.clear(field('Queue name'));
    await user.type(field('Queue name'), 'Orders and returns');
    // The hub has it, and its word is still on the way when Save is pressed.
    changeElsewhere(opened, 'books', { queueName: 'Bestellungen', wrapUpMs: 90_000 }, false);
    await user.click(button('Save'));
    const conflict = await screen.findByRole('region', { name: 'Queue name' });
    expect(conflict).toHaveTextContent('Bestellungen');
    expect(conflict).toHaveTextContent('Orders and returns');
    expect(screen.getByText(/Taken over, since you had typed nothing there: Wrap-up time/)).toBeVisible();
    expect(button('Save')).toBeDisabled();
    await user.click(within(conflict).getByRole('button', { name: 'Keep yours' }));
    await user.click(button('Save'));
    await waitFor(() => expect(asked('admin.projects.change')).toHaveLength(2));
    const { version, settings } = change(asked, 1);
    expect([version, settings.queueName, settings.wrapUpMs]).toEqual([4, 'Orders and returns', 90_000]);
  });

  it('keeps numbers, adding and removing from supervisors, and lets them change the rest', async () => {
    const opened = await openAt('Projects', 'admin');
    const { user, asked } = opened;
    expect(screen.queryByRole('button', { name: 'Add project' })).toBeNull();
    await openProject(opened, 'Harbour Books');
    expect(screen.queryByRole('textbox', { name: 'Number 1' })).toBeNull();
    expect(screen.getByText('A super admin gives a project its numbers.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Remove…' })).toBeNull();
    await user.click(screen.getByRole('radio', { name: 'All at once' }));
    await user.click(button('Save'));
    await waitFor(() => expect(asked('admin.projects.change')).toHaveLength(1));
    expect(change(asked).settings).toMatchObject({ distribution: 'allAtOnce', numbers: ['+442079460958'] });
  });

  it('offers no project for overflow from which calls would come back', async () => {
    const opened = await openAt('Projects');
    await openProject(opened, 'Brillenhaus Optik Falkenberg & Söhne, Filiale Prenzlauer Berg');
    await opened.user.click(screen.getByRole('combobox', { name: 'Then the call goes to' }));
    expect(await screen.findByRole('option', { name: 'Project Harbour Books' })).toBeInTheDocument();
    // Its calls go to this one.
    expect(screen.queryByRole('option', { name: 'Project Nordwind Parcels' })).toBeNull();
  });
});

describe('the dispositions of the admin window', () => {
  const labels = () =>
    screen
      .getAllByRole('textbox', { name: /^(Label|Group)$/ })
      .map((each) => (each as HTMLInputElement).value);

  async function openParcels(overrides: Overrides = {}) {
    const opened = await openAt('Dispositions', 'admin', overrides);
    await opened.user.click(await screen.findByRole('combobox', { name: 'Project' }));
    await opened.user.click(await screen.findByRole('option', { name: 'Nordwind Parcels' }));
    await screen.findByDisplayValue('Delivery arranged');
    return opened;
  }

  it('are put in order by keyboard, across groups, told aloud, and saved as a whole', async () => {
    const { user, asked } = await openParcels();
    expect(labels().slice(0, 5)).toEqual([
      'Solved',
      'Delivery arranged',
      'Question answered',
      'Refund promised',
      'Open',
    ]);
    button('Move Refund promised').focus();
    await user.keyboard('{ArrowDown}');
    expect(labels().slice(3, 6)).toEqual(['Open', 'Refund promised', 'Call back later']);
    expect(screen.getByText('Refund promised is at place 3 of 6.')).toBeInTheDocument();
    await user.click(screen.getByDisplayValue('Wrong number'));
    await user.keyboard('{Enter}Order taken{Control>}{Enter}{/Control}');
    await waitFor(() => expect(asked('admin.dispositions.set')).toHaveLength(1));
    const [{ version, dispositions }] = asked('admin.dispositions.set') as [
      { version: number; dispositions: { label: string; group: string | null; key: string | null }[] },
    ];
    expect(version).toBe(4);
    expect(dispositions.map(({ label, group, key }) => `${group ?? '–'} ${label} ${key}`)).toEqual([
      'Solved Delivery arranged 1',
      'Solved Question answered 2',
      'Open Refund promised 3',
      'Open Call back later 4',
      'Open Complaint 5',
      '– Wrong number 6',
      '– Order taken 7',
    ]);
    expect(await screen.findByText('Saved')).toBeVisible();
  });

  it('exchange a key with the one that has it, refuse a label twice, and are seen as agents see them', async () => {
    const { user, asked } = await openParcels();
    const row = screen.getByRole('listitem', { name: 'Delivery arranged' });
    await user.click(within(row).getByRole('combobox', { name: 'Key' }));
    await user.click(await screen.findByRole('option', { name: '3 · Refund promised' }));
    const other = screen.getByRole('listitem', { name: 'Refund promised' });
    expect(within(other).getByRole('combobox', { name: 'Key' })).toHaveValue('1');
    const preview = screen.getByRole('complementary', { name: 'How agents see it' });
    (document.activeElement as HTMLElement).blur();
    await user.keyboard('3');
    expect(within(preview).getByRole('radio', { name: /Delivery arranged/ })).toBeChecked();
    await user.clear(within(row).getByRole('textbox', { name: 'Label' }));
    await user.type(screen.getAllByRole('textbox', { name: 'Label' })[0] as HTMLElement, 'complaint');
    expect(screen.getByText('This label stands here twice.')).toBeVisible();
    expect(button(/^Save/)).toBeDisabled();
    expect(asked('admin.dispositions.set')).toEqual([]);
  });

  it('are not saved over a list that was changed meanwhile before it was seen', async () => {
    const { user, main, asked } = await openParcels();
    await user.clear(screen.getByDisplayValue('Complaint'));
    const list = main.state.company?.dispositions.parcels;
    if (!list) throw new Error('The company has this project.');
    list.version += 1;
    list.dispositions = list.dispositions.slice(1);
    main.emit('admin.changed', { kind: 'dispositions' });
    const conflict = await screen.findByRole('region', { name: 'The whole list' });
    expect(button(/^Save/)).toBeDisabled();
    await user.click(within(conflict).getByRole('button', { name: 'Take theirs' }));
    expect(labels()).not.toContain('Delivery arranged');
    expect(labels()).toContain('Complaint');
    expect(asked('admin.dispositions.set')).toEqual([]);
  });
});

describe('the statuses of the admin window', () => {
  it('CALL-19 lets a supervisor add one, with a word on what it acts as, and refuses a name twice', async () => {
    const { user, asked } = await openAt('Statuses', 'admin');
    await screen.findByDisplayValue('Lunch');
    await user.click(button('Add status'));
    await user.keyboard('busy');
    expect(screen.getByText('There is a status of this name already.')).toBeVisible();
    await user.keyboard('{Control>}a{/Control}{Backspace}Back office');
    const row = screen.getByRole('listitem', { name: 'Back office' });
    expect(row).toHaveTextContent('Out of the queue. Direct calls still ring.');
    await user.click(within(row).getByRole('combobox', { name: 'Acts as' }));
    await user.click(await screen.findByRole('option', { name: 'Acts as Busy' }));
    expect(row).toHaveTextContent('Direct calls go to voicemail.');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(asked('admin.statuses.set')).toHaveLength(1));
    const [{ statuses }] = asked('admin.statuses.set') as [{ statuses: { label: string; actsAs: string }[] }];
    expect(statuses.map(({ label, actsAs }) => `${label} ${actsAs}`)).toEqual([
      'Lunch away',
      'Training busy',
      'Answering chats available',
      'Back office busy',
    ]);
  });
});

describe('what is not saved yet', () => {
  it('is not lost by going to another page without a word', async () => {
    const { user } = await openAt('Statuses');
    await user.type(await screen.findByDisplayValue('Lunch'), ' break');
    await user.keyboard('{Alt>}1{/Alt}');
    expect(await screen.findByText('Discard what you typed?')).toBeVisible();
    expect(button('Keep editing')).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(screen.getByDisplayValue('Lunch break')).toBeVisible();
    await user.click(button('Users'));
    await user.click(button('Discard'));
    expect(await screen.findByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  });
});

describe('the system page of the admin window', () => {
  it('says how many extensions are free, and why a range is refused', async () => {
    const { user, main, asked } = await openAt('System');
    expect(await screen.findByText('295 of 700 numbers are free.')).toBeVisible();
    await user.clear(field('First'));
    await user.type(field('First'), '900');
    expect(screen.getByText('The first number must not be above the last one.')).toBeVisible();
    expect(button('Save')).toBeDisabled();
    main.override('admin.settings.set', () => {
      throw new CommandFailed('rangeTaken', 'In the script.');
    });
    await user.clear(field('Last'));
    await user.type(field('Last'), '9999{Enter}');
    expect(
      await screen.findByText(/^An emergency number or a service of the hub lies in this range/),
    ).toBeVisible();
    expect(asked('admin.settings.set')).toMatchObject([
      { version: 1, extensionFirst: 900, extensionLast: 9999 },
    ]);
  });

  it('makes an API key by keyboard, shows it once, and takes one away with a word of what stops', async () => {
    const { user, asked } = await openAt('System');
    await screen.findByText('Personio');
    await user.keyboard('n');
    await user.keyboard('Reports{Enter}');
    expect(await screen.findByText('Choose at least one.')).toBeVisible();
    await user.click(screen.getByRole('checkbox', { name: 'Read calls' }));
    await user.click(screen.getByRole('checkbox', { name: 'Read users' }));
    await user.click(button('Create'));
    expect(await screen.findByText(shownApiKeySample)).toBeVisible();
    expect(asked('admin.apiKeys.add')).toEqual([{ name: 'Reports', scopes: ['users:read', 'calls:read'] }]);
    await user.click(button('I have kept it'));
    expect(screen.queryByText(shownApiKeySample)).toBeNull();
    await user.click(button('Remove Personio'));
    expect(screen.getByText(/can no longer: Read users, Make and change users, Read teams\./)).toBeVisible();
    expect(button('Keep it')).toHaveFocus();
    await user.click(button('Remove key'));
    await waitFor(() => expect(asked('admin.apiKeys.remove')).toEqual([{ id: 'k1' }]));
    await waitFor(() => expect(screen.queryByText('Personio')).toBeNull());
  });

  it('is not shown to supervisors', async () => {
    await renderWindow(<AdminWindow />, adminTopics, adminState('admin', largeCompany()));
    const tree = await screen.findByRole('navigation');
    expect(within(tree).queryByRole('button', { name: 'System' })).toBeNull();
  });
});
