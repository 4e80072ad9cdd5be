// The history: searching by name, number and text, paging, missed offers told by the hub, and what the plans say.
import { describe, expect, it } from 'vitest';
import type { MissedOffer } from '#shared/hub/hub-contract.ts';
import { coreDigits, fold, searchFor } from '../../src-main/history/history-search.ts';
import { openHistoryStore } from '../../src-main/history/history-store.ts';
import { openSearchIndexStore } from '../../src-main/history/search-index-store.ts';
import { type DeskAtWork, deskAtWork, sold } from './desk-at-work.ts';

/** A call that was declined, a minute after the one before. */
function past(work: DeskAtWork, name: string, callerNumber: string | null, callerName: string | null): void {
  work.clock.pass(60_000);
  work.desk.decline(work.ring(name, { callerNumber, callerName }));
}

function found(work: DeskAtWork, text: string): string[] {
  return work.history.search({ text, beforeMs: null, limit: 50 }).entries.map((entry) => entry.callId);
}

describe('searching the history', () => {
  it.each([
    ['', ['zeta', 'gross', 'berlin', 'anna']],
    ['   ', ['zeta', 'gross', 'berlin', 'anna']],
    ['Müller', ['berlin', 'anna']],
    ['muller', ['berlin', 'anna']],
    ['MUELLER', ['berlin', 'anna']],
    ['üll', ['berlin', 'anna']],
    ['eller', ['berlin']],
    ['strasse', ['gross']],
    ['Straße', ['gross']],
    ['anna müller', ['anna']],
    ['an', ['anna']],
    ['m', ['berlin', 'anna']],
    ['nn', []],
    ['020 7946', ['anna']],
    ['+44 20', ['anna']],
    ['+44 (0)20-7946.0018', ['anna']],
    ['0044207946', ['anna']],
    ['7946 00', ['anna']],
    ['030/1234', ['berlin']],
    ['+49', ['gross', 'berlin']],
    ['mueller 030', ['berlin']],
    // Without its trunk zero it is also how extension 201 begins.
    ['020', ['zeta', 'anna']],
    ['089', ['gross']],
    ['201', ['zeta']],
    ['%', []],
    ['_', []],
    ['"', []],
    ['zeta"; DROP', []],
    ['100%', ['zeta']],
    ['a*', []],
    ['NEAR(anna', []],
  ])('for "%s" finds %o', async (text, expected) => {
    const work = await deskAtWork();
    past(work, 'anna', '+442079460018', null);
    past(work, 'berlin', '+49301234567', 'Mueller & Söhne');
    past(work, 'gross', '+4989555', 'Große Straße');
    past(work, 'zeta', '201', 'Zeta 100% Ltd');
    expect(found(work, text)).toEqual(expected);
  });

  it('finds a note while it is a draft, as it is saved, and by its corrections', async () => {
    const work = await deskAtWork();
    const call = work.talk();
    work.tell('remoteHungUp', call);
    work.drafts.change(call, { note: 'Wants the greenhouse' });
    work.clock.pass(30_000);
    expect(found(work, 'greenhouse')).toEqual([call]);
    work.drafts.change(call, { note: 'Wants the orangery', dispositionId: sold });
    expect([found(work, 'greenhouse'), found(work, 'orangery')]).toEqual([[], [call]]);
    work.desk.finish(call);
    work.clock.pass(20_000);
    work.history.correct(call, 'It was a pergola', null);
    expect([found(work, 'orangery'), found(work, 'pergola')]).toEqual([[call], [call]]);
  });

  it('shows neither calls that are alive nor those of another user', async () => {
    const work = await deskAtWork();
    past(work, 'anna', '+442079460018', null);
    work.ring('alive');
    expect(found(work, '')).toEqual(['anna']);
    work.signedIn = { userId: 'agent-2' as never, displayName: 'Robin' };
    expect([found(work, ''), found(work, 'anna')]).toEqual([[], []]);
    work.signedIn = null;
    expect([found(work, ''), found(work, 'anna')]).toEqual([[], []]);
    expect(work.inbox()).toEqual({ toFinish: [], missed: [], voicemails: [] });
  });

  it.each(['', 'anna'])(
    'pages through all, newest first, skipping none of the same millisecond ("%s")',
    async (text) => {
      const work = await deskAtWork();
      const names: string[] = [];
      for (let n = 0; n < 23; n++) {
        // Every five begin in the same millisecond.
        if (n % 5 === 0) work.clock.pass(1000);
        names.unshift(`call-${n}`);
        work.desk.decline(work.ring(`call-${n}`));
      }
      const read: string[] = [];
      let beforeMs: number | null = null;
      for (let more = true; more; ) {
        const page = work.history.search({ text, beforeMs, limit: 4 });
        expect(page.entries.length).toBeGreaterThan(0);
        read.push(...page.entries.map((entry) => entry.callId));
        beforeMs = page.entries.at(-1)?.startedAtMs ?? null;
        more = page.more;
      }
      expect(read).toEqual(names);
    },
  );

  it('takes a long backlog into the index in pauses, the newest at once', async () => {
    const work = await deskAtWork();
    for (let n = 0; n < 60; n++) past(work, `call-${n}`, '+442079460018', null);
    const search = () => work.history.search({ text: 'anna', beforeMs: null, limit: 500 }).entries;
    expect(search()).toHaveLength(25);
    expect(search()[0]?.callId).toBe('call-59');
    work.clock.pass(1000);
    expect(search()).toHaveLength(60);
  });
});

