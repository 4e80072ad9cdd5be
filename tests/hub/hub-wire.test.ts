// The hub's wire from outside: who may connect, what bad frames bring about, and what is refused to the signed-out.
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { usualCallForm } from '#shared/domain/call-form.ts';
import { usualDialUpSettings } from '#shared/domain/dial-up-usual.ts';
import { hubContract } from '#shared/hub/hub-contract.ts';
import { eventually } from '../support/eventually.ts';
import { someProject } from './projects/a-project.ts';
import { openDesktop, signInDesktop, startTestHub, upgradeStatus } from './support.ts';

describe('a connection to the hub', () => {
  it('is refused to pages in a browser, whatever origin they have', async () => {
    const hub = await startTestHub();
    for (const origin of ['https://example.com', 'http://127.0.0.1:8080', 'null', 'app://desk']) {
      expect(await upgradeStatus(`${hub.url}/hub`, { origin })).toBe(403);
      expect(await upgradeStatus(`${hub.url}/sip`, { origin, protocols: ['sip'] })).toBe(403);
    }
    expect(await upgradeStatus(`${hub.url}/hub`)).toBe(101);
  });

  it('is refused where the host name is not this computer (a rebound DNS name)', async () => {
    const hub = await startTestHub();
    const headers = { host: `attacker.example:${hub.port}` };
    expect(await upgradeStatus(`${hub.url}/hub`, { headers })).toBe(403);
    expect(await httpStatus(hub.port, '/health', headers)).toBe(403);
    expect(await upgradeStatus(`ws://localhost:${hub.port}/hub`)).toBe(101);
  });

  it('opens /sip only with the subprotocol sip, and no other path', async () => {
    const hub = await startTestHub();
    expect(await upgradeStatus(`${hub.url}/sip`)).toBe(400);
    expect(await upgradeStatus(`${hub.url}/sip`, { protocols: ['sip'] })).toBe(101);
    expect(await upgradeStatus(`${hub.url}/elsewhere`)).toBe(404);
  });

  it('answers /health, and nothing else over plain HTTP', async () => {
    const hub = await startTestHub();
    expect(await httpStatus(hub.port, '/health')).toBe(200);
    expect(await httpStatus(hub.port, '/health', { origin: 'https://example.com' })).toBe(403);
    expect(await httpStatus(hub.port, '/')).toBe(404);
    expect(await httpStatus(hub.port, '/hub')).toBe(404);
  });

  it('is refused with a token of the command line that is not good', async () => {
    const hub = await startTestHub();
    const withToken = (token: string) =>
      upgradeStatus(`${hub.url}/hub`, { headers: { authorization: `Bearer ${token}` } });
    expect(await withToken('invented')).toBe(401);
    expect(await withToken(`${hub.operatorToken}x`)).toBe(401);
    expect(await withToken(hub.operatorToken)).toBe(101);
  });

  it('lets the command line call, but be nobody: everything of a user is refused', async () => {
    const hub = await startTestHub();
    const { client } = await openDesktop(hub, { headers: { authorization: `Bearer ${hub.operatorToken}` } });
    await expect(client.call('voicemails.get', null)).rejects.toMatchObject({ reason: 'signedOut' });
    await expect(
      client.call('presence.set', { status: 'away', labelId: null, untilMs: null }),
    ).rejects.toMatchObject({
      reason: 'signedOut',
    });
  });
});

