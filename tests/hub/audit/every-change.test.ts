// TEAM-8: every change that the admin window can make leaves an entry with who, when, before and after. A new command that
// changes something must be tried here, or this does not compile.
import { expect, it } from 'vitest';
import type { AdminCommandName } from '#shared/admin/admin-contract.ts';
import type { AuditEntry } from '#shared/admin/system-contract.ts';
import { type OrderId, orderStatusId, recordId } from '#shared/domain/ids.ts';
import { eventually } from '../../support/eventually.ts';
import { type SampleCompany, type SignedIn, sampleCompany } from '../permissions/sample-company.ts';
import { signInDesktop } from '../support.ts';

type Reading =
  | `admin.${'users' | 'teams' | 'projects' | 'apiKeys' | 'audit' | 'recordImports' | 'orderImports' | 'doNotCall'}.list`
  // What they lead to is told where it is started.
  | `admin.${'recordImports' | 'orderImports'}.${'begin' | 'addPiece' | 'preview' | 'problems' | 'remove'}`
  | 'admin.records.exportCsv'
  | 'admin.records.find'
  | `admin.${'dispositions' | 'callForms' | 'statuses' | 'settings'}.get`
  | `admin.dialUp.${'matrix' | 'get' | 'freeModes'}`
  | `admin.orders.${'inLine' | 'get' | 'counts' | 'late'}`
  // It takes two agents and an outcome that comes late: tests/hub/orders/orders.test.ts.
  | 'admin.orders.decideLate'
  | 'admin.orderStatuses.get'
  | `admin.automations.${'list' | 'candidates' | 'tryOut' | 'runs' | 'deliveries'}`
  // It takes a delivery that failed for good: tests/hub/automations/deliveries.test.ts.
  | 'admin.automations.resend'
  | 'admin.users.devices'
  | 'admin.users.exportCsv';
type Changing = Exclude<AdminCommandName, Reading>;

interface Try {
  /** What the entry says of the action. */
  readonly action: string;
  /** A field that differs, with its value before and after. */
  readonly change: readonly [field: string, before: unknown, after: unknown];
}

/** In this order: later ones use what earlier ones made. */
const tries: Readonly<Record<Changing, Try>> = {
  'admin.users.add': { action: 'user.add', change: ['username', null, 'nele'] },
  'admin.users.change': { action: 'user.change', change: ['lastName', 'Brandt', 'Berg'] },
  'admin.users.setDisabled': { action: 'user.disable', change: ['disabled', false, true] },
  'admin.users.resetPassword': { action: 'user.resetPassword', change: ['mustChangePassword', false, true] },
  'admin.users.resetSecondFactor': {
    action: 'user.resetSecondFactor',
    change: ['secondFactor', 'off', 'due'],
  },
  'admin.users.addDevice': { action: 'user.addDevice', change: ['device', null, 'Desk phone'] },
  'admin.users.rotateDevice': { action: 'user.rotateDevice', change: ['device', null, 'Desk phone'] },
  'admin.users.removeDevice': { action: 'user.removeDevice', change: ['device', 'Desk phone', null] },
  'admin.users.importCsv': { action: 'user.add', change: ['username', null, 'omar'] },
  'admin.teams.add': { action: 'team.add', change: ['name', null, 'Night'] },
  'admin.teams.change': { action: 'team.change', change: ['name', 'Night', 'Late'] },
  'admin.teams.remove': { action: 'team.remove', change: ['name', 'Late', null] },
  'admin.projects.add': { action: 'project.add', change: ['name', null, 'Southwind'] },
  'admin.projects.change': { action: 'project.change', change: ['wrapUpMs', 120_000, 45_000] },
  'admin.dispositions.set': {
    action: 'dispositions.change',
    change: ['dispositions', [], [expect.objectContaining({ label: 'Lost' })]],
  },
  'admin.callForms.set': { action: 'callForm.change', change: ['greeting', '', 'Good morning'] },
  'admin.recordImports.start': { action: 'record.import', change: ['created', null, 1] },
  'admin.dialUp.set': { action: 'dialUp.change', change: ['countdownSeconds', 10, 12] },
  'admin.dialUp.setFreeModes': {
    action: 'freeModes.change',
    change: ['random1', expect.objectContaining({ name: '' }), expect.objectContaining({ name: 'Win back' })],
  },
  'admin.orderStatuses.set': {
    action: 'orderStatuses.change',
    change: [
      'statuses',
      expect.anything(),
      expect.arrayContaining([expect.objectContaining({ label: 'Parked' })]),
    ],
  },
  'admin.orders.add': { action: 'order.add', change: ['status', null, 'New'] },
  'admin.orders.move': { action: 'order.move', change: ['orders', { New: 1 }, { Refused: 1 }] },
  'admin.orderImports.start': { action: 'order.import', change: ['created', null, 1] },
  'admin.doNotCall.add': { action: 'doNotCall.add', change: ['numbers', null, ['…188']] },
  'admin.doNotCall.remove': { action: 'doNotCall.remove', change: ['numbers', ['…188'], null] },
  'admin.automations.add': { action: 'automation.add', change: ['name', null, 'Thank'] },
  'admin.automations.change': { action: 'automation.change', change: ['on', true, false] },
  'admin.automations.renewSecret': {
    action: 'automation.renewSecret',
    change: ['webhookSecret', 'set', 'renewed'],
  },
  'admin.automations.remove': { action: 'automation.remove', change: ['name', 'Thank', null] },
  'admin.records.erase': { action: 'record.erase', change: ['kind', 'lead', null] },
  'admin.projects.remove': { action: 'project.remove', change: ['name', 'Southwind', null] },
  'admin.statuses.set': {
    action: 'statuses.change',
    change: ['statuses', [], [expect.objectContaining({ label: 'Training' })]],
  },
  'admin.apiKeys.add': { action: 'apiKey.add', change: ['name', null, 'Wallboard'] },
  'admin.apiKeys.remove': { action: 'apiKey.remove', change: ['name', 'Wallboard', null] },
  'admin.settings.set': { action: 'settings.change', change: ['extensionLast', 599, 499] },
  'supervise.setStatus': { action: 'user.setStatus', change: ['status', 'offline', 'away'] },
  'supervise.endWrapUp': { action: 'user.endWrapUp', change: ['wrapUp', true, false] },
  'supervise.signOut': { action: 'user.signOut', change: ['signedIn', true, false] },
};

