// The three sentences, in any order of events: no agent is ever offered two calls, no call is offered to an
// unavailable agent, no caller waits while an eligible agent is free. The real router over a made-up exchange.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { northId, type Person, RingingWorld, southId } from './ringing-world.ts';

const runs = 400;
const agents = 4;

const event = fc.record({
  what: fc.constantFrom(
    'arrives',
    'arrives',
    'answers',
    'rangOut',
    'declined',
    'rejected',
    'ignores',
    'loses',
    'givesUp',
    'hangsUp',
    'finishes',
    'finishes',
    'status',
    'opens',
    'devices',
    'passes',
  ),
  who: fc.nat({ max: agents - 1 }),
  which: fc.nat({ max: 7 }),
});

function isEligible(who: Person, projectId: typeof northId): boolean {
  const { primaryId, secondaryIds } = who.open;
  const isOpen = primaryId === projectId || secondaryIds.includes(projectId);
  return isOpen && who.status === 'available' && who.activity === 'free' && who.bindings > 0;
}

function play(world: RingingWorld, { what, who, which }: { what: string; who: number; which: number }): void {
  const person = world.people[who] as Person;
  const live = world.calls.filter(({ state }) => state === 'rings' || state === 'waits');
  const call = live[which % Math.max(1, live.length)];
  const rung = call?.ringing[which % Math.max(1, call.ringing.length)];
  switch (what) {
    case 'arrives':
      world.arrives(which % 2 === 0 ? '+1' : '+2');
      return;
    case 'answers':
      if (call && rung) world.answers(call, rung);
      return;
    case 'rangOut':
    case 'declined':
    case 'rejected':
      if (call && rung) world.ends(call, rung, what);
      return;
    case 'ignores':
      if (call) world.routing.ignored(call.id as never, person.userId);
      return;
    case 'loses':
      if (call && rung) world.loses(call, rung);
      return;
    case 'givesUp':
      if (call) world.givesUp(call);
      return;
    case 'hangsUp':
      if (person.activity === 'onCall') person.activity = 'wrapUp';
      break;
    case 'finishes':
      if (person.activity === 'wrapUp' || person.activity === 'onCall') person.activity = 'free';
      break;
    case 'status':
      person.status =
        (['available', 'available', 'away', 'busy', 'offline'] as const)[which % 5] ?? 'available';
      person.sinceMs = world.clock.nowMs();
      break;
    case 'opens':
      person.open =
        which % 3 === 0
          ? { primaryId: null, secondaryIds: [] }
          : { primaryId: which % 2 === 0 ? northId : southId, secondaryIds: [] };
      world.routing.company.opened(person.userId);
      break;
    case 'devices':
      person.bindings = which % 2;
      person.lostAtMs = which % 4 === 0 ? world.clock.nowMs() : null;
      break;
    default:
      world.clock.advance(which * 500);
      return;
  }
  world.changed(person);
}

it('TEAM-7 TEAM-10: no agent is offered two calls, none who is not available, and nobody waits while one is free', () => {
  const settings = fc.record({
    distribution: fc.constantFrom<'longestIdle' | 'allAtOnce'>('longestIdle', 'allAtOnce'),
    onDecline: fc.constantFrom<'voicemail' | 'nextAgent'>('voicemail', 'nextAgent'),
    mostWaiting: fc.constantFrom(1, 5),
  });
  let waited = 0;
  let rang = 0;
  fc.assert(
    fc.property(settings, fc.array(event, { maxLength: 60 }), (given, events) => {
      const world = new RingingWorld(agents, given);
      world.offered = (extension) => {
        rang += 1;
        const offers = world.calls.filter(({ ringing }) => ringing.includes(extension)).length;
        const person = world.people.find((each) => each.extension === extension);
        if (!person) return;
        expect(offers).toBe(0);
        expect(isEligible(person, northId) || isEligible(person, southId)).toBe(true);
      };
      for (const each of events) {
        world.clock.advance(1);
        play(world, each);
        const taken = world.calls.flatMap(({ ringing }) => ringing).filter((user) => user !== 'voicemail');
        expect(new Set(taken).size).toBe(taken.length);
      }
      const waiting = world.calls.filter(({ state }) => state === 'waits');
      waited += waiting.length;
      // Everyone becomes available anew, and has it open: whoever waits is offered to one of them.
      for (const person of world.people) {
        world.clock.advance(1);
        person.activity = 'free';
        person.status = 'available';
        person.bindings = 1;
        person.open = { primaryId: northId, secondaryIds: [southId] };
        person.sinceMs = world.clock.nowMs();
        world.routing.company.opened(person.userId);
        world.changed(person);
      }
      const ringing = new Set(world.calls.flatMap((call) => call.ringing));
      const free = world.people.filter(({ extension }) => !ringing.has(extension));
      const still = world.calls.filter(({ state }) => state === 'waits');
      expect(still.length === 0 || free.length === 0).toBe(true);
      world.routing.close();
    }),
    { numRuns: runs },
  );
  // It is no model of an empty company; how often it rings is chance, near once in each run.
  expect(rang).toBeGreaterThan(runs / 4);
  expect(waited).toBeGreaterThan(0);
});

it('TEAM-10: a call waits for a device that is lost this moment, and rings it when it is back; not for half a minute more', () => {
  const world = new RingingWorld(1);
  const [person] = world.people as [Person];
  const lose = () => {
    person.bindings = 0;
    person.lostAtMs = world.clock.nowMs();
    world.changed(person);
  };
  lose();
  const call = world.arrives('+1');
  expect(call.state).toBe('waits');
  person.bindings = 1;
  world.changed(person);
  expect([call.state, call.ringing]).toEqual(['rings', [person.extension]]);
  world.givesUp(call);
  lose();
  const other = world.arrives('+1');
  world.clock.advance(29_000);
  expect(other.state).toBe('waits');
  world.clock.advance(2_000);
  expect(other.ringing).toEqual(['voicemail']);
});

it('gives a free agent’s place to one of two calls that arrive in the same millisecond', () => {
  const world = new RingingWorld(1);
  const calls = [world.arrives('+1'), world.arrives('+1')];
  expect(calls.map(({ state }) => state)).toEqual(['rings', 'waits']);
  world.givesUp(calls[0] as never);
  expect(calls.map(({ state }) => state)).toEqual(['over', 'rings']);
});

it('offers the agent’s primary project first, and in it the call that has waited longest', () => {
  const world = new RingingWorld(1);
  const [person] = world.people as [Person];
  person.activity = 'onCall';
  world.changed(person);
  const south = world.arrives('+2');
  world.clock.advance(10);
  const [older, newer] = [world.arrives('+1'), world.arrives('+1')];
  person.activity = 'free';
  world.changed(person);
  expect([south, older, newer].map(({ state }) => state)).toEqual(['waits', 'rings', 'waits']);
});
