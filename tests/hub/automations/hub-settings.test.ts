// What a whole hub lets its automations reach: private addresses that a super admin has named, and the mail server that the
// operator has named in variables.
import { expect, it } from 'vitest';
import { mutationId, recordId } from '#shared/domain/ids.ts';
import { readServerSettings } from '../../../src-hub/server-settings.ts';
import { SettingWrong } from '../../../src-hub/setting-wrong.ts';
import { eventually } from '../../support/eventually.ts';
import { content, support } from '../records/records-at-work.ts';
import { clerk, signInDesktop, startTestHub, superAdmin } from '../support.ts';
import { mailServer, receiver } from './automations-at-work.ts';

const whenALeadIsMade = {
  ...{ projectId: support, name: 'Tell', on: true, conditions: [] },
  trigger: { on: 'recordCreated' as const, kinds: [] },
};

it('AUTO-2: no private address is allowed at first; a super admin allows some, by host and port or network, and it is audited', async () => {
  const hub = await startTestHub();
  const there = await receiver();
  const { client } = await signInDesktop(hub, superAdmin);
  const rule = { ...whenALeadIsMade, actions: [{ do: 'webhook' as const, url: there.url }] };
  const atFirst = await client.call('admin.settings.get', null);
  expect(atFirst.privateTargets).toEqual([]);
  await expect(client.call('admin.automations.add', { rule })).rejects.toMatchObject({
    reason: 'addressNotAllowed',
  });
  await expect(
    client.call('admin.settings.set', { ...atFirst, privateTargets: [there.url] }),
  ).rejects.toMatchObject({ reason: 'targetMalformed' });
  expect(await client.call('admin.settings.get', null)).toEqual(atFirst);

  const privateTargets = [`127.0.0.1:${there.port}`, '10.1.0.0/16'];
  await client.call('admin.settings.set', { ...atFirst, privateTargets });
  await client.call('admin.automations.add', { rule });
  const all = { beforeId: null, limit: 9, text: '', actorId: null, projectId: null };
  const { entries } = await client.call('admin.audit.list', all);
  expect(entries.find(({ action }) => action === 'settings.change')).toMatchObject({
    actor: { kind: 'user', name: 'Jo Lindgren' },
    changes: [{ field: 'privateTargets', before: [], after: privateTargets }],
  });
});

it('AUTO-1: an e-mail goes over the mail server of OFFHOOK_SMTP_URL, signed in there, from OFFHOOK_MAIL_FROM', async () => {
  const mail = await mailServer();
  const settings = readServerSettings([], {
    OFFHOOK_SMTP_URL: mail.settings.smtpUrl.replace('//', '//hub%40northwind:pass%20word@'),
    OFFHOOK_MAIL_FROM: mail.settings.from,
  });
  const hub = await startTestHub({ mail: settings?.hub.mail ?? null });
  const { client: boss } = await signInDesktop(hub, superAdmin, 'boss');
  const { client } = await signInDesktop(hub, clerk, 'desk');
  const email = { do: 'email' as const, to: ['{{record.email}}'], subject: 'Welcome', text: 'Good day.' };
  await boss.call('admin.automations.add', { rule: { ...whenALeadIsMade, actions: [email] } });
  const made = content({ projectId: support, emails: ['maya@example.com'] });
  const mutation = { kind: 'record.create' as const, recordId: recordId.parse('maya'), content: made };
  await client.call('sync.push', {
    mutations: [{ mutationId: mutationId.parse('m1'), sequence: 1, madeAtMs: 1, mutation }],
  });
  const [kept] = await eventually('the e-mail', () => (mail.mails.length > 0 ? mail.mails : null));
  expect(kept).toMatchObject({ from: 'no-reply@northwind.example', to: ['maya@example.com'] });
  expect(kept?.text).toContain('Subject: Welcome');
  expect(mail.logins).toEqual(['hub@northwind / pass word']);
  expect(hub.log.errors()).toEqual([]);
});

it.each([
  [{ OFFHOOK_SMTP_URL: 'https://hub:not-to-be-told@mail.example' }, 'OFFHOOK_SMTP_URL takes smtp://'],
  [{ OFFHOOK_SMTP_URL: 'smtp://hub:not-to-be-told@mail.example' }, 'needs OFFHOOK_MAIL_FROM'],
  [
    { OFFHOOK_SMTP_URL: 'smtp://hub:not-to-be-told@mail.example', OFFHOOK_MAIL_FROM: 'Northwind' },
    'needs OFFHOOK_MAIL_FROM',
  ],
])(
  'a mail server that is not named in whole is said in words, without its password: %#',
  (environment, words) => {
    const read = () => readServerSettings([], environment);
    expect(read).toThrow(SettingWrong);
    expect(read).toThrow(words);
    expect(read).not.toThrow('not-to-be-told');
  },
);
