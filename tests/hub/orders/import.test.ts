// Imports of orders from CSV on both databases: what is understood, whom an order is for, what is wrong by row.
import { describe, expect, it } from 'vitest';
import type { OrderImportSettings } from '#shared/admin/dial-up-contract.ts';
import { recordId } from '#shared/domain/ids.ts';
import { readSum } from '../../../src-hub/orders/import/read-sum.ts';
import { eventually } from '../../support/eventually.ts';
import { type CallModeAtWork, callModeAtWork, settingsWith, status } from '../dial-up/call-mode-at-work.ts';
import { annActs, content, dental, number, support } from '../records/records-at-work.ts';
import { onBothDatabases } from '../users/on-both-databases.ts';

const any = { projectId: null, mode: null, bucket: null, statusId: null, agentId: null, due: 'any' } as const;

async function imported(at: CallModeAtWork, csv: string, projectId = support) {
  const { imports } = at.administration;
  const { id } = await imports.upload(annActs, 'orders.csv', Buffer.from(csv));
  const settings: OrderImportSettings = { columns: [], projectId, statusId: status('new') };
  const preview = await imports.preview(id, settings);
  if (!preview.settings) throw new Error('Not understood');
  await imports.start(id, preview.settings);
  await eventually('the import is done', async () => (await imports.get(id)).state === 'done');
  return { preview, done: await imports.get(id), problems: await imports.problemsCsv(id) };
}

async function orders(at: CallModeAtWork) {
  const rows = await at.db.selectFrom('dial_order').select('id').orderBy('external_id').execute();
  return await at.orderStore.ordersOf(rows.map(({ id }) => id));
}

describe('a sum', () => {
  it('is read as people and shops write it', () => {
    const read = (cell: string, currency = 'EUR') => readSum(cell, currency)?.minor ?? null;
    expect([
      read('12'),
      read('12,5'),
      read('12.50'),
      read('1.234,50 €'),
      read('1,234.5'),
      read('1.234'),
    ]).toEqual([...[1_200, 1_250, 1_250, 123_450, 123_450, 123_400]]);
    expect([read("1'234'567.89"), read('-3,20'), read('1 234,00'), read('500', 'JPY')]).toEqual([
      ...[123_456_789, -320, 123_400, 500],
    ]);
    expect(readSum('£ 9.99', '')).toEqual({ minor: 999, currency: 'GBP' });
    expect(['', 'much', '1,2,3', '12.345.6', '1e5', '12 Taler'].map((cell) => read(cell))).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });
});

await onBothDatabases((open) => {
  it('DIAL-11: orders come in by their headings; people are found by external id, else number, else made; the second time updates', async () => {
    const at = await callModeAtWork(await open());
    const field = {
      key: 'size',
      label: 'Größe',
      type: 'choice' as const,
      choices: ['S', 'L'],
      required: false,
    };
    await at.set(support, settingsWith({ newLeads: {}, reconfirmation: {} }, { orderFields: [field] }));
    const known = recordId.parse('known');
    await at.records.create(annActs, known, content({ externalId: 'C-1', projectId: support }));
    const called = recordId.parse('called');
    await at.records.create(annActs, called, content({ numbers: [number('+442079460177')] }));
    const header = 'Bestellnummer;Kundennummer;Telefon;Nachname;Artikel;Betrag;Währung;Größe;Status';
    const rows = [
      'B-1;C-1;;;Lampe;49,90;EUR;l;',
      'B-2;;020 7946 0177;;Tisch;1.200 €;;S;to re-confirm',
      'B-3;C-9;+49 30 23125 014;Demir;Stuhl;;;;',
      'B-4;C-9;+493023125014;Demir;Bank;;;;',
      ';;+12015550147;Sandoval;Glasur;;;;',
    ];
    const first = await imported(at, [header, ...rows].join('\n'));
    expect(first.done).toMatchObject({
      state: 'done',
      rows: 5,
      created: 5,
      updated: 0,
      bad: 0,
      reason: null,
    });
    const [unnamed, lamp, table, chair, bench] = await orders(at).then((all) =>
      all.toSorted((one, other) => (one.externalId ?? '').localeCompare(other.externalId ?? '')),
    );
    expect(lamp).toMatchObject({
      recordId: known,
      sumMinor: 4_990,
      currency: 'EUR',
      fields: { size: 'L' },
      source: 'import',
    });
    expect(table).toMatchObject({
      recordId: called,
      sumMinor: 120_000,
      currency: 'EUR',
      statusId: 'to-reconfirm',
    });
    expect(table?.place?.mode).toBe('reconfirmation');
    expect(chair?.recordId).toBe(bench?.recordId);
    expect(await at.records.get(chair?.recordId ?? known)).toMatchObject({
      ...{ externalId: 'C-9', lastName: 'Demir', kind: 'lead', projectId: support },
      numbers: [{ number: '+493023125014' }],
    });
    expect(unnamed?.externalId).toBeNull();
    const changed = [header, 'B-1;;;;Lampe;59,90;EUR;;Refused', rows[1], rows[1]].join('\n');
    const second = await imported(at, changed);
    expect(second.done).toMatchObject({ created: 0, updated: 3, bad: 0 });
    const after = await at.orders.get(lamp?.id ?? ('' as never));
    expect(after).toMatchObject({
      sumMinor: 5_990,
      statusId: 'refused',
      version: 2,
      place: null,
      fields: { size: 'L' },
    });
    expect((await at.orders.get(table?.id ?? ('' as never))).version).toBe(1);
    expect((await at.administration.line.inLine(any, 0, 10, 'all')).total).toBe(4);
    const entries = await at.db
      .selectFrom('audit_entry')
      .select(['action', 'project_id'])
      .where('action', '=', 'order.import')
      .execute();
    expect(entries).toEqual([
      { action: 'order.import', project_id: support },
      { action: 'order.import', project_id: support },
    ]);
  });

  it('DIAL-11: of a file with bad rows the good ones come in, and each bad one is told by row, column and reason', async () => {
    const at = await callModeAtWork(await open());
    await at.order('elsewhere', 'new', '+442079460112', dental);
    const header = 'externalId,number,sum,currency,status,timeZone,email,lastName';
    const bad = [
      'X-1,soon,,,,,,A',
      'X-2,+442079460101,much,EUR,,,,B',
      'X-3,+442079460102,1,Taler,,,,C',
      'X-4,+442079460103,,,No such,,,D',
      'X-5,+442079460104,,,,Europe/Atlantis,,E',
      'X-6,,,,,,nobody,F',
      'X-7,,,,,,,',
      'elsewhere,+442079460105,,,,,,G',
      'X-8,+442079460106,,,,,,H,too much',
    ];
    const good = Array.from({ length: 21 }, (_, index) => `G-${index},+4420794602${10 + index},,,,,,Good`);
    const { preview, done, problems } = await imported(at, [header, ...bad, ...good].join('\n'));
    // Who a row is for, and whose its order is, is known once it is written.
    expect(preview.badRows).toBe(7);
    expect(done).toMatchObject({ rows: 30, created: 21, updated: 0, bad: 9 });
    const told = problems
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',').slice(0, 3).join(' '));
    expect(told).toEqual([
      ...['2 number numberMalformed', '3 sum sumMalformed', '4 currency currencyMalformed'],
      ...['5 status noSuchStatus', '6 timeZone timeZoneUnknown', '7 email emailMalformed'],
      ...['8  personMissing', '9  otherProject', '10  tooManyCells'],
    ]);
  });
});
