// REST on records, over HTTP, on a real hub.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import type { WholeRecord } from '#shared/domain/record.ts';
import { eventually } from '../../support/eventually.ts';
import { startLongLivedHub } from '../projects/long-lived-hub.ts';
import { everythingKey } from './rest-client.ts';

const hub = await startLongLivedHub();
afterAll(() => hub.end());
const northwind = 'northwind-support';

interface RecordsBody extends WholeRecord {
  readonly records: readonly WholeRecord[];
  readonly nextCursor: string | null;
  readonly reason: string;
  readonly notes: readonly { readonly text: string; readonly authorName: string }[];
  readonly changes: readonly { readonly what: string; readonly changes: readonly unknown[] }[];
}

async function restAtWork() {
  const { boss, rest } = await everythingKey(hub);
  const ask = async (method: string, path: string, body?: unknown, ifMatch?: string | null) => {
    const options = { ...(body === undefined ? {} : { body }), ...(ifMatch ? { ifMatch } : {}) };
    const answer = await rest.ask(method, path, options);
    return { status: answer.status, headers: answer.headers, body: answer.body as unknown as RecordsBody };
  };
  return { boss, rest, ask };
}

describe('REST on records', () => {
  it('makes one, changes it where it was seen, tells its history, and erases it', async () => {
    const { ask } = await restAtWork();
    const made = await ask('POST', '/records', {
      kind: 'lead',
      projectId: northwind,
      firstName: 'Nadia',
      numbers: [{ number: '020 7946 0321' }, { number: '+49 (0)30 / 1234-56', label: 'work' }],
      emails: ['nadia@example.org'],
    });
    expect(made).toMatchObject({ status: 201, body: { version: 1, lastName: '' } });
    expect(made.body.numbers.map(({ number }) => number)).toEqual(['+442079460321', '+4930123456']);
    const address = made.headers.get('location')?.replace('/api/v1', '') ?? '';
    expect((await ask('PATCH', address, { city: 'Leeds' })).status).toBe(428);
    const changed = await ask('PATCH', address, { city: 'Leeds', tags: ['vip'] }, made.headers.get('etag'));
    expect(changed).toMatchObject({ status: 200, body: { city: 'Leeds', firstName: 'Nadia', version: 2 } });
    const stale = await ask('PATCH', address, { city: 'York' }, made.headers.get('etag'));
    expect(stale).toMatchObject({ status: 412, body: { reason: 'changedMeanwhile' } });
    expect((await ask('POST', `${address}/notes`, { text: 'Wants an offer' })).status).toBe(201);
    expect((await ask('GET', `${address}/notes`)).body.notes).toMatchObject([
      { text: 'Wants an offer', authorName: expect.stringContaining('Everything') },
    ]);
    expect((await ask('GET', `${address}/changes`)).body.changes).toMatchObject([
      { what: 'change', changes: expect.arrayContaining([{ field: 'city', before: '', after: 'Leeds' }]) },
      { what: 'create', changes: [] },
    ]);
    expect((await ask('DELETE', address, undefined, '"1"')).status).toBe(412);
    const sound = join(hub.dataDirectory, 'voicemail', 'left-by-nadia.ogg');
    await writeFile(sound, 'OggS, in spirit');
    const beside = new Database(join(hub.dataDirectory, 'hub.sqlite'));
    beside
      .prepare(
        `insert into voicemail (id, caller_number, left_at_ms, duration_ms, heard)
         values ('left-by-nadia', '+442079460321', 1, 2, 0)`,
      )
      .run();
    expect((await ask('DELETE', address, undefined, '*')).status).toBe(204);
    expect(await ask('GET', address)).toMatchObject({ status: 404, body: { reason: 'noSuchRecord' } });
    // What the person had said on the phone goes, too.
    expect(existsSync(sound)).toBe(false);
    expect(beside.prepare('select count(*) from voicemail').pluck().get()).toBe(0);
    beside.close();
  });

  it('puts by external id: once made, then changed, by as many at once as there are', async () => {
    const { ask } = await restAtWork();
    const path = `/records/by-external-id/${encodeURIComponent('crm/77 ü')}`;
    const both = await Promise.all(
      ['Ada', 'Bea'].map((firstName) => ask('PUT', path, { kind: 'customer', firstName })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
    const again = await ask('PUT', path, { lastName: 'Quist' });
    expect(again).toMatchObject({
      status: 200,
      body: { externalId: 'crm/77 ü', lastName: 'Quist', version: 3 },
    });
    const found = await ask('GET', `/records?externalId=${encodeURIComponent('crm/77 ü')}`);
    expect(found.body.records).toHaveLength(1);
    const taken = await ask('POST', '/records', { externalId: 'crm/77 ü', lastName: 'Other' });
    expect(taken).toMatchObject({ status: 409, body: { reason: 'externalIdTaken' } });
  });

  it('finds by number in any way of writing, e-mail, tag, text and project, page by page while others change', async () => {
    const { ask } = await restAtWork();
    for (let count = 0; count < 5; count += 1) {
      await ask('PUT', `/records/by-external-id/page-${count}`, {
        lastName: count === 3 ? 'Müller' : 'Page',
        tags: ['page', `n${count}`],
        emails: [`Page${count}@Example.org`],
        numbers: [{ number: `+4420794608${10 + count}` }],
      });
    }
    const names = async (query: string) =>
      (await ask('GET', `/records?${query}`)).body.records.map(({ externalId }) => externalId);
    expect(await names(`number=${encodeURIComponent('020 7946 0812')}`)).toEqual(['page-2']);
    expect(await names('email=page1%40example.org')).toEqual(['page-1']);
    expect(await names('tag=n4')).toEqual(['page-4']);
    expect(await names('tag=n')).toEqual([]);
    expect(await names('text=mueller')).toEqual(['page-3']);
    expect(await names(`tag=page&projectId=${northwind}`)).toEqual([]);
    expect(await names('tag=page&projectId=none&kind=contact')).toHaveLength(5);
    const first = (await ask('GET', '/records?tag=page&limit=2')).body;
    // Changed meanwhile: it is met again rather than missed.
    await ask('PUT', '/records/by-external-id/page-0', { city: 'Hull' });
    const second = (await ask('GET', `/records?tag=page&limit=9&cursor=${first.nextCursor}`)).body;
    expect(second.records.map(({ externalId }) => externalId)).toEqual([
      'page-2',
      'page-3',
      'page-4',
      'page-0',
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await ask('GET', '/records?cursor=nonsense')).body.reason).toBe('cursorMalformed');
  });

  it('holds a project’s own fields to what the project says they are, and keeps those that it says no more', async () => {
    const { ask, boss } = await restAtWork();
    const { client } = boss;
    const projectId = northwind as never;
    const set = async (customFields: { key: string; type: 'number' | 'choice'; choices: string[] }[]) => {
      const { version, form } = await client.call('admin.callForms.get', { projectId });
      const whole = customFields.map((each) => ({ ...each, label: each.key, required: true }));
      await client.call('admin.callForms.set', {
        projectId,
        version,
        form: { ...form, customFields: whole },
      });
    };
    const seats = { key: 'seats', type: 'number', choices: [] as string[] } as const;
    await set([seats, { key: 'plan', type: 'choice', choices: ['Basic', 'Plus'] }]);
    const path = '/records/by-external-id/fields';
    const put = (fields: object) => ask('PUT', path, { projectId: northwind, lastName: 'Fields', fields });
    expect((await put({ seats: 4, plan: 'Plus' })).body.fields).toEqual({ seats: 4, plan: 'Plus' });
    expect((await put({ plan: 'Gold' })).body.reason).toBe('fieldMalformed');
    expect((await put({ seats: 'four' })).body.reason).toBe('fieldMalformed');
    expect((await put({ other: 1 })).body.reason).toBe('noSuchField');
    await set([seats]);
    expect((await put({ seats: null })).body.fields).toEqual({ plan: 'Plus' });
  });

  it('takes a CSV file in, tells what was wrong with it, and gives all out again', async () => {
    const { rest, ask } = await restAtWork();
    const send = (path: string, body: string | Uint8Array<ArrayBuffer>) =>
      fetch(`http://127.0.0.1:${hub.port}/api/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${rest.key}`, 'content-type': 'text/csv' },
        body,
      });
    const csv = Buffer.from('Name;Ort;Kundennr\nGröße;Köln;csv-1\n;;\n;Bonn;\n=1+1;;csv-2\n', 'latin1');
    const sent = await send('/records/imports?fileName=people.csv', csv);
    expect(sent.status).toBe(201);
    const { id } = (await sent.json()) as { id: string };
    const preview = (await rest.ask('POST', `/records/imports/${id}/preview`, { body: {} }))
      .body as unknown as {
      settings: object;
      problems: readonly object[];
    };
    expect(preview.problems).toMatchObject([{ row: 4, reason: 'nameMissing' }]);
    const started = await ask('POST', `/records/imports/${id}/start`, { settings: preview.settings });
    expect(started.status).toBe(202);
    await eventually('the import is done', async () => {
      const now = await rest.ask('GET', `/records/imports/${id}`);
      return (now.body as unknown as { state: string }).state === 'done';
    });
    expect((await ask('GET', '/records?externalId=csv-1')).body.records).toMatchObject([
      { lastName: 'Größe', city: 'Köln' },
    ]);
    const read = async (path: string) =>
      (
        await fetch(`http://127.0.0.1:${hub.port}/api/v1${path}`, {
          headers: { authorization: `Bearer ${rest.key}` },
        })
      ).text();
    expect(await read(`/records/imports/${id}/problems`)).toContain('4,,nameMissing');
    expect(await read('/records/export?externalId=csv-2')).toContain(`csv-2,contact,,"'=1+1"`);
    expect((await send('/records/imports', 'only,a,header\n')).status).toBe(422);
    expect((await ask('POST', '/records/imports', {})).status).toBe(422);
  });

  it('takes names of any script and 10,000 characters, and refuses what is longer, nameless or unknown', async () => {
    const { ask } = await restAtWork();
    const long = await ask('POST', '/records', { lastName: 'ä'.repeat(10_000), firstName: 'ندى 👩‍🔧' });
    expect(long).toMatchObject({ status: 201, body: { firstName: 'ندى 👩‍🔧' } });
    expect((await ask('POST', '/records', { lastName: 'ä'.repeat(10_001) })).status).toBe(400);
    expect((await ask('POST', '/records', { city: 'Leeds' })).body.reason).toBe('nameMissing');
    expect((await ask('POST', '/records', { lastName: 'A', projectId: 'none-such' })).body.reason).toBe(
      'noSuchProject',
    );
    expect((await ask('POST', '/records', { lastName: 'A', nickname: 'B' })).status).toBe(400);
  });
});