const made: OrderId[] = [];
const anOrder = {
  ...{ recordId: recordId.parse('practice-aylin-demir'), statusId: orderStatusId.parse('new') },
  ...{ externalId: null, goods: '', sumMinor: null, currency: '', delivery: '', fields: {}, timeZone: null },
};

async function requests({ hub, boss: { client }, own }: SampleCompany): Promise<{
  readonly [N in Changing]: () => Promise<unknown>;
}> {
  const names = {
    firstName: 'Nele',
    lastName: 'Brandt',
    username: 'nele',
    email: null,
    mayCallOutside: false,
  };
  const user = { ...names, accountType: 'clerk' as const };
  const password = 'seven herons over the weir';
  const nele = async () => {
    const found = (await client.call('admin.users.list', null)).find(({ username }) => username === 'nele');
    if (!found) throw new Error('Nele is not there');
    return found;
  };
  const team = async (name: string) => {
    const found = (await client.call('admin.teams.list', null)).find((each) => each.name === name);
    if (!found) throw new Error('The team is not there');
    return found;
  };
  const southwind = async () => {
    const found = (await client.call('admin.projects.list', null)).find(
      ({ settings }) => settings.name === 'Southwind',
    );
    if (!found) throw new Error('The project is not there');
    return found;
  };
  const thank = async () => {
    const [found] = await client.call('admin.automations.list', { projectId: (await southwind()).id });
    if (!found) throw new Error('The automation is not there');
    return found;
  };
  const device = async () => {
    const { userId } = await nele();
    const [found] = await client.call('admin.users.devices', { userId });
    return { userId, deviceId: found?.deviceId ?? '' };
  };
  return {
    'admin.users.add': () =>
      client.call('admin.users.add', {
        ...user,
        password,
        mustChangePassword: false,
        secondFactorDue: false,
      }),
    'admin.users.change': async () => {
      const { userId, version } = await nele();
      return client.call('admin.users.change', { ...user, userId, version, lastName: 'Berg' });
    },
    'admin.users.setDisabled': async () => {
      const { userId, version } = await nele();
      await client.call('admin.users.setDisabled', { userId, version, disabled: true });
      // Enabled again, so that what follows can be done; the entry of the first is looked for.
      return client.call('admin.users.setDisabled', { userId, version: version + 1, disabled: false });
    },
    'admin.users.resetPassword': async () => {
      const { userId } = await nele();
      const another = 'nine otters below the mill';
      return client.call('admin.users.resetPassword', {
        userId,
        password: another,
        mustChangePassword: true,
      });
    },
    'admin.users.resetSecondFactor': async () =>
      client.call('admin.users.resetSecondFactor', { userId: (await nele()).userId, due: true }),
    'admin.users.addDevice': async () =>
      client.call('admin.users.addDevice', { userId: (await nele()).userId, label: 'Desk phone' }),
    'admin.users.rotateDevice': async () => client.call('admin.users.rotateDevice', await device()),
    'admin.users.removeDevice': async () => client.call('admin.users.removeDevice', await device()),
    'admin.users.importCsv': () => {
      const columns =
        'firstName,lastName,username,email,password,accountType,mustChangePassword,secondFactorDue';
      const row = `Omar,Haddad,omar,,${password},clerk,no,no`;
      const csv = `${columns},mayCallOutside,teams\n${row},no,\n`;
      return client.call('admin.users.importCsv', { csv, tryOnly: false });
    },
    'admin.teams.add': () => client.call('admin.teams.add', { name: 'Night', memberIds: [] }),
    'admin.teams.change': async () =>
      client.call('admin.teams.change', { ...(await team('Night')), name: 'Late' }),
    'admin.teams.remove': async () => {
      const { id, version } = await team('Late');
      return client.call('admin.teams.remove', { id, version });
    },
    'admin.projects.add': () =>
      client.call('admin.projects.add', { settings: { ...own.settings, name: 'Southwind', numbers: [] } }),
    'admin.projects.change': async () => {
      const { id, version, settings } = await southwind();
      return client.call('admin.projects.change', {
        id,
        version,
        settings: { ...settings, wrapUpMs: 45_000 },
      });
    },
    'admin.dispositions.set': async () => {
      const { id: projectId } = await southwind();
      const { version } = await client.call('admin.dispositions.get', { projectId });
      const lost = { id: null, label: 'Lost', group: null, color: 'red', key: null, noteRequired: false };
      return client.call('admin.dispositions.set', { projectId, version, dispositions: [lost] });
    },
    'admin.callForms.set': async () => {
      const { id: projectId } = await southwind();
      const { version, form } = await client.call('admin.callForms.get', { projectId });
      const greeting = 'Good morning';
      return client.call('admin.callForms.set', { projectId, version, form: { ...form, greeting } });
    },
    'admin.recordImports.start': async () => {
      const csv = Buffer.from('firstName,kind\nNadia,lead\n');
      const { id } = await client.call('admin.recordImports.begin', {
        fileName: 'people.csv',
        bytes: csv.length,
      });
      await client.call('admin.recordImports.addPiece', { id, offset: 0, base64: csv.toString('base64') });
      const { settings } = await client.call('admin.recordImports.preview', { id, settings: null });
      await client.call('admin.recordImports.start', { id, settings });
      await eventually('the import is done', async () => {
        const [newest] = await client.call('admin.recordImports.list', null);
        return newest?.state === 'done';
      });
    },
    'admin.dialUp.set': async () => {
      const { id: projectId } = await southwind();
      const { version, settings } = await client.call('admin.dialUp.get', { projectId });
      return client.call('admin.dialUp.set', {
        projectId,
        version,
        settings: { ...settings, countdownSeconds: 12 },
      });
    },
    'admin.dialUp.setFreeModes': async () => {
      const { version, modes } = await client.call('admin.dialUp.freeModes', null);
      const named = modes.map((each) => (each.mode === 'random1' ? { ...each, name: 'Win back' } : each));
      return client.call('admin.dialUp.setFreeModes', { version, modes: named });
    },
    'admin.orderStatuses.set': async () => {
      const { version, statuses } = await client.call('admin.orderStatuses.get', null);
      const parked = { id: null, label: 'Parked', color: 'gray', mode: null, addToDialUp: false };
      return client.call('admin.orderStatuses.set', { version, statuses: [...statuses, parked] });
    },
    'admin.orders.add': async () => {
      const { id: projectId } = await southwind();
      const content = { ...anOrder, projectId };
      made.push((await client.call('admin.orders.add', { content })).id);
    },
    'admin.orders.move': () =>
      client.call('admin.orders.move', {
        orders: { which: 'these', orderIds: made },
        statusId: orderStatusId.parse('refused'),
      }),
    'admin.orderImports.start': async () => {
      const { id: projectId } = await southwind();
      const csv = Buffer.from('Order number,Phone\nS-1,+442079460188\n');
      const begun = { fileName: 'orders.csv', bytes: csv.length };
      const { id } = await client.call('admin.orderImports.begin', begun);
      await client.call('admin.orderImports.addPiece', { id, offset: 0, base64: csv.toString('base64') });
      const wanted = { columns: [], projectId, statusId: anOrder.statusId };
      const { settings } = await client.call('admin.orderImports.preview', { id, settings: wanted });
      await client.call('admin.orderImports.start', { id, settings: settings ?? wanted });
      await eventually('the import is done', async () => {
        const [newestImport] = await client.call('admin.orderImports.list', null);
        return newestImport?.state === 'done';
      });
    },
    'admin.doNotCall.add': () =>
      client.call('admin.doNotCall.add', { numbers: ['+442079460188'], reason: 'Asked for it' }),
    'admin.doNotCall.remove': () => client.call('admin.doNotCall.remove', { number: '+442079460188' }),
    'admin.automations.add': async () => {
      const { id: projectId } = await southwind();
      const trigger = { on: 'missedCall' as const };
      const actions = [{ do: 'webhook' as const, url: 'https://example.com/' }];
      const rule = { projectId, name: 'Thank', on: true, trigger, conditions: [], actions };
      await client.call('admin.automations.add', { rule });
    },
    'admin.automations.change': async () => {
      const { id, version, ...rule } = await thank();
      return client.call('admin.automations.change', { id, version, rule: { ...rule, on: false } });
    },
    'admin.automations.renewSecret': async () =>
      client.call('admin.automations.renewSecret', { id: (await thank()).id }),
    'admin.automations.remove': async () => {
      const { id, version } = await thank();
      return client.call('admin.automations.remove', { id, version });
    },
    'admin.records.erase': () =>
      client.call('admin.records.erase', { recordId: recordId.parse('practice-aylin-demir') }),
    'admin.projects.remove': async () => {
      const { id, version } = await southwind();
      return client.call('admin.projects.remove', { id, version });
    },
    'admin.statuses.set': () => {
      const training = { id: null, label: 'Training', actsAs: 'busy', color: 'grape' } as const;
      return client.call('admin.statuses.set', { version: 0, statuses: [training] });
    },
    'admin.apiKeys.add': () =>
      client.call('admin.apiKeys.add', { name: 'Wallboard', scopes: ['calls:read'] }),
    'admin.apiKeys.remove': async () => {
      const [key] = await client.call('admin.apiKeys.list', null);
      return client.call('admin.apiKeys.remove', { id: key?.id as NonNullable<typeof key>['id'] });
    },
    'admin.settings.set': async () => {
      const now = await client.call('admin.settings.get', null);
      return client.call('admin.settings.set', { ...now, extensionLast: 499 });
    },
    'supervise.setStatus': () => {
      const wanted = { userId: own.userId, status: 'away', labelId: null, untilMs: null } as const;
      return client.call('supervise.setStatus', wanted);
    },
    'supervise.endWrapUp': async () => {
      const agent = await signInDesktop(hub, {
        username: 'clerk2',
        password: 'practice-clerk2',
        accountType: 'clerk',
      });
      await agent.client.call('device.report', { activity: 'wrapUp', asleep: false });
      return client.call('supervise.endWrapUp', { userId: own.userId });
    },
    'supervise.signOut': () => client.call('supervise.signOut', { userId: own.userId }),
  };
}

