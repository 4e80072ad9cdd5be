// Orders, the statuses that they stand in and settings of call mode, as supervisors change them, on both databases.
import { expect, it } from 'vitest';
import { usualDialUpSettings, usualOrderStatuses } from '#shared/domain/dial-up-usual.ts';
import { orderId, orderStatusId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { LeaseStore } from '../../../src-hub/dial-up/lease-store.ts';
import { callModeAtWork, settingsWith, status } from '../dial-up/call-mode-at-work.ts';
import { annActs, dental, number, support } from '../records/records-at-work.ts';
import { onBothDatabases } from '../users/on-both-databases.ts';

const anywhere = { projectId: null, mode: null, bucket: null, statusId: null, agentId: null } as const;
const any = { ...anywhere, due: 'any' } as const;

async function reasonOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
    return 'done';
  } catch (error) {
    if (error instanceof CommandFailed) return error.reason;
    throw error;
  }
}

await onBothDatabases((open) => {
  it('DIAL-3: a hub begins with a list of statuses, each mode closed and with its usual buttons; the list is begun once', async () => {
    const db = await open();
    const at = await callModeAtWork(db);
    expect(at.statuses.list()).toEqual({ version: 1, statuses: usualOrderStatuses });
    const { version, settings } = at.settings.get(support);
    expect(version).toBe(0);
    const [newLeads, , beforeBuyout] = settings.modes;
    expect(settings.modes.map(({ open: isOpen }) => isOpen)).toEqual([false, false, false, false, false]);
    expect(newLeads?.buttons.map(({ button }) => button)).toEqual([
      ...['confirmed', 'refused', 'callBack', 'noAnswer', 'busy', 'hangUp', 'wrongNumber'],
    ]);
    expect(beforeBuyout?.buttons.map(({ button }) => button)).toEqual([
      ...['willCollect', 'collected', 'refused', 'callBack', 'noAnswer', 'busy', 'hangUp'],
    ]);
    expect(beforeBuyout?.buttons.find(({ button }) => button === 'collected')?.statusId).toBe('collected');
    const again = await callModeAtWork(db);
    expect(again.statuses.list().version).toBe(1);
  });

  it('DIAL-3: settings that cannot be are refused with the reason, and who was second is told', async () => {
    const at = await callModeAtWork(await open());
    const good = settingsWith({ newLeads: {} });
    const [lead] = good.modes;
    if (!lead) throw new Error('No mode');
    const withLead = (part: Partial<typeof lead>) => ({
      ...good,
      modes: [{ ...lead, ...part }, ...good.modes.slice(1)],
    });
    const button = { button: 'busy', shown: true, statusId: null } as const;
    const field = { key: 'size', label: 'Size', type: 'text' as const, choices: [], required: false };
    const hours = { weekday: 1, fromMinute: 540, toMinute: 1_020 };
    const wrong = {
      malformed: { ...good, modes: good.modes.toReversed() },
      buttonTwice: withLead({ buttons: [button, button] }),
      noSuchStatus: withLead({ usedUpStatusId: status('gone') }),
      noSuchUser: withLead({ agentIds: [annActs.id as never, 'nobody' as never] }),
      hoursMalformed: { ...good, callingHours: [hours, { ...hours, fromMinute: 1_000, toMinute: 1_100 }] },
      fieldTwice: { ...good, orderFields: [field, { ...field, label: 'Other' }] },
      labelTaken: { ...good, orderFields: [field, { ...field, key: 'other', label: 'size ' }] },
      choicesMissing: { ...good, orderFields: [{ ...field, type: 'choice' as const }] },
    };
    for (const [reason, settings] of Object.entries(wrong)) {
      expect(await reasonOf(at.settings.set(annActs, support, 0, settings)), reason).toBe(reason);
    }
    await at.settings.set(annActs, support, 0, { ...good, orderFields: [field] });
    expect(await reasonOf(at.settings.set(annActs, support, 0, good))).toBe('changedMeanwhile');
    const asNumber = { ...good, orderFields: [{ ...field, type: 'number' as const }] };
    expect(await reasonOf(at.settings.set(annActs, support, 1, asNumber))).toBe('typeChanged');
    const entries = await at.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'dialUp.change')
      .execute();
    expect(entries.map(({ project_id }) => project_id)).toEqual([support]);
  });

  it('DIAL-4: without the tick, or in no mode, orders of a status are not in line; with it they are back', async () => {
    const at = await callModeAtWork(await open());
    await at.set(support, settingsWith({ newLeads: {}, random1: {} }));
    await at.order('first');
    await at.order('second');
    const shown = async () => {
      const { rows } = await at.administration.line.inLine(any, 0, 10, 'all');
      return rows.map(({ name, order, whyNow }) => `${name} ${order.place?.mode} ${whyNow}`);
    };
    const setNew = async (part: object) => {
      const { version, statuses } = at.statuses.list();
      await at.statuses.set(
        annActs,
        version,
        statuses.map((each) => (each.id === 'new' ? { ...each, ...part } : each)),
      );
    };
    expect((await shown()).toSorted()).toEqual(['first newLeads unprocessed', 'second newLeads unprocessed']);
    await setNew({ addToDialUp: false });
    expect(await shown()).toEqual([]);
    await setNew({ addToDialUp: true, mode: 'random1' });
    expect((await shown()).toSorted()).toEqual(['first random1 drawn', 'second random1 drawn']);
    await setNew({ mode: null });
    expect(await shown()).toEqual([]);
    expect(await at.orders.counts('all')).toEqual([{ statusId: 'new', orders: 2 }]);
  });

  it('DIAL-4: a status is not taken away while orders stand in it, or a button leads there; names are had once', async () => {
    const at = await callModeAtWork(await open());
    const order = await at.order('stands');
    const without = (id: string) => {
      const { version, statuses } = at.statuses.list();
      return at.statuses.set(
        annActs,
        version,
        statuses.filter((each) => each.id !== id),
      );
    };
    expect(await reasonOf(without('new'))).toBe('ordersStandIn');
    await at.orders.move(annActs, [order.id], status('to-reconfirm'));
    expect(await reasonOf(without('new'))).toBe('done');
    await at.set(support, { ...usualDialUpSettings(at.statuses.all()) });
    expect(await reasonOf(without('refused'))).toBe('buttonLeadsThere');
    const { version, statuses } = at.statuses.list();
    const twice = [...statuses, { ...usualOrderStatuses[0], id: null, label: 'REFUSED' }];
    expect(await reasonOf(at.statuses.set(annActs, version, twice as never))).toBe('labelTaken');
    expect(await reasonOf(at.statuses.set(annActs, version - 1, statuses))).toBe('changedMeanwhile');
    expect(await reasonOf(at.orders.change(annActs, order.id, null, { statusId: status('new') }))).toBe(
      'noSuchStatus',
    );
  });

  it('an order is made, changed and found again with its place; what cannot be is refused, and the log names nobody', async () => {
    const at = await callModeAtWork(await open());
    const order = await at.order('K-1');
    expect(order).toMatchObject({
      version: 1,
      attempts: 0,
      source: 'person',
      place: { bucket: 'unprocessed' },
    });
    const { id, recordId, projectId, statusId } = order;
    const content = { recordId, projectId, statusId, externalId: 'K-1', goods: '', sumMinor: null };
    const rest = { currency: '', delivery: '', fields: {}, timeZone: null };
    const create = (part: object) => at.orders.create(annActs, 'rest', { ...content, ...rest, ...part });
    expect(await reasonOf(create({}))).toBe('externalIdTaken');
    const free = { externalId: null };
    expect(await reasonOf(create({ ...free, recordId: 'nobody' as never }))).toBe('noSuchRecord');
    expect(await reasonOf(create({ ...free, projectId: 'none' as never }))).toBe('noSuchProject');
    expect(await reasonOf(create({ ...free, statusId: orderStatusId.parse('none') }))).toBe('noSuchStatus');
    expect(await reasonOf(create({ ...free, fields: { size: 'L' } }))).toBe('noSuchField');
    expect(await reasonOf(create({ ...free, timeZone: '+02:00' }))).toBe('timeZoneUnknown');
    const changed = await at.orders.change(annActs, id, 1, {
      goods: 'For Maya Lindqvist',
      timeZone: 'Europe/Oslo',
    });
    expect(changed).toMatchObject({ version: 2, goods: 'For Maya Lindqvist', timeZone: 'Europe/Oslo' });
    expect(await reasonOf(at.orders.change(annActs, id, 1, { goods: '' }))).toBe('changedMeanwhile');
    expect(await at.orders.change(annActs, id, 2, {})).toMatchObject({ version: 2 });
    expect(await reasonOf(at.orders.get(orderId.parse('none')))).toBe('noSuchOrder');
    expect(await at.orders.ofRecord(recordId, [support])).toMatchObject([{ order: { id }, attempts: [] }]);
    expect(await at.orders.ofRecord(recordId, [dental])).toEqual([]);
    const log = await at.db.selectFrom('audit_detail').select('changes').execute();
    expect(log.some(({ changes }) => changes.includes('goods'))).toBe(true);
    expect(log.every(({ changes }) => !changes.includes('Lindqvist'))).toBe(true);
  });

  it('DIAL-6: orders are moved in bulk, by their ids or by what a filter finds; what an agent holds stays', async () => {
    const at = await callModeAtWork(await open());
    await at.set(support, settingsWith({ newLeads: {} }));
    await at.set(dental, settingsWith({ newLeads: {} }));
    const worker = await at.worker('worker');
    const held = await at.order('held');
    await at.dialUp.book.load();
    const { lease } = await at.take(worker);
    expect(lease?.orderId).toBe(held.id);
    for (const name of ['one', 'two', 'three']) await at.order(name);
    await at.order('elsewhere', 'new', '+442079460112', dental);
    const { line } = at.administration;
    const ids = await line.idsOf({ ...any, projectId: support }, 'all');
    expect(ids).toHaveLength(4);
    at.clock.advance(60_000);
    expect(await at.orders.move(annActs, ids, status('refused'))).toEqual({ moved: 3, held: 1 });
    expect(await line.idsInStatus(status('refused'))).toHaveLength(3);
    expect(await line.idsInStatus(status('new'))).toHaveLength(2);
    const { rows, total } = await line.inLine(any, 0, 10, 'all');
    expect(total).toBe(2);
    expect(
      rows.map(({ name, whyNow, whyNotNow, heldBy }) => [name, whyNow ?? whyNotNow, heldBy?.name]),
    ).toEqual([
      ['elsewhere', 'unprocessed', undefined],
      ['held', 'held', 'worker'],
    ]);
    const scope = { projectIds: new Set([support]), teamIds: new Set<never>(), userIds: new Set<never>() };
    expect((await line.inLine(any, 0, 10, scope)).total).toBe(1);
    expect(await at.orders.move(annActs, await line.idsOf(any, 'all'), status('refused'), scope)).toEqual({
      moved: 0,
      held: 1,
    });
    expect(await reasonOf(at.orders.move(annActs, ids, status('none')))).toBe('noSuchStatus');
    const cells = await line.matrix('all');
    expect(cells).toHaveLength(10);
    expect(cells.filter(({ waiting }) => waiting > 0)).toMatchObject([
      { projectId: support, mode: 'newLeads', open: true, waiting: 1, due: 0, held: 1 },
      { projectId: dental, mode: 'newLeads', open: true, waiting: 1, due: 1, held: 0 },
    ]);
  });

  it('DIAL-10: a number on the do-not-call list takes its orders out of turn, however it is written, and back', async () => {
    const at = await callModeAtWork(await open());
    await at.set(support, settingsWith({ newLeads: {} }));
    await at.order('blocked', 'new', '+442079460111');
    await at.order('other', 'new', '+442079460112');
    await at.order('dead', 'new', null);
    const { doNotCall, line } = at.administration;
    const why = async () => {
      const { rows } = await line.inLine(any, 0, 10, 'all');
      return rows.map(({ name, whyNow, whyNotNow }) => `${name}: ${whyNow ?? whyNotNow}`);
    };
    const added = await doNotCall.add(
      annActs,
      ['020 7946 0111', '+44 20 7946 0111', 'soon', '999'],
      'Asked for it',
    );
    expect(added).toEqual({ added: 1, malformed: ['soon', '999'] });
    expect((await why())[0]).toBe('other: unprocessed');
    expect((await why()).toSorted()).toEqual(['blocked: doNotCall', 'dead: noNumber', 'other: unprocessed']);
    expect(await doNotCall.list('60 111')).toMatchObject({
      total: 1,
      entries: [{ number: '+442079460111', reason: 'Asked for it', addedBy: 'Ann Archer' }],
    });
    expect(await doNotCall.list('999')).toEqual({ total: 0, entries: [] });
    await doNotCall.remove(annActs, '+442079460111');
    expect(await why()).toContain('blocked: unprocessed');
    expect(await reasonOf(doNotCall.remove(annActs, 'soon'))).toBe('numberMalformed');
  });

  it('DIAL-6: the line is in the very order in which orders are handed out', async () => {
    const at = await callModeAtWork(await open());
    const modes = { newLeads: { standardTimeMinutes: 30 }, reconfirmation: {}, random1: {} };
    await at.set(support, settingsWith(modes));
    await at.set(dental, settingsWith({ newLeads: { highPriority: true } }));
    const statuses = ['new', 'to-reconfirm', 'free-1'];
    for (let count = 0; count < 24; count += 1) {
      await at.order(`o${count}`, statuses[count % 3], '+442079460111', count % 4 === 0 ? dental : support);
      at.clock.advance(3 * 60_000);
    }
    const worker = await at.worker('worker', [support, dental]);
    const { rows } = await at.administration.line.inLine({ ...any, due: 'now' }, 0, 100, 'all');
    // Dental's other modes are closed.
    expect(rows.length).toBe(20);
    expect(new Set(rows.map(({ whyNow }) => whyNow)).size).toBeGreaterThan(3);
    const handed: string[] = [];
    for (;;) {
      const { lease } = await at.take(worker);
      if (!lease) break;
      handed.push(lease.orderId);
      const order = rows.find((row) => row.order.id === lease.orderId)?.order;
      await at.end(worker, { ...lease, mode: order?.place?.mode }, 'refused');
    }
    expect(handed).toEqual(rows.map(({ order }) => order.id));
  });

  it('DIAL-7: an outcome that came late is shown beside what was since, and decided once, by whoever sees the project', async () => {
    const at = await callModeAtWork(await open());
    await at.set(support, settingsWith({ newLeads: {} }));
    const order = await at.order('late');
    await at.dialUp.book.load();
    const [first, second] = [await at.worker('first'), await at.worker('second')];
    const { lease: lost } = await at.take(first);
    if (!lost) throw new Error('Nothing was handed out');
    at.clock.advance(90_001);
    await new LeaseStore(at.db).endOverdue(at.clock.nowMs());
    const { lease } = await at.take(second);
    if (!lease) throw new Error('Nothing was handed out again');
    const callBack = { atMs: at.clock.nowMs() + 60_000, own: false };
    await at.end(second, lease, 'callBack', { callBack });
    await at.end(first, lost, 'refused');
    const { late } = at.administration;
    const [shown] = await late.list('all');
    expect(shown).toMatchObject({
      ...{ orderId: order.id, name: 'late', projectId: support, statusId: 'new' },
      attempt: { button: 'refused', userName: 'first', effect: 'conflict' },
      since: { button: 'callBack', userName: 'second' },
    });
    const scope = { projectIds: new Set([dental]), teamIds: new Set<never>(), userIds: new Set<never>() };
    expect(await late.list(scope)).toEqual([]);
    const id = shown?.attempt.attemptId ?? ('' as never);
    expect(await reasonOf(late.decide(annActs, id, true, scope))).toBe('noSuchOrder');
    expect(await reasonOf(late.decide(annActs, id, true, 'all'))).toBe('done');
    expect(await at.orders.get(order.id)).toMatchObject({ statusId: 'refused', place: null });
    expect(await reasonOf(late.decide(annActs, id, false, 'all'))).toBe('decidedAlready');
    expect(await late.list('all')).toEqual([]);
  });

  it('a number that changes, or a person who is erased, reaches the line', async () => {
    const at = await callModeAtWork(await open());
    await at.set(support, settingsWith({ newLeads: {} }));
    const order = await at.order('moves', 'new', null);
    const { line } = at.administration;
    const why = async () => (await line.inLine({ ...any }, 0, 1, 'all')).rows[0]?.whyNotNow;
    expect(await why()).toBe('noNumber');
    const before = { numbers: [] };
    await at.records.change(annActs, order.recordId, {
      before,
      changes: { numbers: [number('+442079460119')] },
    });
    await at.dialUp.placing.place(at.db, [order.id]);
    at.clock.advance(60_000);
    expect((await at.orders.get(order.id)).place?.bucket).toBe('unprocessed');
    await at.records.erase(annActs, order.recordId);
    expect(await reasonOf(at.orders.get(order.id))).toBe('noSuchOrder');
  });
});