describe('before signing in', () => {
  const user = {
    firstName: 'Ann',
    lastName: 'Ostrom',
    username: 'ann',
    email: null,
    accountType: 'clerk',
    mayCallOutside: false,
  };
  const aRule = {
    ...{ projectId: 'p', name: 'A', on: true, trigger: { on: 'missedCall' }, conditions: [] },
    actions: [{ do: 'addTag', tag: 'missed' }],
  };
  const note = {
    kind: 'note.add',
    note: { id: 'n', recordId: 'r', callId: null, text: 'Hello', writtenAtMs: 1 },
  };
  const requests: Readonly<Record<string, unknown>> = {
    'presence.get': null,
    'presence.set': { status: 'available', labelId: null, untilMs: null },
    'voicemails.get': null,
    'voicemail.audio': { voicemailId: 'v' },
    'voicemail.markHeard': { voicemailId: 'v', heard: true },
    'device.report': { activity: 'free', asleep: false },
    'offers.ignore': { sipCallId: 'c' },
    'sync.push': { mutations: [{ mutationId: 'm', sequence: 1, madeAtMs: 1, mutation: note }] },
    'sync.pull': { scope: null, cursor: null, limit: 1 },
    'offers.takeMissed': null,
    'ice.servers': null,
    'practice.call': { kind: 'knownCustomer' },
    'session.signOut': null,
    'account.get': null,
    'account.otherDevices': null,
    'account.changePassword': { password: 'p', newPassword: 'n' },
    'account.proposeSecondFactor': { password: 'p' },
    'account.confirmSecondFactor': { code: '123456' },
    'account.endSecondFactor': { password: 'p' },
    'account.renewRecoveryCodes': { password: 'p' },
    'account.signOutEverywhere': null,
    'work.get': null,
    'projects.open': { primaryId: null, secondaryIds: [] },
    'people.get': null,
    'people.watch': { on: true },
    'supervise.setStatus': { userId: 'u', status: 'away', labelId: null, untilMs: null },
    'supervise.endWrapUp': { userId: 'u' },
    'supervise.signOut': { userId: 'u' },
    'admin.users.list': null,
    'admin.users.add': { ...user, password: 'p', mustChangePassword: false, secondFactorDue: false },
    'admin.users.change': { ...user, userId: 'u', version: 0 },
    'admin.users.setDisabled': { userId: 'u', version: 0, disabled: true },
    'admin.users.resetPassword': { userId: 'u', password: 'p', mustChangePassword: false },
    'admin.users.resetSecondFactor': { userId: 'u', due: false },
    'admin.users.devices': { userId: 'u' },
    'admin.users.addDevice': { userId: 'u', label: 'Desk phone' },
    'admin.users.rotateDevice': { userId: 'u', deviceId: 'd' },
    'admin.users.removeDevice': { userId: 'u', deviceId: 'd' },
    'admin.users.importCsv': { csv: '', tryOnly: true },
    'admin.users.exportCsv': null,
    'admin.teams.list': null,
    'admin.teams.add': { name: 'Team', memberIds: [] },
    'admin.teams.change': { id: 't', version: 0, name: 'Team', memberIds: [] },
    'admin.teams.remove': { id: 't', version: 0 },
    'admin.projects.list': null,
    'admin.projects.add': { settings: someProject() },
    'admin.projects.change': { id: 'p', version: 0, settings: someProject() },
    'admin.projects.remove': { id: 'p', version: 0 },
    'admin.dispositions.get': { projectId: 'p' },
    'admin.dispositions.set': { projectId: 'p', version: 0, dispositions: [] },
    'records.lookup': { number: '+442079460123' },
    'dial.take': { settling: [] },
    'dial.prolong': { leaseIds: ['l'] },
    'dial.giveBack': { leaseId: 'l' },
    'dial.mayDial': { leaseId: 'l', number: '+442079460123' },
    'dial.day': { sinceMs: 0 },
    'dial.modes': null,
    'orders.ofRecord': { recordId: 'r' },
    'admin.callForms.get': { projectId: 'p' },
    'admin.callForms.set': { projectId: 'p', version: 0, form: usualCallForm },
    'admin.recordImports.list': null,
    'admin.recordImports.begin': { fileName: 'people.csv', bytes: 10 },
    'admin.recordImports.addPiece': { id: 'none', offset: 0, base64: '' },
    'admin.recordImports.preview': { id: 'none', settings: null },
    'admin.recordImports.start': {
      id: 'none',
      settings: { columns: [], kind: 'contact', projectId: null, ownerId: null },
    },
    'admin.recordImports.problems': { id: 'none' },
    'admin.recordImports.remove': { id: 'none' },
    'admin.records.find': { text: 'nobody' },
    'admin.records.exportCsv': { projectId: 'all', kind: null, cursor: null },
    'admin.records.erase': { recordId: 'none' },
    'admin.statuses.get': null,
    'admin.statuses.set': { version: 0, statuses: [] },
    'admin.dialUp.matrix': null,
    'admin.dialUp.get': { projectId: 'p' },
    'admin.dialUp.set': { projectId: 'p', version: 0, settings: usualDialUpSettings([]) },
    'admin.dialUp.freeModes': null,
    'admin.dialUp.setFreeModes': { version: 0, modes: [] },
    'admin.orderStatuses.get': null,
    'admin.orderStatuses.set': { version: 0, statuses: [] },
    'admin.orders.inLine': {
      filter: { projectId: null, mode: null, bucket: null, statusId: null, agentId: null, due: 'any' },
      offset: 0,
      limit: 1,
    },
    'admin.orders.get': { orderId: 'o' },
    'admin.orders.add': {
      content: {
        ...{ recordId: 'r', projectId: 'p', statusId: 's', externalId: null, goods: '', sumMinor: null },
        ...{ currency: '', delivery: '', fields: {}, timeZone: null },
      },
    },
    'admin.orders.counts': null,
    'admin.orders.move': { orders: { which: 'these', orderIds: ['o'] }, statusId: 's' },
    'admin.orders.late': null,
    'admin.orders.decideLate': { attemptId: 'a', apply: true },
    'admin.doNotCall.list': { digits: '' },
    'admin.doNotCall.add': { numbers: ['+442079460123'], reason: '' },
    'admin.doNotCall.remove': { number: '+442079460123' },
    'admin.orderImports.list': null,
    'admin.orderImports.begin': { fileName: 'orders.csv', bytes: 10 },
    'admin.orderImports.addPiece': { id: 'none', offset: 0, base64: '' },
    'admin.orderImports.preview': { id: 'none', settings: null },
    'admin.orderImports.start': { id: 'none', settings: { columns: [], projectId: 'p', statusId: 's' } },
    'admin.orderImports.problems': { id: 'none' },
    'admin.orderImports.remove': { id: 'none' },
    'admin.automations.list': { projectId: 'p' },
    'admin.automations.add': { rule: aRule },
    'admin.automations.change': { id: 'a', version: 1, rule: aRule },
    'admin.automations.remove': { id: 'a', version: 1 },
    'admin.automations.renewSecret': { id: 'a' },
    'admin.automations.candidates': { rule: aRule },
    'admin.automations.tryOut': { rule: aRule, id: 'c' },
    'admin.automations.runs': { projectId: 'p', ruleId: null, cursor: null, limit: 1 },
    'admin.automations.deliveries': { projectId: 'p', state: null, cursor: null, limit: 1 },
    'admin.automations.resend': { deliveryIds: ['d'] },
    'admin.audit.list': { beforeId: null, limit: 10, text: '', actorId: null, projectId: null },
    'admin.apiKeys.list': null,
    'admin.apiKeys.add': { name: 'Key', scopes: ['calls:read'] },
    'admin.apiKeys.remove': { id: 'k' },
    'admin.settings.get': null,
    'admin.settings.set': { version: 0, extensionFirst: 201, extensionLast: 299 },
  };
  const open = [
    'hub.describe',
    'session.signIn',
    'session.secondFactor',
    'session.newPassword',
    'session.setUpSecondFactor',
    'session.signInRemembered',
    'session.resume',
  ];

  it('every command of the contract but those of signing in is refused as signedOut', async () => {
    const hub = await startTestHub();
    const { client } = await openDesktop(hub);
    const commands = Object.keys(hubContract.commands).filter((name) => !open.includes(name));
    // A new command must be given a request here, and thought about.
    expect(commands.sort()).toEqual(Object.keys(requests).sort());
    for (const name of commands) {
      const call = client.call(name as 'presence.get', requests[name] as null);
      await expect(call, name).rejects.toMatchObject({ reason: 'signedOut' });
    }
  });
});

