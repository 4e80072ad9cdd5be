// The fork machine without sockets: whatever happens in whatever order, each offer ends once, and the caller gets one end.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDone, newFork, stepFork } from '../../src-hub/exchange/proxy/fork-machine.ts';
import type { Fork, ForkEffect, ForkEvent } from '../../src-hub/exchange/proxy/fork-state.ts';

const users = ['201', '202', '203'];

/** Runs events, starting a new step (or refusing) whenever the machine asks for one. */
function run(
  events: readonly ForkEvent[],
  steps: number,
  declineEnds: 'call' | 'offer' = 'call',
  lostDevice: 'wait' | 'end' = 'wait',
) {
  let fork = newFork;
  let asked = 1;
  const effects: ForkEffect[] = [];
  const taken: (readonly ForkEffect[])[] = [];
  const take = (event: ForkEvent) => {
    const step = stepFork(fork, event);
    fork = step.fork;
    effects.push(...step.effects);
    taken.push(step.effects);
    for (const effect of step.effects) if (effect.type === 'askNext') next();
  };
  const next = () => {
    asked += 1;
    if (asked > steps + 1) take({ type: 'refusedByRoute' });
    else
      take({
        type: 'rung',
        users,
        branches: users.map((user) => ({ id: `${asked - 1}:${user}`, user })),
        away: [],
        declineEnds,
        lostDevice,
      });
  };
  next();
  for (const event of events) take(event);
  const finish = () => {
    for (let times = 0; times < 5; times += 1) for (const event of theEnd(fork)) take(event);
    return { fork, effects, steps: Math.min(asked - 1, steps) };
  };
  return { fork, effects, steps: taken, finish };
}

const branchId = fc
  .tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom(...users))
  .map(([step, user]) => `${step}:${user}`);
/** Each joins once: the exchange numbers branches. */
const joinedId = fc.uuid();
const anyEvent: fc.Arbitrary<ForkEvent> = fc.oneof(
  fc.record({ type: fc.constant('provisional' as const), branchId }),
  fc.record({ type: fc.constant('answered' as const), branchId }),
  fc.record({
    type: fc.constant('refused' as const),
    branchId,
    status: fc.constantFrom(408, 480, 486, 487, 603),
    absent: fc.boolean(),
  }),
  fc.record({ type: fc.constant('lost' as const), branchId }),
  fc.record({ type: fc.constant('joined' as const), branchId: joinedId, user: fc.constantFrom(...users) }),
  fc.record({
    type: fc.constant('silenced' as const),
    user: fc.constantFrom(...users),
    branchIds: fc.array(branchId, { maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('withdrawn' as const), user: fc.constantFrom(...users) }),
  fc.record({ type: fc.constant('ringTimeOver' as const), group: fc.integer({ min: 1, max: 3 }) }),
  fc.constantFrom<ForkEvent>({ type: 'callerGaveUp' }, { type: 'settleTimeOver' }),
);
const scope = fc.constantFrom<'call' | 'offer'>('call', 'offer');
const patience = fc.constantFrom<'wait' | 'end'>('wait', 'end');

/** What a real exchange would see at last: every branch ends, or its transaction times out. */
const theEnd = (fork: Fork): ForkEvent[] => [
  ...[...fork.earlierBranches, ...fork.stepBranches].map(
    ({ id }): ForkEvent => ({ type: 'refused', branchId: id, status: 487, absent: true }),
  ),
  ...[1, 2, 3].map((group): ForkEvent => ({ type: 'ringTimeOver', group })),
  { type: 'settleTimeOver' },
];

describe('the fork machine', () => {
  it('ends each offer exactly once, and forwards at most one branch’s answer, in any order of events', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 25 }), scope, patience, (events, ends, lost) => {
        const { fork, effects, steps } = run(events, 2, ends, lost).finish();
        const ended = effects.filter((effect) => effect.type === 'endOffer');
        expect(ended).toHaveLength(steps * users.length);
        const answers = new Set(
          effects.flatMap((effect) => (effect.type === 'forwardAnswer' ? [effect.branchId] : [])),
        );
        expect(answers.size).toBeLessThanOrEqual(1);
        const confirmed = effects.filter(({ type }) => type === 'confirmCancel').length;
        expect(confirmed + answers.size).toBeLessThanOrEqual(1);
        expect(isDone(fork)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('cancels every branch that still rings when one has answered, and none twice', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 25 }), (events) => {
        const { fork, effects } = run(events, 2);
        const cancelled = effects.flatMap((effect) =>
          effect.type === 'cancelBranch' ? [effect.branchId] : [],
        );
        expect(new Set(cancelled).size).toBe(cancelled.length);
        if (fork.phase !== 'answered' && fork.phase !== 'over') return;
        for (const { live, cancelled: asked } of [...fork.stepBranches, ...fork.earlierBranches]) {
          expect(!live || asked).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('cancels before it says that an offer is over: whoever is free again may be offered another call at once', () => {
    let beforeTheEnd = 0;
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 25 }), scope, (events, ends) => {
        const { steps } = run(events, 2, ends);
        for (const effects of steps) {
          const over = effects.findIndex(({ type }) => type === 'endOffer');
          const last = effects.findLastIndex(({ type }) => type === 'cancelBranch');
          if (over < 0 || last < 0) continue;
          beforeTheEnd += 1;
          expect(last).toBeLessThan(over);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(beforeTheEnd).toBeGreaterThan(0);
  });

  it('lets an answer win over a 6xx that came first while others still settle', () => {
    const { effects, fork } = run(
      [
        { type: 'refused', branchId: '1:201', status: 603, absent: false },
        { type: 'answered', branchId: '1:202' },
      ],
      1,
    );
    expect(fork.phase).toBe('answered');
    expect(effects.filter(({ type }) => type === 'endOffer')).toEqual([
      { type: 'endOffer', user: '201', outcome: 'declined' },
      { type: 'endOffer', user: '202', outcome: 'answered' },
      { type: 'endOffer', user: '203', outcome: 'answeredElsewhere' },
    ]);
  });
});
