// The routing table, case by case: who is rung, then what, who waits, and who is told that they missed something. Long because
// it is one table: what a call does is looked up in one place.
import { describe, expect, it } from 'vitest';
import type { ForkOutcome } from '../../../src-hub/exchange/exchange-ports.ts';
import { type CompanyView, destinationOf, plainNumber } from '../../../src-hub/routing/route-decision.ts';
import {
  isSeeking,
  newCall,
  type RoutedCall,
  type RouteEvent,
  stepRoute,
} from '../../../src-hub/routing/route-machine.ts';
import {
  type AnAgent,
  agent,
  ann,
  ben,
  call,
  cleo,
  company,
  inWords,
  minuteMs,
  noonMs,
  type SmallCompany,
  sales,
  support,
} from './small-company.ts';

const number = '+442079460100';
const voicemail = 'ring voicemail project:support';

/** A call as it goes on by what happens, and every step that it takes. */
function follow(
  first: CompanyView,
  called = number,
  fromUser = 'trunk',
  transferredBy: string | null = null,
) {
  let at: RoutedCall = newCall(call(called, fromUser, transferredBy), first);
  const steps: string[] = [];
  const happens = (event: RouteEvent, now: CompanyView = first) => {
    const move = stepRoute(at, event, now);
    at = move.order?.call ?? move.call;
    if (move.order) steps.push(inWords(move.order.step));
    return steps;
  };
  happens({ type: 'arrived' });
  return { steps, happens, at: () => at };
}

const rangOut: RouteEvent = { type: 'nothingRings', outcome: { kind: 'rangOut' } };
const declinedBy = (byUser: string): RouteEvent => ({
  type: 'nothingRings',
  outcome: { kind: 'declined', byUser, status: 603 },
});
const offerEnds = (userId: typeof ann, outcome: 'rangOut' | 'declined' | 'rejected'): RouteEvent => ({
  type: 'offerEnded',
  userId,
  outcome,
});
/** Until it ends, where nobody answers anything. */
function stepsOf(now: CompanyView, called = number, fromUser = 'trunk'): string[] {
  const { steps, happens, at } = follow(now, called, fromUser);
  for (
    let last = steps.at(-1) ?? '';
    !last.startsWith('refuse') && !last.startsWith('wait');
    last = steps.at(-1) ?? ''
  ) {
    for (const userId of at().rung) happens(offerEnds(userId, 'rangOut'), now);
    happens(rangOut, now);
  }
  return steps;
}

const allAtOnce = { distribution: 'allAtOnce' } as const;
const toVoicemail = [voicemail, 'refuse 480'];
const annIs = (given: Partial<AnAgent>, more: SmallCompany = {}) =>
  company({ ...more, agents: [agent(ann, given), agent(ben)] });

