// What agents, callers and the lines between them may do in the model test, as fast-check commands: single steps, and
// pairs that cross on the wire (glare). Each waits in the end until both sides agree again.
import fc from 'fast-check';
import type { CallView } from '#shared/domain/call-view.ts';
import { eventually } from '../support/eventually.ts';
import type { DeskAgent } from './desk-agent.ts';
import { wrapUpMs } from './desk-agent.ts';
import { type Direction, isRequest, isResponse, type Line } from './line.ts';
import type { Outsider } from './outsider.ts';
import { queue, talkPhases, type World } from './world.ts';

/** What a command may go by: where everybody stood when the last one had settled. */
export interface Model {
  agents: { offers: number; talking: boolean; held: boolean; live: boolean; wrapUp: boolean }[];
  outsiders: ('idle' | 'calling' | 'rung' | 'talking')[];
}

export function modelOf(world: World): Model {
  return {
    agents: world.agents.map(({ desk }) => {
      const phases = desk.views().map(({ phase }) => phase);
      return {
        offers: phases.filter((phase) => phase === 'offered' || phase === 'ignored').length,
        talking: phases.some((phase) => talkPhases.includes(phase)),
        held: phases.includes('held'),
        live: phases.some((phase) => !['offered', 'ignored', 'wrapUp'].includes(phase)),
        wrapUp: phases.includes('wrapUp'),
      };
    }),
    outsiders: world.outsiders.map(({ state }) => state.name),
  };
}

type ModelCommand = fc.AsyncCommand<Model, World>;

interface Step {
  readonly says: string;
  readonly possible: (model: Model) => boolean;
  readonly act: (world: World) => Promise<void> | void;
}

function command({ says, possible, act }: Step): ModelCommand {
  return {
    check: possible,
    async run(model, world) {
      await act(world);
      await world.settle();
      Object.assign(model, modelOf(world));
    },
    toString: () => says,
  };
}

const agentOf = (world: World, index: number) => world.agents[index] as DeskAgent;
const outsiderOf = (world: World, index: number) => world.outsiders[index] as Outsider;
const liveOf = ({ desk }: DeskAgent) =>
  desk.views().find(({ phase }) => !['offered', 'ignored', 'wrapUp'].includes(phase));
const offersOf = ({ desk }: DeskAgent) =>
  desk.views().filter(({ phase }) => phase === 'offered' || phase === 'ignored');

/** The agent's view of the call that this outsider makes. */
function offerFrom(world: World, agent: DeskAgent, outsider: Outsider): CallView | undefined {
  return offersOf(agent).find((view) => world.outsiderOf(agent, view) === outsider);
}

const agent = fc.nat(1);
const outsider = fc.nat(1);

const singleSteps: fc.Arbitrary<ModelCommand>[] = [
  fc.tuple(outsider, fc.constantFrom(queue, '201', '202')).map(([o, target]) =>
    command({
      says: `outsider ${o} calls ${target}`,
      possible: ({ outsiders }) => outsiders[o] === 'idle',
      act: (world) => outsiderOf(world, o).call(target),
    }),
  ),
  outsider.map((o) =>
    command({
      says: `outsider ${o} gives up`,
      possible: ({ outsiders }) => outsiders[o] === 'calling',
      act: (world) => outsiderOf(world, o).giveUp(),
    }),
  ),
  fc
    .tuple(agent, fc.nat(3), fc.constantFrom('accept' as const, 'ignore', 'decline', 'reject'))
    .map(([a, which, what]) =>
      command({
        says: `agent ${a} wants to ${what} offer ${which}`,
        possible: ({ agents }) => (agents[a]?.offers ?? 0) > 0,
        act(world) {
          const offers = offersOf(agentOf(world, a));
          const offer = offers[which % offers.length];
          if (offer) agentOf(world, a).ask(offer.callId, what);
        },
      }),
    ),
  agent.map((a) =>
    command({
      says: `agent ${a} hangs up`,
      possible: ({ agents }) => agents[a]?.live === true,
      act: (world) => askLive(agentOf(world, a), 'hangUp'),
    }),
  ),
  outsider.map((o) =>
    command({
      says: `outsider ${o} hangs up`,
      possible: ({ outsiders }) => outsiders[o] === 'talking',
      act: (world) => outsiderOf(world, o).hangUp(),
    }),
  ),
  fc.tuple(agent, fc.constantFrom('hold' as const, 'resume')).map(([a, what]) =>
    command({
      says: `agent ${a} wants to ${what}`,
      possible: ({ agents }) => agents[a]?.talking === true && agents[a].held === (what === 'resume'),
      act: (world) => askLive(agentOf(world, a), what),
    }),
  ),
  fc.tuple(outsider, fc.boolean()).map(([o, hold]) =>
    command({
      says: `outsider ${o} ${hold ? 'holds' : 'resumes'}`,
      possible: ({ outsiders }) => outsiders[o] === 'talking',
      act: (world) => outsiderOf(world, o).hold(hold),
    }),
  ),
  fc.tuple(agent, outsider).map(([a, o]) =>
    command({
      says: `agent ${a} dials outsider ${o}`,
      possible: ({ agents }) => agents[a]?.live === false,
      act: (world) => void agentOf(world, a).dial(outsiderOf(world, o).phone.account.user),
    }),
  ),
  fc.tuple(outsider, fc.subarray(['one', 'two', 'three'], { minLength: 1 })).map(([o, tags]) =>
    command({
      says: `${tags.join(' and ')} ring at outsider ${o}`,
      possible: ({ outsiders }) => outsiders[o] === 'rung',
      act: (world) => outsiderOf(world, o).ring(tags),
    }),
  ),
  fc.tuple(outsider, fc.constantFrom(486, 603, 480)).map(([o, status]) =>
    command({
      says: `outsider ${o} refuses with ${status}`,
      possible: ({ outsiders }) => outsiders[o] === 'rung',
      act: (world) => outsiderOf(world, o).refuse(status),
    }),
  ),
  agent.map((a) =>
    command({
      says: `the wrap-up of agent ${a} runs out`,
      possible: ({ agents }) => agents[a]?.wrapUp === true,
      act: (world) => agentOf(world, a).clock.pass(wrapUpMs),
    }),
  ),
];

