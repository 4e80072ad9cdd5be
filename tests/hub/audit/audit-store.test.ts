// The audit log on both databases: nothing in it can be changed or removed, what names people can be emptied; how it is
// paged, searched and kept to what a supervisor belongs to. API keys, settings and the list of calls on both, too.
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { projectId, sipCallId, teamId, userId } from '#shared/domain/ids.ts';
import { AccountStore } from '../../../src-hub/accounts/account-store.ts';
import { ApiKeyService } from '../../../src-hub/api-keys/api-key-service.ts';
import { ApiKeyStore } from '../../../src-hub/api-keys/api-key-store.ts';
import { type AuditedChange, type AuditQuestion, AuditStore } from '../../../src-hub/audit/audit-store.ts';
import { CallLogService } from '../../../src-hub/calls/call-log-service.ts';
import { CallLogStore } from '../../../src-hub/calls/call-log-store.ts';
import { createCompanyChanges } from '../../../src-hub/company-changes.ts';
import { OfferStore } from '../../../src-hub/routing/offer-store.ts';
import { SettingsService } from '../../../src-hub/settings/settings-service.ts';
import { SettingsStore } from '../../../src-hub/settings/settings-store.ts';
import { HandClock, KeptLog } from '../support.ts';
import { onBothDatabases } from '../users/on-both-databases.ts';

const kim = { kind: 'user', id: 'u-kim', name: 'Kim Größe' } as const;
const change: AuditedChange = {
  actor: kim,
  action: 'team.change',
  subject: { kind: 'team', id: 'night', name: 'Night 100%' },
  teamId: teamId.parse('night'),
  before: { name: 'Day', memberIds: ['a'] },
  after: { name: 'Night 100%', memberIds: ['a'] },
};
const all: AuditQuestion = {
  beforeId: null,
  limit: 100,
  text: '',
  actorId: null,
  projectId: null,
  within: null,
};
const southwind = projectId.parse('southwind');