describe('TEAM-7: a call to a project’s number', () => {
  it.each<[string, CompanyView, string[]]>([
    ['rings the one idle longest, then the next', company(), ['ring 201', 'ring 202', ...toVoicemail]],
    [
      'prefers whoever has been idle longer',
      annIs({ idleSinceMs: noonMs - minuteMs }),
      ['ring 202', 'ring 201', ...toVoicemail],
    ],
    [
      'prefers who has it open as primary to who has been idle longer',
      annIs({ isPrimary: false }),
      ['ring 202', 'ring 201', ...toVoicemail],
    ],
    [
      'rings all at once where the project says so',
      company({ support: allAtOnce }),
      ['ring 201 202', ...toVoicemail],
    ],
    [
      'rings all primary agents at once, then all secondary ones',
      annIs({ isPrimary: false }, { support: allAtOnce }),
      ['ring 202', 'ring 201', ...toVoicemail],
    ],
    ['leaves out who has not opened it', annIs({ open: [sales] }), ['ring 202', ...toVoicemail]],
    ['leaves out who is away', annIs({ status: 'away' }), ['ring 202', ...toVoicemail]],
    ['leaves out who is busy', annIs({ status: 'busy' }), ['ring 202', ...toVoicemail]],
    ['leaves out who is offline', annIs({ status: 'offline' }), ['ring 202', ...toVoicemail]],
    ['leaves out who was made inactive', annIs({ status: 'inactive' }), ['ring 202', ...toVoicemail]],
    ['leaves out who has no device', annIs({ standing: 'noDevice' }), ['ring 202', ...toVoicemail]],
    ['leaves out whose only device sleeps', annIs({ standing: 'asleep' }), ['ring 202', ...toVoicemail]],
    [
      'leaves out who is on a call, and waits for them after the others',
      annIs({ standing: 'busy' }),
      ['ring 202', 'wait with queue'],
    ],
    [
      'goes to voicemail at once where nobody could become free',
      company({ agents: [agent(ann, { status: 'away' }), agent(ben, { standing: 'noDevice' })] }),
      toVoicemail,
    ],
    ['goes to voicemail at once where nobody has it open', company({ agents: [] }), toVoicemail],
  ])('%s', (_, now, steps) => {
    expect(stepsOf(now)).toEqual(steps);
  });

  it('rings for the time of the project, and names project and queue in headers', () => {
    const now = company({ support: { ringTimeoutMs: 9_000, onDecline: 'nextAgent' } });
    const { order } = stepRoute(newCall(call(number), now), { type: 'arrived' }, now);
    expect(order?.step).toEqual({
      kind: 'ring',
      users: ['201'],
      ringTimeoutMs: 9_000,
      headers: { 'X-Offhook-Project': 'support', 'X-Offhook-Queue': 'Erste%20Hilfe%20%C2%B7%201' },
      declineEnds: 'offer',
    });
  });

  it('rings neither the agent who dials it nor the one who gave it away', () => {
    expect(stepsOf(company(), number, '201')[0]).toBe('ring 202');
    expect(follow(company(), number, 'trunk', '201').steps).toEqual(['ring 202']);
  });

  it('is missed by those who are available but cannot see it, with the reason; not by those who chose', () => {
    const missedBy = (agents: readonly AnAgent[]) => follow(company({ agents })).at().unseen;
    expect(missedBy([agent(ann, { standing: 'noDevice' }), agent(ben, { standing: 'asleep' })])).toEqual([
      { userId: ann, reason: 'noDevice' },
      { userId: ben, reason: 'asleep' },
    ]);
    expect(missedBy([agent(ann, { status: 'away' }), agent(ben, { standing: 'busy' })])).toEqual([]);
  });
});

describe('CALL-17: Decline', () => {
  it.each(['voicemail', 'nextAgent'] as const)('goes to the %s, as the project sets', (onDecline) => {
    const now = company({ support: { onDecline } });
    const { happens } = follow(now);
    happens(offerEnds(ann, 'declined'));
    expect(happens(declinedBy('201')).at(-1)).toBe(onDecline === 'voicemail' ? voicemail : 'ring 202');
  });

  it('goes to the called project’s voicemail, also from the project that it has come to', () => {
    const now = company({
      agents: [agent(ann, { open: [sales] })],
      support: { overflow: { to: 'project', projectId: sales } },
    });
    const { happens, steps } = follow(now);
    expect(steps).toEqual(['ring 201']);
    expect(happens(declinedBy('201')).at(-1)).toBe(voicemail);
  });
});