function askLive(deskAgent: DeskAgent, what: 'hangUp' | 'hold' | 'resume'): void {
  const live = liveOf(deskAgent);
  if (live) deskAgent.ask(live.callId, what);
}

/** A message that waits on its line, so that another one can cross it. */
interface Held {
  readonly line: Line;
  readonly direction: Direction;
  readonly fits: (text: string) => boolean;
}

const isAnswer = isResponse(200, 'INVITE');
const waits = ({ line, direction, fits }: Held) =>
  eventually('a message waits', () => line.holds(direction, fits));
const arrived = ({ line, direction, fits }: Held, since: number) =>
  eventually('a message has arrived', () =>
    line.delivered.slice(since).some((each) => each.direction === direction && fits(each.text)),
  );

/** `first` sends what then waits, `second` sends what passes it; `seen` is where the second one arrives. */
async function cross(held: Held, first: () => boolean, second: () => void, seen: Held | null): Promise<void> {
  held.line.hold(held.direction);
  try {
    const since = seen?.line.delivered.length ?? 0;
    if (!first()) return;
    await waits(held);
    second();
    if (seen) await arrived(seen, since);
  } finally {
    held.line.release(held.direction);
  }
}

const glare: fc.Arbitrary<ModelCommand>[] = [
  fc.tuple(agent, outsider, fc.boolean()).map(([a, o, atCaller]) =>
    command({
      says: `CANCEL of outsider ${o} crosses the 200 of agent ${a} ${atCaller ? 'before the caller' : 'before the exchange'}`,
      possible: ({ agents, outsiders }) =>
        agents[a]?.live === false && agents[a].offers > 0 && outsiders[o] === 'calling',
      async act(world) {
        const [one, other] = [agentOf(world, a), outsiderOf(world, o)];
        const offer = offerFrom(world, one, other);
        if (!offer) return;
        const accept = () => one.ask(offer.callId, 'accept');
        const held = atCaller
          ? ({ line: other.line, direction: 'down', fits: isAnswer } as const)
          : ({ line: one.line, direction: 'up', fits: isAnswer } as const);
        const seen = { line: one.line, direction: 'down', fits: isRequest('CANCEL') } as const;
        await cross(held, accept, () => other.giveUp(), atCaller ? null : seen);
      },
    }),
  ),
  fc
    .tuple(outsider, fc.boolean(), fc.constantFrom('accept' as const, 'decline', 'reject'))
    .map(([o, swapped, what]) =>
      command({
        says: `both agents answer outsider ${o} at once, the ${swapped ? 'first' : 'second'} with ${what}`,
        possible: ({ agents, outsiders }) =>
          outsiders[o] === 'calling' && agents.every(({ live, offers }) => !live && offers > 0),
        async act(world) {
          const inOrder = swapped ? [...world.agents].reverse() : world.agents;
          const offers = inOrder.map((each) => offerFrom(world, each, outsiderOf(world, o)));
          if (!offers.every((offer) => offer !== undefined)) return;
          for (const { line } of inOrder) line.hold('up');
          const fits = (text: string) => /^SIP\/2\.0 [2-6]/.test(text) && /CSeq: *\d+ INVITE\r/i.test(text);
          for (const [index, each] of inOrder.entries()) {
            each.ask((offers[index] as CallView).callId, index === 0 ? 'accept' : what);
            await waits({ line: each.line, direction: 'up', fits });
          }
          for (const { line } of swapped ? [...inOrder].reverse() : inOrder) line.release('up');
        },
      }),
    ),
  agent.map((a) =>
    command({
      says: `BYE of the far end crosses a hold of agent ${a}`,
      possible: ({ agents }) => agents[a]?.talking === true && !agents[a].held,
      act: (world) =>
        withTalk(world, a, (one, other) =>
          cross(
            { line: one.line, direction: 'up', fits: isRequest('INVITE') },
            () => one.ask((liveOf(one) as CallView).callId, 'hold'),
            () => other.hangUp(),
            { line: one.line, direction: 'down', fits: isRequest('BYE') },
          ),
        ),
    }),
  ),
  agent.map((a) =>
    command({
      says: `BYE of agent ${a} crosses a hold of the far end`,
      possible: ({ agents }) => agents[a]?.talking === true,
      act: (world) =>
        withTalk(world, a, (one, other) =>
          cross(
            { line: one.line, direction: 'up', fits: isRequest('BYE') },
            () => one.ask((liveOf(one) as CallView).callId, 'hangUp'),
            () => other.hold(true),
            { line: one.line, direction: 'down', fits: isRequest('INVITE') },
          ),
        ),
    }),
  ),
  agent.map((a) =>
    command({
      says: `agent ${a} and the far end hang up at once`,
      possible: ({ agents }) => agents[a]?.talking === true,
      act: (world) =>
        withTalk(world, a, (one, other) =>
          cross(
            { line: one.line, direction: 'up', fits: isRequest('BYE') },
            () => one.ask((liveOf(one) as CallView).callId, 'hangUp'),
            () => other.hangUp(),
            { line: one.line, direction: 'down', fits: isRequest('BYE') },
          ),
        ),
    }),
  ),
  agent.map((a) =>
    command({
      says: `agent ${a} and the far end hold at once (491)`,
      possible: ({ agents }) => agents[a]?.talking === true && !agents[a].held,
      act: (world) =>
        withTalk(world, a, (one, other) =>
          cross(
            { line: one.line, direction: 'up', fits: isRequest('INVITE') },
            () => one.ask((liveOf(one) as CallView).callId, 'hold'),
            () => other.hold(true),
            { line: one.line, direction: 'down', fits: isRequest('INVITE') },
          ),
        ),
    }),
  ),
  fc.tuple(agent, fc.nat(3)).map(([a, which]) =>
    command({
      says: `agent ${a} accepts offer ${which}, and the 200 arrives twice`,
      possible: ({ agents }) => agents[a]?.live === false && agents[a].offers > 0,
      act(world) {
        const one = agentOf(world, a);
        const offers = offersOf(one);
        one.line.repeatNext('up', isAnswer);
        one.ask((offers[which % offers.length] as CallView).callId, 'accept');
      },
    }),
  ),
  fc
    .tuple(outsider, fc.constantFrom(['one'], ['two'], ['one', 'two']), fc.boolean())
    .map(([o, tags, twice]) =>
      command({
        says: `${tags.join(' and ')} answer at outsider ${o}${twice ? ', and the 200 arrives twice' : ''}`,
        possible: ({ outsiders }) => outsiders[o] === 'rung',
        act(world) {
          const other = outsiderOf(world, o);
          if (twice) other.line.repeatNext('up', isAnswer);
          other.answer(tags);
        },
      }),
    ),
  outsider.map((o) =>
    command({
      says: `CANCEL of an agent crosses the 200 of outsider ${o}`,
      possible: ({ outsiders }) => outsiders[o] === 'rung',
      async act(world) {
        const other = outsiderOf(world, o);
        const one = world.agents.find((each) => {
          const live = liveOf(each);
          return live && world.outsiderOf(each, live) === other;
        });
        if (!one) return;
        const answer = () => {
          other.answer(['one']);
          return true;
        };
        await cross(
          { line: one.line, direction: 'down', fits: isAnswer },
          answer,
          () => askLive(one, 'hangUp'),
          null,
        );
      },
    }),
  ),
];

async function withTalk(
  world: World,
  index: number,
  act: (one: DeskAgent, other: Outsider) => Promise<void>,
): Promise<void> {
  const one = agentOf(world, index);
  const live = liveOf(one);
  const other = live && world.outsiderOf(one, live);
  if (other?.state.name === 'talking') await act(one, other);
}

export const callCommands = fc.commands([...singleSteps, ...glare], { maxCommands: 40, size: 'max' });
