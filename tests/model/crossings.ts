// Pairs of steps whose messages cross on the wire (glare): the line of one end holds its message until the other's has
// passed it. RFC 3261 9.1, 13.3, 14; RFC 5407 3.
import { quickly } from '../support/eventually.ts';
import type { DeskAgent } from './desk-agent.ts';
import { type Direction, isAnswer, isRequest, type Line } from './line.ts';
import { isFree, type Model } from './model.ts';
import type { Outsider } from './outsider.ts';
import { agentOf, askLive, askOffer, outsiderOf, type Step } from './steps.ts';
import type { World } from './world.ts';

/** A message that waits on its line, so that another one can pass it; or that has arrived there. */
interface OnLine {
  readonly line: Line;
  readonly direction: Direction;
  readonly fits: (text: string) => boolean;
}

/** Every pair that can cross now. */
export function crossings({ agents, outsiders }: Model): Step[] {
  const steps: Step[] = [];
  const add = (kind: string, who: string, weight: number, act: Step['act']) =>
    steps.push({ says: `${kind} (${who})`, weight, act });
  for (const [a, agent] of agents.entries()) {
    if (isFree(agent))
      for (const o of agent.offersFrom) {
        const who = `outsider ${o}, agent ${a}`;
        add('CANCEL crosses the 200 before the exchange', who, 4, (world) =>
          cancelPassesAnswer(world, agentOf(world, a), outsiderOf(world, o), 'exchange'),
        );
        add('CANCEL crosses the 200 before the caller', who, 4, (world) =>
          cancelPassesAnswer(world, agentOf(world, a), outsiderOf(world, o), 'caller'),
        );
      }
    if (agent.talksTo !== null) {
      const both = (act: (one: DeskAgent, other: Outsider) => Promise<void>) => (world: World) =>
        act(agentOf(world, a), outsiderOf(world, agent.talksTo ?? 0));
      const who = `agent ${a}, outsider ${agent.talksTo}`;
      const what = agent.held ? 'resume' : 'hold';
      add(
        'BYE crosses a re-INVITE of the agent',
        who,
        4,
        both((one, other) =>
          pass(
            up(one, 'INVITE'),
            () => askLive(one, what),
            () => other.hangUp(),
            down(one, 'BYE'),
          ),
        ),
      );
      add(
        'BYE of the agent crosses a re-INVITE',
        who,
        4,
        both((one, other) =>
          pass(
            up(one, 'BYE'),
            () => askLive(one, 'hangUp'),
            () => other.hold(true),
            down(one, 'INVITE'),
          ),
        ),
      );
      add(
        'BYE crosses BYE',
        who,
        3,
        both((one, other) =>
          pass(
            up(one, 'BYE'),
            () => askLive(one, 'hangUp'),
            () => other.hangUp(),
            down(one, 'BYE'),
          ),
        ),
      );
      // JsSIP tries again after a second, by its own clock.
      add(
        're-INVITE crosses re-INVITE (491)',
        who,
        1,
        both((one, other) =>
          pass(
            up(one, 'INVITE'),
            () => askLive(one, what),
            () => other.hold(true),
            down(one, 'INVITE'),
          ),
        ),
      );
    }
    if (agent.dials !== null && outsiders[agent.dials] === 'rung') {
      const o = agent.dials;
      add('CANCEL of the agent crosses the 200', `agent ${a}, outsider ${o}`, 4, (world) => {
        const [one, other] = [agentOf(world, a), outsiderOf(world, o)];
        const answer = () => {
          other.answer(['one']);
          return true;
        };
        return pass({ line: one.line, direction: 'down', fits: isAnswer }, answer, () =>
          askLive(one, 'hangUp'),
        );
      });
    }
  }
  for (const o of outsiders.keys()) {
    if (!agents.every((agent) => isFree(agent) && agent.offersFrom.includes(o))) continue;
    for (const what of ['accept', 'decline', 'reject'] as const)
      for (const order of [
        [0, 1],
        [1, 0],
      ])
        add(`Accept crosses ${what}`, `outsider ${o}, ${order.join(' before ')}`, 2, (world) =>
          answerAtOnce(world, outsiderOf(world, o), what, order),
        );
  }
  return steps;
}

const up = ({ line }: DeskAgent, method: string): OnLine => ({
  line,
  direction: 'up',
  fits: isRequest(method),
});
const down = ({ line }: DeskAgent, method: string): OnLine => ({
  line,
  direction: 'down',
  fits: isRequest(method),
});

/**
 * @param first leads to the message that then waits; false where it was refused
 * @param second sends what passes it
 * @param seen where the second one arrives, for it to be waited for
 */
async function pass(
  waiting: OnLine,
  first: () => boolean,
  second: () => unknown,
  seen?: OnLine,
): Promise<void> {
  const { line, direction, fits } = waiting;
  line.hold(direction);
  try {
    const since = seen?.line.delivered.length ?? 0;
    if (!first()) return;
    await quickly('a message waits', () => line.holds(direction, fits));
    second();
    if (seen) await quickly('a message has passed it', () => arrived(seen, since));
  } finally {
    line.release(direction);
  }
}

function arrived({ line, direction, fits }: OnLine, since: number): boolean {
  return line.delivered.slice(since).some((each) => each.direction === direction && fits(each.text));
}

function cancelPassesAnswer(
  world: World,
  one: DeskAgent,
  other: Outsider,
  before: 'exchange' | 'caller',
): Promise<void> {
  const accept = () => askOffer(world, one, other, 'accept');
  const giveUp = () => other.giveUp();
  return before === 'exchange'
    ? pass({ line: one.line, direction: 'up', fits: isAnswer }, accept, giveUp, down(one, 'CANCEL'))
    : pass({ line: other.line, direction: 'down', fits: isAnswer }, accept, giveUp);
}

const isFinal = (text: string) => /^SIP\/2\.0 [2-6]/.test(text) && /^CSeq: *\d+ INVITE\r$/im.test(text);

/** The first agent accepts, the other one does `what`; neither has heard of the other. */
async function answerAtOnce(
  world: World,
  caller: Outsider,
  what: 'accept' | 'decline' | 'reject',
  order: readonly number[],
): Promise<void> {
  const lines = order.map((index) => agentOf(world, index).line);
  for (const line of lines) line.hold('up');
  try {
    for (const [index, asked] of [[0, 'accept'] as const, [1, what] as const]) {
      const agent = agentOf(world, index);
      if (askOffer(world, agent, caller, asked))
        await quickly('an answer waits', () => agent.line.holds('up', isFinal));
    }
  } finally {
    for (const line of lines) line.release('up');
  }
}