it('TEAM-8: every change by an admin stands in the audit log with who, when, before and after', async () => {
  const company = await sampleCompany();
  const { boss } = company;
  const asking = await requests(company);
  for (const [command, { action, change }] of Object.entries(tries) as [Changing, Try][]) {
    const [last] = await newest(boss, 1);
    const begunAtMs = Date.now();
    await asking[command]();
    const added = (await newest(boss, 5)).filter(({ id }) => id > (last?.id ?? 0));
    const entry = added.find((each) => each.action === action);
    expect(entry, command).toMatchObject({
      actor: { kind: 'user', id: boss.session.user.userId, name: boss.session.user.displayName },
      subject: { id: expect.stringMatching(/./), name: expect.stringMatching(/./) },
    });
    expect(entry?.atMs, command).toBeGreaterThanOrEqual(begunAtMs);
    expect(entry?.atMs, command).toBeLessThanOrEqual(Date.now());
    const [field, before, after] = change;
    expect(entry?.changes, command).toContainEqual({ field, before, after });
  }
  const everything = JSON.stringify(await newest(boss, 500));
  for (const secret of ['seven herons', 'nine otters', 'offhook_', 'whsec_'])
    expect(everything).not.toContain(secret);
  // What is refused leaves none.
  const [last] = await newest(boss, 1);
  const refused = boss.client.call('admin.teams.add', { name: 'Own', memberIds: [] });
  await expect(refused).rejects.toMatchObject({ reason: 'nameTaken' });
  expect((await newest(boss, 1))[0]?.id).toBe(last?.id);
});

async function newest({ client }: SignedIn, limit: number): Promise<AuditEntry[]> {
  const question = { beforeId: null, limit, text: '', actorId: null, projectId: null };
  return (await client.call('admin.audit.list', question)).entries;
}
