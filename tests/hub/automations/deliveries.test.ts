// What leaves the hub: again until it arrives, under the same id, and what does not answer holds up nobody else (AUTO-2).

import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { dispositionId } from '#shared/domain/ids.ts';
import { signatureOf } from '../../../src-hub/automations/webhook-sender.ts';
import { eventually } from '../../support/eventually.ts';
import { runHub, slowMs } from '../hub-process.ts';
import { annActs, content, id, report, support } from '../records/records-at-work.ts';
import { clerk, openTestDatabase, signInDesktop, superAdmin, temporaryFolder } from '../support.ts';
import { automationsAtWork, mailServer, receiver } from './automations-at-work.ts';

const sold = dispositionId.parse('northwind-sold');
const databaseOf = async () => await openTestDatabase(await temporaryFolder());

it('AUTO-2: is tried again under the same id, then dead, and sent again by hand under the same id', async () => {
  const hub = await automationsAtWork(await databaseOf());
  let fails = 3;
  const there = await receiver((response) => {
    fails -= 1;
    response.writeHead(fails >= 0 ? 500 : 200).end();
  });
  await hub.rule({ actions: [{ do: 'webhook', url: there.url }] });
  await hub.report(report({ id: 'c1', dispositionId: sold }));
  await eventually('it is dead', async () => (await hub.deliveriesOf())[0]?.state === 'dead');
  const [dead] = await hub.deliveriesOf();
  expect(dead).toMatchObject({ attempts: 3, lastError: 'HTTP 500', repeatPossible: false });
  expect((await hub.runsOf())[0]).toMatchObject({ state: 'failed', results: [{ state: 'dead' }] });
  await expect(
    hub.watch.resend(annActs, [dead?.id ?? ''], {
      teamIds: new Set(),
      projectIds: new Set(),
      userIds: new Set(),
    }),
  ).rejects.toMatchObject({ reason: 'notDead' });
  expect(await hub.watch.resend(annActs, [dead?.id ?? ''], 'all')).toBe(1);
  await eventually('it has arrived', async () => (await hub.runsOf())[0]?.state === 'done');
  expect(new Set(there.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([dead?.id]));
  expect(there.received).toHaveLength(4);
});

it('AUTO-2: a receiver that asks for time gets it, up to the longest pause of ours', async () => {
  const hourMs = 3_600_000;
  const hub = await automationsAtWork(await databaseOf(), {
    times: { answerWithinMs: 15_000, againAfterMs: [60_000, 2 * hourMs] },
  });
  const inAnHour = () => new Date(hub.parts.clock.nowMs() + hourMs).toUTCString();
  const asks = { seconds: () => '3600', date: inAnHour, forEver: () => '999999999', nonsense: () => 'soon' };
  for (const [name, asked] of Object.entries(asks)) {
    const there = await receiver((response) => response.writeHead(503, { 'retry-after': asked() }).end());
    await hub.rule({ name, actions: [{ do: 'webhook', url: there.url }] });
  }
  await hub.report(report({ id: 'c1', dispositionId: sold }));
  await eventually('each has answered', async () => {
    const all = await hub.deliveriesOf();
    return all.length === 4 && all.every(({ lastError }) => lastError === 'HTTP 503');
  });
  const minutes = Object.fromEntries(
    (await hub.deliveriesOf()).map(({ ruleName, nextAtMs, lastAtMs }) => [
      ruleName,
      Math.round(((nextAtMs ?? 0) - (lastAtMs ?? 0)) / 60_000),
    ]),
  );
  expect(minutes).toEqual({ seconds: 60, date: 60, forEver: 120, nonsense: 1 });
});

it('AUTO-2: one that hangs, one that answers too late and one that always fails hold up nobody', async () => {
  const hub = await automationsAtWork(await databaseOf(), {
    times: { answerWithinMs: 1_500, againAfterMs: [60_000] },
  });
  const hangs = await receiver(() => undefined);
  const fails = await receiver((response) => response.writeHead(500).end());
  const redirects = await receiver((response) => response.writeHead(302, { location: '/elsewhere' }).end());
  const fine = await receiver((response) => {
    response.writeHead(200);
    // What it goes on to say is not waited for.
    response.write('x'.repeat(1_000));
  });
  for (const [name, { url }] of Object.entries({ hangs, fails, redirects, fine })) {
    await hub.rule({ name, actions: [{ do: 'webhook', url }] });
  }
  for (let at = 0; at < 6; at += 1) await hub.report(report({ id: `c${at}`, dispositionId: sold }));
  await eventually('all that can arrive has', () => fine.received.length === 6);
  const sent = (await hub.deliveriesOf()).filter(({ state }) => state === 'sent');
  expect(sent.length + 2).toBeGreaterThanOrEqual(6);
  expect(hangs.received.length).toBeLessThanOrEqual(4);
  await eventually('the first of the hanging ones is given up for now', async () =>
    (await hub.deliveriesOf()).some(
      ({ repeatPossible, lastError }) => repeatPossible && lastError?.startsWith('Timeout'),
    ),
  );
  expect(redirects.received.every(({ path }) => path === '/')).toBe(true);
  expect((await hub.deliveriesOf()).find(({ lastError }) => lastError === 'HTTP 302')?.state).toBe('waiting');
});

it('AUTO-2: goes to no private address that a super admin has not allowed, whatever its name', async () => {
  const hub = await automationsAtWork(await databaseOf(), { privateTargets: [] });
  const there = await receiver();
  const refused = { reason: 'addressNotAllowed' };
  await expect(hub.rule({ actions: [{ do: 'webhook', url: there.url }] })).rejects.toMatchObject(refused);
  const open = await automationsAtWork(await databaseOf(), { privateTargets: [`127.0.0.1:${there.port}`] });
  await open.rule({ actions: [{ do: 'webhook', url: there.url }] });
  open.privateTargets.length = 0;
  await open.report(report({ id: 'c1', dispositionId: sold }));
  await eventually('it is refused', async () => (await open.deliveriesOf())[0]?.state === 'dead');
  expect((await open.runsOf())[0]?.results).toMatchObject([{ reason: 'addressNotAllowed' }]);
  expect(there.received).toEqual([]);
});

it('AUTO-1: an e-mail goes over the mail server, again after a refusal, with the same Message-ID', async () => {
  const mail = await mailServer(1);
  const hub = await automationsAtWork(await databaseOf(), { mail: mail.settings });
  await hub.records.create(
    annActs,
    id('maya'),
    content({ projectId: support, emails: ['maya@example.com'] }),
  );
  const text = 'Dear {{record.name}},\nthank you.';
  const email = {
    do: 'email' as const,
    to: ['{{record.email}}', 'boss@northwind.example'],
    subject: 'Zu {{project.name}}',
    text,
  };
  await hub.rule({ actions: [email] });
  await hub.report(report({ id: 'c1', recordId: id('maya'), dispositionId: sold }));
  const [kept] = await eventually('the e-mail', () => (mail.mails.length > 0 ? mail.mails : null));
  expect(kept).toMatchObject({
    from: 'no-reply@northwind.example',
    to: ['maya@example.com', 'boss@northwind.example'],
  });
  await eventually('it is known to be sent', async () => (await hub.deliveriesOf())[0]?.state === 'sent');
  const [delivery] = await hub.deliveriesOf();
  expect(kept?.text).toContain(`Message-ID: <${delivery?.id}@northwind.example>`);
  expect(kept?.text).toContain('Dear Marlow,');
  expect(delivery).toMatchObject({ attempts: 2, to: '2', kind: 'email' });
  const without = await automationsAtWork(await databaseOf());
  await expect(without.rule({ actions: [email] })).rejects.toMatchObject({ reason: 'noMailServer' });
});

it('signs with the former secret too, for a day', async () => {
  const hub = await automationsAtWork(await databaseOf());
  const { rule, webhookSecret } = await hub.rule({
    actions: [{ do: 'webhook', url: 'https://example.com/' }],
  });
  const renewed = await hub.rules.renewSecret(annActs, rule.id, 'all');
  const secrets = await hub.begun.rules.secretsOf(rule.id);
  if (!secrets || webhookSecret === null) throw new Error('No secret');
  const atMs = secrets.formerUntilMs ?? 0;
  const webhook = { id: 'msg_1', url: '', body: '{}', secrets };
  const by = (secret: string, at: number) => new Webhook(secret).sign('msg_1', new Date(at), '{}');
  expect(signatureOf(webhook, atMs - 1)).toBe(`${by(renewed, atMs - 1)} ${by(webhookSecret, atMs - 1)}`);
  expect(signatureOf(webhook, atMs)).toBe(by(renewed, atMs));
  expect(await hub.rules.list(support)).not.toContainEqual(
    expect.objectContaining({ webhookSecret: expect.anything() }),
  );
});

it('refuses a rule that cannot be meant, and one that somebody else has changed', async () => {
  const hub = await automationsAtWork(await databaseOf());
  const { rule } = await hub.rule({ name: 'First', actions: [{ do: 'addTag', tag: 'a' }] });
  const reasonOf = async (part: Parameters<typeof hub.rule>[0]) => {
    const error: unknown = await hub.rule(part).catch((each: unknown) => each);
    return (error as { reason?: string }).reason;
  };
  expect([
    await reasonOf({ name: 'First', actions: [{ do: 'addTag', tag: 'b' }] }),
    await reasonOf({ actions: [{ do: 'changeRecord', field: 'city', value: '{{record.town}}' }] }),
    await reasonOf({ actions: [{ do: 'changeRecord', field: 'fields.colour', value: '' }] }),
    await reasonOf({ actions: [{ do: 'assign', userId: 'nobody' as typeof annActs.id as never }] }),
    await reasonOf({ actions: [{ do: 'setOrderStatus', statusId: 'none' as never }] }),
    await reasonOf({
      trigger: { on: 'disposition', dispositionIds: ['none' as never] },
      actions: [{ do: 'addTag', tag: 'b' }],
    }),
  ]).toEqual(['labelTaken', 'unknownName', 'noSuchField', 'noSuchUser', 'noSuchStatus', 'noSuchDisposition']);
  const { id: ruleId, version: _version, ...edited } = rule;
  await hub.rules.change(annActs, ruleId, 1, { ...edited, on: false });
  await expect(hub.rules.change(annActs, ruleId, 1, edited)).rejects.toMatchObject({
    reason: 'changedMeanwhile',
  });
  await hub.rules.remove(annActs, ruleId, 2, 'all');
  expect(await hub.rules.list(support)).toEqual([]);
});

it(
  'AUTO-2: a hub that is killed while it sends has changed the record once, and sends again under the same id',
  async () => {
    const folder = await temporaryFolder();
    let answers = false;
    const there = await receiver((response) => {
      if (answers) response.writeHead(204).end();
    });
    const hub = await runHub(folder);
    const boss = await signInDesktop(hub, superAdmin, 'boss');
    const settings = await boss.client.call('admin.settings.get', null);
    await boss.client.call('admin.settings.set', {
      ...settings,
      privateTargets: [`127.0.0.1:${there.port}`],
    });
    const { session, client } = await signInDesktop(hub, clerk, 'desk');
    const [project] = (await boss.client.call('admin.projects.list', null)).filter(
      ({ settings: { memberIds } }) => memberIds.includes(session.user.userId),
    );
    if (!project) throw new Error('The clerk has no project');
    await boss.client.call('admin.automations.add', {
      rule: {
        ...{ projectId: project.id, name: 'Tell', on: true, conditions: [] },
        trigger: { on: 'disposition', dispositionIds: [] },
        actions: [
          { do: 'createRecord', kind: 'lead' },
          { do: 'webhook', url: there.url },
        ],
      },
    });
    const call = report({ id: 'c1', projectId: project.id, number: '+442079460177', dispositionId: sold });
    await client.call('sync.push', {
      mutations: [
        { mutationId: 'm1' as never, sequence: 1, madeAtMs: 1, mutation: { kind: 'call.report', call } },
      ],
    });
    await eventually('the webhook is on its way', () => there.received.length === 1);
    hub.child.kill('SIGKILL');
    await hub.exited;
    answers = true;
    const again = await runHub(folder);
    await eventually('it came again', () => there.received.length === 2);
    const back = await signInDesktop(again, superAdmin, 'boss');
    const question = { projectId: project.id, state: null, cursor: null, limit: 10 };
    const delivery = await eventually('it is known to be sent', async () => {
      const { deliveries } = await back.client.call('admin.automations.deliveries', question);
      return deliveries.find(({ state }) => state === 'sent');
    });
    expect(delivery).toMatchObject({ attempts: 2, repeatPossible: true });
    expect(there.received.map(({ headers }) => headers['webhook-id'])).toEqual([delivery.id, delivery.id]);
    const found = await back.client.call('admin.records.find', { text: '+442079460177' });
    expect(found).toHaveLength(1);
  },
  slowMs,
);
