// REST from outside, over HTTP, on a real hub: keys and scopes, users, teams, projects, calls, versions, refusals, limits,
// and the document that describes it all.
import { afterAll, describe, expect, it } from 'vitest';
import type { LoggedCall } from '../../../src-hub/calls/call-log-store.ts';
import { restPermissions } from '../../../src-hub/permissions/rest-permissions.ts';
import { eventually } from '../../support/eventually.ts';
import { startLongLivedHub } from '../projects/long-lived-hub.ts';
import { openDesktop, signInDesktop, wholeSignIn } from '../support.ts';
import { askRest, everyScope, everythingKey, keyFor } from './rest-client.ts';

const ada = {
  firstName: 'Ada',
  lastName: 'Quist',
  username: 'ada.quist',
  email: 'ada@example.org',
  password: 'seven herons over the weir',
  accountType: 'clerk',
  mustChangePassword: false,
  secondFactorDue: false,
  mayCallOutside: false,
};

// One for all: each start hashes four passwords.
const hub = await startLongLivedHub();
afterAll(() => hub.end());

describe('an API key', () => {
  it('opens what its scopes name, for as long as it is there', async () => {
    const { boss, rest } = await everythingKey(hub);
    const reader = await keyFor(hub, boss, 'Wallboard', ['users:read']);
    expect((await reader.ask('GET', '/users')).status).toBe(200);
    const refused = await reader.ask('POST', '/users', { body: ada });
    expect(refused).toMatchObject({ status: 403, body: { reason: 'notAllowed', status: 403 } });
    expect(hub.log.lines).toContainEqual(
      expect.objectContaining({
        message: 'permissions: refused',
        facts: { operation: 'addUser', apiKeyId: reader.keyId },
      }),
    );
    for (const key of [null, 'offhook_none', `${reader.key}x`, '']) {
      const answer = await askRest(hub, key, 'GET', '/users');
      expect(answer).toMatchObject({ status: 401, body: { reason: 'keyMissing' } });
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    const [shown] = (await boss.client.call('admin.apiKeys.list', null)).filter(
      ({ name }) => name === 'Wallboard',
    );
    expect(shown?.lastUsedAtMs).toBeGreaterThan(0);
    await boss.client.call('admin.apiKeys.remove', { id: shown?.id as never });
    expect((await reader.ask('GET', '/users')).status).toBe(401);
    expect((await rest.ask('GET', '/users')).status).toBe(200);
  });

  it('opens every operation with the scope that the table names, and none with all the others', async () => {
    const { boss, rest } = await everythingKey(hub);
    const { paths } = (await askRest(hub, null, 'GET', '/openapi.json')).body;
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({ path, method, operationId })),
    );
    expect(described.map(({ operationId }) => operationId).sort()).toEqual(
      Object.keys(restPermissions).sort(),
    );
    for (const { path, method, operationId } of described) {
      const scope = restPermissions[operationId];
      const others = await keyFor(
        hub,
        boss,
        operationId,
        everyScope.filter((each) => each !== scope),
      );
      const address = path.replace(/\{\w+\}/g, 'nobody');
      const body = method === 'post' || method === 'put' ? {} : undefined;
      const options = body ? { body } : {};
      expect((await others.ask(method.toUpperCase(), address, options)).status, operationId).toBe(403);
      expect((await rest.ask(method.toUpperCase(), address, options)).status, operationId).not.toBe(403);
    }
  });
});