await onBothDatabases((open) => {
  it('an entry says who, when, before and after, and the database lets nobody change or remove it', async () => {
    const db = await open();
    const audit = new AuditStore(db);
    await audit.append(change, 1_800_000_000_123);
    const entry = {
      atMs: 1_800_000_000_123,
      actor: kim,
      action: 'team.change',
      subject: change.subject,
      changes: [{ field: 'name', before: 'Day', after: 'Night 100%' }],
    };
    expect(await audit.list(all)).toMatchObject([entry]);
    const attempts = [
      () => db.updateTable('audit_entry').set({ actor_id: 'u-lee' }).execute(),
      () => db.deleteFrom('audit_entry').execute(),
      () => db.updateTable('audit_detail').set({ changes: '[]' }).execute(),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow('append-only');
    expect(await audit.list(all)).toMatchObject([entry]);
    await db.deleteFrom('audit_detail').execute();
    const subject = { kind: 'team', id: 'night', name: '' };
    const emptied = { ...entry, actor: { ...kim, name: '' }, subject, changes: null };
    expect(await audit.list(all)).toMatchObject([emptied]);
  });

  it('a change whose entry cannot be written is not made', async () => {
    const db = await open();
    await sql`drop table audit_detail`.execute(db);
    const store = new ApiKeyStore(db);
    const keys = new ApiKeyService({
      store,
      clock: new HandClock(),
      changes: createCompanyChanges(new KeptLog()),
    });
    await expect(keys.add(kim, { name: 'Wallboard', scopes: ['calls:read'] })).rejects.toThrow();
    expect(await store.all()).toEqual([]);
  });

  it('the log is read page by page, by text, actor and project, and within what a supervisor belongs to', async () => {
    const audit = new AuditStore(await open());
    await audit.append(change, 1);
    const lee = { kind: 'apiKey', id: 'k-lee', name: 'Lee’s import' } as const;
    const project = { kind: 'project', id: southwind, name: 'Southwind' };
    const none = { before: {}, after: { wrapUpMs: 30_000 } };
    await audit.append(
      { actor: lee, action: 'project.add', subject: project, projectId: southwind, ...none },
      2,
    );
    const ann = { kind: 'user', id: 'u-ann', name: 'Ann' };
    await audit.append({ actor: kim, action: 'user.disable', subject: ann, before: {}, after: {} }, 3);
    const times = async (asked: Partial<AuditQuestion>) =>
      (await audit.list({ ...all, ...asked })).map(({ atMs }) => atMs);

    expect(await times({})).toEqual([3, 2, 1]);
    const [newest] = await audit.list({ ...all, limit: 1 });
    expect(await times({ beforeId: newest?.id ?? 0 })).toEqual([2, 1]);
    expect(await times({ text: 'SOUTHWIND' })).toEqual([2]);
    expect(await times({ text: 'wrapupms' })).toEqual([2]);
    expect(await times({ text: '100%' })).toEqual([1]);
    expect(await times({ text: '1_0' })).toEqual([]);
    expect(await times({ actorId: 'k-lee' })).toEqual([2]);
    expect(await times({ projectId: southwind })).toEqual([2]);
    const within = { teamIds: new Set<never>(), projectIds: new Set<never>(), userIds: new Set<never>() };
    const people = new Set([userId.parse('u-ann')]);
    expect(await times({ within: { ...within, userIds: people } })).toEqual([3]);
    expect(await times({ within: { ...within, userIds: people, projectIds: new Set([southwind]) } })).toEqual(
      [3, 2],
    );
    expect(
      await times({ within: { ...within, userIds: people, teamIds: new Set([teamId.parse('night')]) } }),
    ).toEqual([3, 1]);
  });

  it('an API key is kept as a hash, named once, and when it was last used is known to the minute', async () => {
    const db = await open();
    const clock = new HandClock();
    const keys = new ApiKeyService({
      store: new ApiKeyStore(db),
      clock,
      changes: createCompanyChanges(new KeptLog()),
    });
    const { key, apiKey } = await keys.add(kim, { name: 'Wallboard', scopes: ['calls:read', 'calls:read'] });
    expect(apiKey.scopes).toEqual(['calls:read']);
    await expect(keys.add(kim, { name: 'Wallboard', scopes: ['calls:read'] })).rejects.toMatchObject({
      reason: 'nameTaken',
    });
    const rows = JSON.stringify(await db.selectFrom('api_key').selectAll().execute());
    expect(rows).not.toContain(key);
    const entries = JSON.stringify(await new AuditStore(db).list(all));
    expect(entries).toContain('Wallboard');
    expect(entries).not.toContain(key);
    expect(await keys.recognise(`${key.slice(0, -1)}#`)).toBeNull();
    clock.advance(1_000);
    const usedAtMs = clock.nowMs();
    expect(await keys.recognise(key)).toMatchObject({ id: apiKey.id });
    clock.advance(59_000);
    await keys.recognise(key);
    expect(await keys.list()).toMatchObject([{ name: 'Wallboard', lastUsedAtMs: usedAtMs }]);
    await keys.remove(kim, apiKey.id);
    expect(await keys.recognise(key)).toBeNull();
    await expect(keys.remove(kim, apiKey.id)).rejects.toMatchObject({ reason: 'noSuchKey' });
  });

  it('of two super admins who change the settings at once, the second sees the first’s change', async () => {
    const db = await open();
    const settings = new SettingsService({
      store: new SettingsStore(db),
      clock: new HandClock(),
      changes: createCompanyChanges(new KeptLog()),
      reservedNumbers: ['600', '112'],
    });
    const before = await settings.current();
    expect(before).toEqual({ version: 0, extensionFirst: 201, extensionLast: 599, privateTargets: [] });
    const tries = await Promise.allSettled([
      settings.set(kim, { ...before, extensionLast: 399 }),
      settings.set(kim, { ...before, extensionLast: 499 }),
    ]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const now = await settings.current();
    expect(now.version).toBe(1);
    await expect(settings.set(kim, before)).rejects.toMatchObject({ reason: 'changedMeanwhile' });
    const set = (extensionFirst: number, extensionLast: number) =>
      settings.set(kim, { ...now, extensionFirst, extensionLast });
    await expect(set(300, 299)).rejects.toMatchObject({ reason: 'rangeMalformed' });
    await expect(set(100, 199)).rejects.toMatchObject({ reason: 'rangeTaken' });
    await expect(set(500, 700)).rejects.toMatchObject({ reason: 'rangeTaken' });
    expect(await set(1000, 1999)).toMatchObject({ version: 2, extensionFirst: 1000 });
    expect(await new AuditStore(db).list(all)).toHaveLength(2);
  });

  it('calls are listed newest first, page by page, with their offers, by project, caller, user and outcome', async () => {
    const db = await open();
    const ann = userId.parse('u-ann');
    await new AccountStore(db).add({
      user: { userId: ann, username: 'ann', displayName: 'Ann', accountType: 'clerk', extension: '201' },
      passwordHash: 'x',
    });
    const offers = new OfferStore(db);
    const id = (name: string) => sipCallId.parse(name);
    for (const [index, name] of ['one', 'two', 'three', 'four'].entries()) {
      const request = {
        sipCallId: id(name),
        callerNumber: index === 0 ? null : `+44207946012${index}`,
        callerName: null,
        redirectedFrom: null,
      };
      // Two of them in the same millisecond.
      await offers.addCall(
        request as never,
        { destination: 'user', projectId: null },
        1_000 + Math.min(index, 2),
      );
    }
    const offer = { sipCallId: id('two'), userId: ann, attempt: 1, beganAtMs: 1_100, missedReason: null };
    await offers.putOffer({ ...offer, outcome: 'declined', endedAtMs: 1_900, toTell: false });
    await offers.routingEnded(id('two'), {
      outcome: 'voicemail',
      answeredBy: null,
      answeredAtMs: null,
      endedAtMs: null,
    });
    const calls = new CallLogService(new CallLogStore(db));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await calls.page({ limit: 1 }, cursor);
      seen.push(...page.calls.map((call) => call.sipCallId));
      cursor = page.nextCursor;
      if (seen.length === 1) {
        const late = { sipCallId: id('five'), callerNumber: null, callerName: null, redirectedFrom: null };
        await offers.addCall(late as never, { destination: 'user', projectId: null }, 9_000);
      }
    } while (cursor !== null);
    expect(seen).toEqual(['three', 'four', 'two', 'one']);
    const found = async (question: object) =>
      (await calls.page({ limit: 10, ...question }, null)).calls.map((call) => call.sipCallId);
    expect(await found({ outcome: 'voicemail' })).toEqual(['two']);
    expect(await found({ offerOutcome: 'declined' })).toEqual(['two']);
    expect(await found({ userId: ann, offerOutcome: 'answered' })).toEqual([]);
    expect(await found({ callerNumber: '+442079460121' })).toEqual(['two']);
    expect(await found({ fromMs: 1_001, untilMs: 1_002 })).toEqual(['two']);
    expect(await found({ projectId: southwind })).toEqual([]);
    expect((await calls.call(id('two'))).offers).toMatchObject([
      { userId: ann, outcome: 'declined', endedAtMs: 1_900 },
    ]);
  });
});