describe('CALL-16: Ignore', () => {
  it('offers the next agent at once, and the first may still accept', () => {
    const { happens, at } = follow(company());
    expect(happens({ type: 'ignored', userId: ann })).toEqual(['ring 201', 'ring 202']);
    expect(at().rung).toEqual([ann, ben]);
  });

  it('rings on where nobody else is free, and offers it to whoever becomes free meanwhile', () => {
    const busy = [agent(ann), agent(ben, { standing: 'busy' })];
    const { happens, at } = follow(company({ agents: busy }));
    expect(happens({ type: 'ignored', userId: ann })).toEqual(['ring 201']);
    expect(isSeeking(at())).toBe(true);
    expect(happens({ type: 'companyChanged' }, company())).toEqual(['ring 201', 'ring 202']);
    expect(isSeeking(at())).toBe(false);
  });

  it('leaves the others ringing where all ring at once', () => {
    const { happens } = follow(company({ support: allAtOnce }));
    expect(happens({ type: 'ignored', userId: ann })).toEqual(['ring 201 202']);
  });

  it('does not bring the same call again to who ignored it, until they were busy or away', () => {
    const { happens } = follow(company({ agents: [agent(ann), agent(ben, { standing: 'busy' })] }));
    happens({ type: 'ignored', userId: ann });
    happens(offerEnds(ann, 'rangOut'));
    expect(happens(rangOut).at(-1)).toBe('wait with queue');
    happens({ type: 'companyChanged' });
    expect(happens({ type: 'companyChanged' }).at(-1)).toBe('wait with queue');
    const later = company({
      agents: [agent(ann, { idleSinceMs: noonMs + 1 }), agent(ben, { standing: 'busy' })],
    });
    expect(happens({ type: 'companyChanged' }, later).at(-1)).toBe('ring 201');
  });
});

describe('an agent whose devices are lost while they ring', () => {
  it('may come back, and the next one is offered the call meanwhile', () => {
    const { happens, at } = follow(company());
    expect(happens({ type: 'deviceLost', userId: ann })).toEqual(['ring 201', 'ring 202']);
    expect(at().quiet).toEqual([ann]);
    expect(happens({ type: 'deviceLost', userId: cleo })).toHaveLength(2);
  });
});