describe('a bad frame', () => {
  it('is dropped or answered, and the connection lives on', async () => {
    const hub = await startTestHub();
    const { ws, heard, client } = await signInDesktop(hub);
    heard.length = 0;
    const unanswerable = ['', 'not json', '[]', 'null', '{"kind":"call"}', '{"id":1}', '"call"'];
    for (const text of unanswerable) ws.send(text);
    ws.send(Buffer.from([0, 1, 2, 255]));
    ws.send('{"kind":"call","id":7,"name":"presence.get","payload":null,"extra":true}');
    ws.send('{"kind":"call","id":8,"name":"no.such","payload":null}');
    ws.send('{"kind":"call","id":9,"name":"__proto__","payload":null}');
    ws.send('{"kind":"call","id":10,"name":"presence.set","payload":{"status":"inactive","untilMs":null}}');
    ws.send('{"kind":"call","id":11,"name":"toString","payload":null}');
    // What the hub tells by itself meanwhile is no answer.
    const answers = () =>
      heard
        .map((text) => JSON.parse(text) as { id: number; kind: string; reason: string })
        .filter(({ kind }) => kind !== 'event');
    await eventually('all answers', () => answers().length >= 5);
    expect(answers().map(({ kind, id, reason }) => [kind, id, reason])).toEqual([
      ['refusal', 7, 'malformed'],
      ['refusal', 8, 'unknownCommand'],
      ['refusal', 9, 'unknownCommand'],
      ['refusal', 10, 'malformed'],
      ['refusal', 11, 'unknownCommand'],
    ]);
    await expect(client.call('presence.get', null)).resolves.toMatchObject({ status: 'offline' });
    expect(hub.log.lines.filter(({ message }) => message === 'wire: malformed frame')).toHaveLength(9);
    expect(hub.log.errors()).toEqual([]);
  });

  it('that is longer than a stranger needs ends their connection, and not that of who has signed in', async () => {
    const hub = await startTestHub();
    const stranger = await openDesktop(hub);
    // What is sent in many small ones is as good as before.
    for (let at = 0; at < 100; at += 1) stranger.ws.send('x'.repeat(2_000));
    await expect(stranger.client.call('hub.describe', null)).resolves.toMatchObject({ practice: true });
    const { client, ws } = await signInDesktop(hub);
    ws.send('x'.repeat(1_000_000));
    await expect(client.call('presence.get', null)).resolves.toBeTruthy();
    stranger.ws.send('x'.repeat(300_000));
    expect(await stranger.closed).toBe(1009);
    await expect(client.call('presence.get', null)).resolves.toBeTruthy();
  });

  it('that is far too large ends its connection, not the hub', async () => {
    const hub = await startTestHub();
    const { ws, closed } = await signInDesktop(hub);
    ws.send('x'.repeat(6_000_001));
    expect(await closed).toBe(1009);
    const { client } = await openDesktop(hub);
    await expect(client.call('hub.describe', null)).resolves.toMatchObject({ practice: true });
  });
});

function httpStatus(port: number, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once('error', reject);
    sent.end();
  });
}