describe('how numbers and words are compared', () => {
  it.each([
    ['+44 (0)20 7946 0018', '442079460018'],
    ['020 7946 0018', '2079460018'],
    ['0044 20', '4420'],
    ['00', ''],
    ['sip:anna@example.org', ''],
    ['٠٣٠', ''],
  ])('%s comes down to %s', (written, digits) => {
    expect(coreDigits(written)).toBe(digits);
  });

  it('folds case, accents and ligatures', () => {
    expect(fold('ÄÖÜ ß Łódź Ærø ﬁn\u0002')).toBe('aou ss lodz aero fin ');
  });

  it('asks nothing of the index where nothing was typed', () => {
    expect([searchFor(''), searchFor(' \t ')]).toEqual([{ kind: 'all' }, { kind: 'all' }]);
  });
});

describe('offers that the hub says were missed', () => {
  const missed = (sip: string, atMs: number, reason: MissedOffer['reason']): MissedOffer => ({
    sipCallId: sip as MissedOffer['sipCallId'],
    callerNumber: '+442079460018',
    callerName: null,
    projectName: 'Practice',
    atMs,
    reason,
  });

  it('stand in the inbox and the history with their reason and at their time', async () => {
    const work = await deskAtWork();
    const now = work.clock.nowMs();
    past(work, 'later', '+49301234567', 'Later');
    work.history.keepMissedOffers([missed('a', now - 5000, 'asleep'), missed('b', now - 9000, 'noDevice')]);
    expect(work.inbox().missed).toMatchObject([
      {
        missedReason: 'asleep',
        startedAtMs: now - 5000,
        remote: { name: 'Anna Müller' },
        projectName: 'Practice',
      },
      { missedReason: 'noDevice', startedAtMs: now - 9000 },
    ]);
    expect(work.history.search({ text: '', beforeMs: null, limit: 1 }).entries[0]?.callId).toBe('later');
    expect(found(work, 'anna')).toHaveLength(2);
  });

  it('are kept once, and not where this desktop knows the call itself', async () => {
    const work = await deskAtWork();
    const call = work.ring('call-1');
    work.tell('rangOut', call);
    const offers = [missed('sip-call-1', 1000, 'noDevice'), missed('b', 2000, 'asleep')];
    work.history.keepMissedOffers(offers);
    work.history.keepMissedOffers(offers);
    expect(work.inbox().missed.map((entry) => entry.missedReason)).toEqual(['rangOut', 'asleep']);
  });
});

describe('voicemails in the inbox', () => {
  it('are those not heard yet; one that is heard stays until the next start, marked so', async () => {
    const work = await deskAtWork();
    const voicemail = (id: string, heard: boolean) => ({
      voicemailId: id as never,
      projectName: null,
      remote: { number: null, display: '', name: null, recordId: null, recordKind: null, withheld: true },
      leftAtMs: 1,
      durationMs: 1000,
      heard,
    });
    work.voicemails = [voicemail('new', false), voicemail('old', true)];
    expect(work.inbox().voicemails.map((one) => one.voicemailId)).toEqual(['new']);
    work.voicemails = [voicemail('new', true), voicemail('old', true)];
    expect(work.inbox().voicemails).toMatchObject([{ voicemailId: 'new', heard: true }]);
  });
});

describe('the plans of the statements', () => {
  it('read each page in order from an index: nothing is scanned through or sorted', async () => {
    const { database } = await deskAtWork();
    const statements = {
      ...openHistoryStore(database).statements,
      ...openSearchIndexStore(database).statements,
    };
    const plan = (sql: string) =>
      database.sqlite
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...Array.from(sql.matchAll(/\?/g), () => 1))
        .map((row) => row.detail);
    const first = Object.fromEntries(Object.entries(statements).map(([name, sql]) => [name, plan(sql)[0]]));
    expect(first).toEqual({
      newest: 'SEARCH calls USING INDEX calls_by_user_and_place (user_id=? AND place>? AND place<?)',
      matching: expect.stringMatching(/^SCAN call_search VIRTUAL TABLE INDEX \d+:.*M/),
      toFinish: 'SEARCH calls USING INDEX calls_to_finish (user_id=?)',
      unseen: 'SEARCH calls USING INDEX calls_unseen (user_id=?)',
      staleCalls: expect.stringMatching(
        /^SCAN calls USING INDEX calls_search_stale|^SEARCH calls USING INDEX calls_search_stale/,
      ),
      staleDrafts: expect.stringMatching(/USING INDEX drafts_search_stale|drafts_search_stale/),
    });
    for (const [name, sql] of Object.entries(statements)) {
      const details = plan(sql).join('; ');
      expect(`${name}: ${details}`).not.toMatch(
        /TEMP B-TREE|SCAN (calls|drafts)(?! USING (COVERING )?INDEX \w+_stale)/,
      );
    }
  });
});