describe('TEAM-10: a call that nobody is free for', () => {
  const busy = [agent(ann, { standing: 'busy' }), agent(ben, { standing: 'noDevice' })];

  it('waits, with a tone for who comes from outside, and rings who becomes free', () => {
    expect(follow(company({ agents: busy }), number, '203').steps).toEqual(['wait']);
    const { happens, steps } = follow(company({ agents: busy }));
    expect(steps).toEqual(['wait with queue']);
    expect(happens({ type: 'companyChanged' })).toEqual(['wait with queue']);
    expect(happens({ type: 'companyChanged' }, company())).toEqual(['wait with queue', 'ring 201']);
  });

  it('waits for whoever lost their connection a moment ago, and overflows once they are given up', () => {
    const lost = [agent(ann, { standing: 'lost' }), agent(ben, { status: 'away' })];
    const { happens, steps } = follow(company({ agents: lost }));
    expect(steps).toEqual(['wait with queue']);
    expect(happens({ type: 'companyChanged' }, company({ agents: lost }))).toEqual(['wait with queue']);
    expect(follow(company({ agents: lost, support: { mostWaiting: 0 } })).steps).toEqual([voicemail]);
    const gone = company({ agents: [agent(ann, { standing: 'noDevice' })] });
    expect(happens({ type: 'companyChanged' }, gone).at(-1)).toBe(voicemail);
  });

  it('does not wait for who was rung, did not take it, and was lost then', () => {
    const { happens } = follow(company({ agents: [agent(ann)] }));
    happens(offerEnds(ann, 'rangOut'));
    expect(happens(rangOut, company({ agents: [agent(ann, { standing: 'lost' })] })).at(-1)).toBe(voicemail);
  });

  it.each<[string, SmallCompany]>([
    ['where enough wait already', { waiting: 2 }],
    ['where nobody may wait', { support: { mostWaiting: 0 } }],
    ['where no time is given to wait', { support: { longestWaitMs: 0 } }],
  ])('goes to voicemail %s', (_, given) => {
    expect(follow(company({ agents: busy, ...given })).steps).toEqual([voicemail]);
  });

  it('keeps its place when the queue has filled up behind it', () => {
    const { happens, steps } = follow(company({ agents: busy, waiting: 1 }));
    happens({ type: 'companyChanged' }, company({ agents: busy, waiting: 2 }));
    expect(steps).toEqual(['wait with queue']);
  });

  it('goes to voicemail after the longest wait, and not before', () => {
    const { happens } = follow(company({ agents: busy }));
    const having = (waitedMs: number) => company({ agents: busy, nowMs: noonMs + waitedMs });
    expect(happens({ type: 'companyChanged' }, having(5 * minuteMs - 1))).toEqual(['wait with queue']);
    expect(happens({ type: 'waitedLongest' }, having(5 * minuteMs))).toEqual(['wait with queue', voicemail]);
  });

  it('goes to voicemail when whoever it waits for goes home', () => {
    const { happens } = follow(company({ agents: busy }));
    const gone = company({ agents: [agent(ann, { status: 'offline' })] });
    expect(happens({ type: 'companyChanged' }, gone).at(-1)).toBe(voicemail);
  });

  it.each<[string, SmallCompany['support']]>([
    ['closed today', { holidays: [{ date: '2030-03-06', name: 'Founders’ day' }] }],
    ['closed at this hour', { openingHours: [{ weekday: 3, opensAtMinute: 540, closesAtMinute: 780 }] }],
  ])('and that comes when the project is %s rings nobody', (_, given) => {
    expect(follow(company({ support: given ?? {} })).steps).toEqual([voicemail]);
  });

  it('goes on to another project, by that one’s rules', () => {
    const overflow = { to: 'project', projectId: sales } as const;
    const salesAgent = agent(cleo, { open: [sales] });
    const closed = { overflow, holidays: [{ date: '2030-03-06', name: '' }] };
    expect(stepsOf(company({ agents: [agent(ann), salesAgent], support: closed }))).toEqual([
      'ring 203',
      ...toVoicemail,
    ]);
    // Busy there: it waits there.
    const inSales = follow(
      company({ agents: [agent(cleo, { open: [sales], standing: 'busy' })], support: { overflow } }),
    );
    expect([inSales.steps, inSales.at().seeksIn]).toEqual([['wait with queue'], sales]);
  });

  it('runs in no circle', () => {
    const circle = {
      agents: [],
      support: { overflow: { to: 'project', projectId: sales } },
      sales: { overflow: { to: 'project', projectId: support } },
    } as const;
    expect(stepsOf(company(circle))).toEqual(toVoicemail);
    expect(
      stepsOf(company({ ...circle, support: { overflow: { to: 'project', projectId: support } } })),
    ).toEqual(toVoicemail);
  });
});

describe('CALL-19: a call to an extension', () => {
  const rings = ['ring 201', 'ring voicemail user:ann', 'refuse 480'];
  const straight = ['ring voicemail user:ann', 'refuse 480'];
  it.each<[string, Partial<AnAgent>, string[], string[]]>([
    ['rings when Available', {}, rings, []],
    ['rings when Away', { status: 'away' }, rings, []],
    ['goes to voicemail when Busy', { status: 'busy' }, straight, []],
    ['goes to voicemail when Offline', { status: 'offline' }, straight, []],
    ['goes to voicemail when Inactive', { status: 'inactive' }, straight, []],
    [
      'goes to voicemail on another call, in wrap-up, or while another rings',
      { standing: 'busy' },
      straight,
      ['onAnotherCall'],
    ],
    ['goes to voicemail without a device', { standing: 'noDevice' }, straight, ['noDevice']],
    ['goes to voicemail while asleep', { standing: 'asleep' }, straight, ['asleep']],
  ])('%s', (_, given, steps, missed) => {
    const now = annIs(given);
    expect(stepsOf(now, '201', '202')).toEqual(steps);
    expect(newCall(call('201', '202'), now).unseen.map(({ reason }) => reason)).toEqual(missed);
  });

  it('of one’s own is refused as busy', () => {
    expect(stepsOf(company(), '201', '201')).toEqual(['refuse 486']);
  });

  it.each<[string, Partial<AnAgent>, ForkOutcome | null, string[]]>([
    ['rings out', {}, { kind: 'rangOut' }, ['ring 201', 'refuse 408']],
    ['is declined', {}, { kind: 'declined', byUser: '201', status: 603 }, ['ring 201', 'refuse 603']],
    ['finds them on a call', { standing: 'busy' }, null, ['refuse 486']],
    ['finds no phone', { standing: 'noDevice' }, null, ['refuse 480']],
  ])('by a transfer that %s is refused, for whoever gave it away', (_, given, outcome, steps) => {
    const transfer = follow(annIs(given), '201', 'trunk', '202');
    if (outcome) transfer.happens({ type: 'nothingRings', outcome });
    expect(transfer.steps).toEqual(steps);
  });
});