describe('REST', () => {
  it('TEAM-2, TEAM-3, TEAM-8: makes a user with an extension, who signs in, is changed and disabled; each in the audit log', async () => {
    const { boss, rest } = await everythingKey(hub);
    const made = await rest.ask('POST', '/users', { body: ada });
    expect(made).toMatchObject({ status: 201, body: { username: 'ada.quist', extension: '205' } });
    expect(JSON.stringify(made.body)).not.toContain(ada.password);
    const address = made.headers.get('location')?.replace('/api/v1', '') ?? '';
    const { username, password, accountType } = ada;
    const { client } = await openDesktop(hub);
    const step = await client.call('session.signIn', {
      username,
      password,
      accountType: 'clerk',
      deviceId: 'd',
    });
    expect(wholeSignIn(step).sip.uri).toContain('205@');

    const changed = await rest.ask('PUT', address, {
      ifMatch: made.headers.get('etag'),
      body: { firstName: 'Ada', lastName: 'Berg', username, email: null, accountType, mayCallOutside: true },
    });
    expect(changed).toMatchObject({ status: 200, body: { lastName: 'Berg', email: null } });
    const stale = await rest.ask('POST', `${address}/disable`, { ifMatch: made.headers.get('etag') });
    expect(stale).toMatchObject({ status: 412, body: { reason: 'changedMeanwhile' } });
    const blind = await rest.ask('POST', `${address}/disable`);
    expect(blind).toMatchObject({ status: 428, body: { reason: 'versionMissing' } });
    const disabled = await rest.ask('POST', `${address}/disable`, { ifMatch: changed.headers.get('etag') });
    expect(disabled.body.disabledAtMs).toBeGreaterThan(0);
    await expect(client.call('presence.get', null)).rejects.toBeTruthy();
    expect((await rest.ask('POST', `${address}/enable`, { ifMatch: '*' })).body.disabledAtMs).toBeNull();

    const { entries } = await boss.client.call('admin.audit.list', {
      beforeId: null,
      limit: 10,
      text: '',
      actorId: rest.keyId as never,
      projectId: null,
    });
    expect(entries.map(({ action }) => action)).toEqual([
      'user.enable',
      'user.disable',
      'user.change',
      'user.add',
    ]);
    expect(entries.every(({ actor }) => actor.kind === 'apiKey' && actor.name.startsWith('Everything'))).toBe(
      true,
    );
    expect(entries[2]?.changes).toContainEqual({ field: 'lastName', before: 'Quist', after: 'Berg' });
    expect(JSON.stringify(entries)).not.toContain(ada.password);
  });

  it('TEAM-3 TEAM-8 SUP-2: resets a password and a second factor, signs a user out, and revokes a device', async () => {
    const { boss, rest } = await everythingKey(hub);
    const username = 'ida.reed';
    const made = await rest.ask('POST', '/users', { body: { ...ada, username, email: null } });
    const address = made.headers.get('location')?.replace('/api/v1', '') ?? '';
    const signIn = (password: string) =>
      signInDesktop(hub, { username, password, accountType: 'clerk' }, 'ida-desk');
    const first = await signIn(ada.password);
    expect((await rest.ask('POST', `${address}/sign-out`)).status).toBe(204);
    await expect(first.client.call('presence.get', null)).rejects.toBeTruthy();

    const weak = await rest.ask('POST', `${address}/reset-password`, {
      body: { password: 'short', mustChangePassword: false },
    });
    expect(weak.status).toBe(422);
    const password = 'nine otters under a quay';
    const reset = await rest.ask('POST', `${address}/reset-password`, {
      body: { password, mustChangePassword: false },
    });
    expect([reset.status, JSON.stringify(reset.body).includes(password)]).toEqual([200, false]);
    const second = await signIn(password);
    const { devices } = (await rest.ask('GET', `${address}/devices`)).body;
    expect(devices).toEqual([expect.objectContaining({ deviceId: 'ida-desk', make: 'offhook' })]);
    expect((await rest.ask('DELETE', `${address}/devices/ida-desk`)).status).toBe(204);
    await expect(second.client.call('presence.get', null)).rejects.toBeTruthy();
    expect((await rest.ask('GET', `${address}/devices`)).body.devices).toEqual([]);
    expect(await rest.ask('DELETE', `${address}/devices/ida-desk`)).toMatchObject({
      status: 404,
      body: { reason: 'noSuchDevice' },
    });
    const due = await rest.ask('POST', `${address}/reset-second-factor`, { body: { due: true } });
    expect(due).toMatchObject({ status: 200, body: { secondFactor: 'due' } });
    for (const path of ['reset-password', 'reset-second-factor', 'sign-out']) {
      const body =
        path === 'sign-out'
          ? {}
          : { body: path.endsWith('r') ? { due: false } : { password, mustChangePassword: true } };
      expect((await rest.ask('POST', `/users/nobody/${path}`, body)).status, path).toBe(404);
    }
    const { entries } = await boss.client.call('admin.audit.list', {
      beforeId: null,
      limit: 10,
      text: '',
      actorId: rest.keyId as never,
      projectId: null,
    });
    expect(entries.map(({ action }) => action)).toEqual([
      'user.resetSecondFactor',
      'user.removeDevice',
      'user.resetPassword',
      'user.signOut',
      'user.add',
    ]);
    expect(JSON.stringify(entries)).not.toContain(password);
  });

  it('TEAM-4: makes, changes and removes a team', async () => {
    const { boss, rest } = await everythingKey(hub);
    const memberIds = [boss.session.user.userId];
    const made = await rest.ask('POST', '/teams', { body: { name: 'Night', memberIds } });
    expect(made).toMatchObject({ status: 201, body: { name: 'Night', memberIds } });
    const address = `/teams/${made.body.id}`;
    expect((await rest.ask('GET', address)).headers.get('etag')).toBe(made.headers.get('etag'));
    const taken = await rest.ask('POST', '/teams', { body: { name: 'Night', memberIds: [] } });
    expect(taken).toMatchObject({ status: 409, body: { reason: 'nameTaken' } });
    const strange = await rest.ask('POST', '/teams', { body: { name: 'Day', memberIds: ['nobody'] } });
    expect(strange).toMatchObject({ status: 422, body: { reason: 'noSuchUser' } });
    const changed = await rest.ask('PUT', address, {
      ifMatch: made.headers.get('etag'),
      body: { name: 'Late', memberIds: [] },
    });
    expect(changed.body).toMatchObject({ name: 'Late', memberIds: [] });
    const removed = await rest.ask('DELETE', address, { ifMatch: changed.headers.get('etag') });
    expect(removed).toMatchObject({ status: 204, body: null });
    expect(await rest.ask('GET', address)).toMatchObject({ status: 404, body: { reason: 'noSuchTeam' } });
  });

  it('TEAM-5: makes, changes and removes a project, and tells which number another project has', async () => {
    const { rest } = await everythingKey(hub);
    const northwind = (await rest.ask('GET', '/projects/northwind-support')).body;
    const settings = { ...northwind.settings, name: 'Southwind', numbers: ['+44 20 7946 0177'] };
    const taken = await rest.ask('POST', '/projects', {
      body: { ...settings, numbers: northwind.settings.numbers },
    });
    expect(taken).toMatchObject({ status: 409, body: { reason: 'numberTaken' } });
    const made = await rest.ask('POST', '/projects', { body: settings });
    expect(made).toMatchObject({ status: 201, body: { settings: { numbers: ['+442079460177'] } } });
    const address = `/projects/${made.body.id}`;
    const changed = await rest.ask('PUT', address, {
      ifMatch: made.headers.get('etag'),
      body: { ...made.body.settings, wrapUpMs: 30_000 },
    });
    expect(changed.body.settings.wrapUpMs).toBe(30_000);
    const old = await rest.ask('PUT', address, {
      ifMatch: made.headers.get('etag'),
      body: made.body.settings,
    });
    expect(old.status).toBe(412);
    expect((await rest.ask('DELETE', address, { ifMatch: '*' })).status).toBe(204);
    expect((await rest.ask('GET', address)).status).toBe(404);
  });

  it('lists calls with their offers, filtered and page by page, while new ones come in', async () => {
    const { rest } = await everythingKey(hub);
    const caller = await signInDesktop(hub);
    const practiceCalls = 3;
    for (let count = 0; count < practiceCalls; count += 1) {
      await eventually('a caller rings', async () => {
        try {
          await caller.client.call('practice.call', { kind: 'knownCustomer' });
          return true;
        } catch {
          return false;
        }
      });
    }
    const all = await eventually('the calls are there', async () => {
      const { calls } = (await rest.ask('GET', '/calls')).body;
      return calls.length >= practiceCalls && calls;
    });
    const first = await rest.ask('GET', '/calls?limit=1');
    expect(first.body.calls).toHaveLength(1);
    const second = await rest.ask('GET', `/calls?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body.calls[0]?.sipCallId).toBe(all[1]?.sipCallId);
    const { sipCallId, atMs } = all[0] as LoggedCall;
    expect((await rest.ask('GET', `/calls?untilMs=${atMs}`)).body.calls).not.toContainEqual(
      expect.objectContaining({ sipCallId }),
    );
    expect((await rest.ask('GET', '/calls?projectId=none')).body.calls).toEqual([]);
    const one = await rest.ask('GET', `/calls/${encodeURIComponent(sipCallId)}`);
    expect(one.body).toMatchObject({ sipCallId, destination: 'project', projectId: 'northwind-support' });
    expect(one.body.callerNumber).toBe('+442079460123');
    expect((await rest.ask('GET', '/calls?cursor=nonsense')).body.reason).toBe('cursorMalformed');
    expect((await rest.ask('GET', '/calls/nothing')).status).toBe(404);
  });

  it('tells what is wrong with a request as a problem of RFC 9457, and changes nothing', async () => {
    const { rest } = await everythingKey(hub);
    const before = (await rest.ask('GET', '/users')).body;
    const wrong: readonly [number, string, string, unknown][] = [
      [400, 'POST', '/users', { ...ada, username: '?' }],
      [400, 'POST', '/users', { ...ada, extra: 1 }],
      [400, 'POST', '/users', 'no json'],
      [400, 'GET', '/calls?limit=0', undefined],
      [404, 'GET', '/nowhere', undefined],
      [413, 'POST', '/users', { ...ada, firstName: 'x'.repeat(1_000_001) }],
      [422, 'POST', '/users', { ...ada, password: 'short' }],
      [409, 'POST', '/users', { ...ada, username: 'clerk' }],
    ];
    for (const [status, method, path, body] of wrong) {
      const answer = await rest.ask(method, path, body === undefined ? {} : { body });
      expect(answer, `${method} ${path} ${status}`).toMatchObject({
        status,
        body: { status, type: 'about:blank' },
      });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body.detail).not.toBe('');
    }
    const { errors } = (await rest.ask('POST', '/users', { body: { ...ada, email: 'none' } })).body;
    expect(errors).toMatchObject([{ in: 'body', at: '/email' }]);
    expect((await rest.ask('GET', '/users')).body).toEqual(before);
    expect(hub.log.errors()).toEqual([]);
  });

  it('describes itself in OpenAPI 3.1, open to anybody', async () => {
    const { status, headers, body } = await askRest(hub, null, 'GET', '/openapi.json');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      openapi: '3.1.0',
      components: { securitySchemes: { apiKey: { scheme: 'bearer' } } },
    });
    expect(Object.keys(body.paths).sort()).toEqual([
      '/calls',
      '/calls/{sipCallId}',
      '/order-statuses',
      '/orders',
      '/orders/by-external-id/{externalId}',
      '/orders/imports',
      '/orders/imports/{importId}',
      '/orders/imports/{importId}/preview',
      '/orders/imports/{importId}/problems',
      '/orders/imports/{importId}/start',
      '/orders/{orderId}',
      '/orders/{orderId}/attempts',
      '/projects',
      '/projects/{projectId}',
      '/records',
      '/records/by-external-id/{externalId}',
      '/records/export',
      '/records/imports',
      '/records/imports/{importId}',
      '/records/imports/{importId}/preview',
      '/records/imports/{importId}/problems',
      '/records/imports/{importId}/start',
      '/records/{recordId}',
      '/records/{recordId}/changes',
      '/records/{recordId}/notes',
      '/teams',
      '/teams/{teamId}',
      '/users',
      '/users/{userId}',
      '/users/{userId}/devices',
      '/users/{userId}/devices/{deviceId}',
      '/users/{userId}/disable',
      '/users/{userId}/enable',
      '/users/{userId}/reset-password',
      '/users/{userId}/reset-second-factor',
      '/users/{userId}/sign-out',
    ]);
    expect(body.paths['/users']?.post).toMatchObject({
      requestBody: {
        content: { 'application/json': { schema: { properties: { username: { type: 'string' } } } } },
      },
    });
    const { responses = {} } = body.paths['/users']?.post ?? {};
    expect(Object.keys(responses).sort()).toEqual(['201', '400', '401', '403', '409', '422', '429']);
  });

  it('answers no page of a browser, and no address more often than it may ask, whatever keys it tries', async () => {
    const { rest } = await everythingKey(hub);
    const fromPage = await rest.ask('GET', '/users', { headers: { origin: 'https://example.com' } });
    expect(fromPage.status).toBe(403);
    expect(fromPage.headers.get('access-control-allow-origin')).toBeNull();
    const tried = await Promise.all(
      Array.from({ length: 610 }, (_, index) => askRest(hub, `offhook_${index}`, 'GET', '/users')),
    );
    const refused = tried.find(({ status }) => status === 429);
    expect(refused?.body.reason).toBe('slowDown');
    expect((await rest.ask('GET', '/users')).status).toBe(429);
    expect(tried.filter(({ status }) => status === 401).length).toBeGreaterThan(100);
  });
});