describe('any other call', () => {
  it('to 600 reaches the echo test', () => {
    expect(stepsOf(company(), '600', '201')).toEqual(['ring echo', 'refuse 480']);
  });

  it('to a sample number reaches the person behind the practice trunk, but never from that trunk by itself', () => {
    expect(stepsOf(company(), '+44 20 7946 0123', '201')).toEqual(['ring trunk', 'refuse 408']);
    expect(stepsOf(company(), '+442079460123', 'trunk')).toEqual(['refuse 404']);
    expect(follow(company(), '+442079460123', 'trunk', '201').steps).toEqual(['ring trunk']);
  });

  it.each<[string, ForkOutcome, number]>([
    ['busy', { kind: 'allRefused', statuses: [486] }, 486],
    ['no such number', { kind: 'allRefused', statuses: [404] }, 404],
    ['a number and a line that is full', { kind: 'allRefused', statuses: [503, 404] }, 404],
    ['a line that is full', { kind: 'allRefused', statuses: [503] }, 500],
    ['a line that asks for a password', { kind: 'allRefused', statuses: [407] }, 480],
    ['declined', { kind: 'declined', byUser: 'trunk', status: 603 }, 603],
    ['nobody there', { kind: 'rangOut' }, 408],
    ['no line', { kind: 'nobodyRegistered' }, 503],
  ])('to outside ends with what the far end says: %s', (_what, outcome, status) => {
    const { happens } = follow(company(), '+442079460123', '201');
    expect(happens({ type: 'nothingRings', outcome })).toEqual(['ring trunk', `refuse ${status}`]);
  });

  it('to outside is refused to who may not call there, and to whom they give away', () => {
    const now = company({ mayCallOutside: false });
    expect(stepsOf(now, '+442079460123', '201')).toEqual(['refuse 403']);
    expect(follow(now, '+442079460123', 'trunk', '201').steps).toEqual(['refuse 403']);
  });

  it('to an unknown number is refused with the reason: there is no outside line', () => {
    expect(destinationOf(call('+4930901820', '201'), company())).toEqual({
      kind: 'nowhere',
      refusal: { kind: 'refuse', status: 404, reason: expect.stringContaining('no outside line') },
    });
  });

  it.each(['112', '911', '999', '110', '1-1-2'])(
    'to the emergency number %s is refused clearly, never answered',
    (emergency) => {
      const now = { ...company({ agents: [agent(ann, { extension: emergency })] }), isOutside: () => true };
      expect(destinationOf(call(emergency, '202'), now)).toEqual({
        kind: 'emergency',
        refusal: { kind: 'refuse', status: 404, reason: expect.stringContaining('emergency') },
      });
    },
  );

  it('always ends in a refusal, so that a route never runs out of steps', () => {
    for (const called of [number, '201', '600', '+442079460123', '112', 'nobody', '']) {
      expect(stepsOf(company(), called, '203').at(-1)).toContain('refuse');
    }
  });
});

describe('a number in any way of writing', () => {
  it.each([
    ['+44 (20) 7946-0100', '+442079460100'],
    ['0044 20 7946 0100', '+442079460100'],
    ['00', '00'],
    ['000', '000'],
    ['201', '201'],
    ['*97', '*97'],
  ])('%s is %s', (written, plain) => {
    expect(plainNumber(written)).toBe(plain);
  });
});
