// What agents and callers may do in the model test, one at a time. Messages that cross are in crossings.ts.
import { assertNever } from '#shared/domain/assert-never.ts';
import type { CallView } from '#shared/domain/call-view.ts';
import { type DeskAgent, wrapUpMs } from './desk-agent.ts';
import { isAnswer } from './line.ts';
import { isFree, type Model } from './model.ts';
import type { Outsider } from './outsider.ts';
import { queue, type World } from './world.ts';

export interface Step {
  readonly says: string;
  /** How often it is taken, beside the others that are possible. */
  readonly weight: number;
  act(world: World): Promise<void> | void;
}

export const agentOf = (world: World, index: number) => world.agents[index] as DeskAgent;
export const outsiderOf = (world: World, index: number) => world.outsiders[index] as Outsider;

/** The call that the agent is on, or on the way to. */
export function liveOf({ desk }: DeskAgent): CallView | undefined {
  return desk.views().find(({ phase }) => !['offered', 'ignored', 'wrapUp'].includes(phase));
}

/** The agent's view of the call that this outsider makes. */
export function offerFrom(world: World, agent: DeskAgent, outsider: Outsider): CallView | undefined {
  return agent.desk
    .views()
    .filter(({ phase }) => phase === 'offered' || phase === 'ignored')
    .find((view) => world.outsiderOf(agent, view) === outsider);
}

export function askLive(agent: DeskAgent, what: 'hangUp' | 'hold' | 'resume'): boolean {
  const live = liveOf(agent);
  return live !== undefined && agent.ask(live.callId, what);
}

export function askOffer(
  world: World,
  agent: DeskAgent,
  outsider: Outsider,
  what: 'accept' | 'ignore' | 'decline' | 'reject',
): boolean {
  const offer = offerFrom(world, agent, outsider);
  return offer !== undefined && agent.ask(offer.callId, what);
}

/** Every single step that is possible now. */
export function singleSteps(model: Model): Step[] {
  return [...outsidersSteps(model), ...agentsSteps(model)];
}

function outsidersSteps({ outsiders }: Model): Step[] {
  return outsiders.flatMap((state, o): Step[] => {
    const step = (kind: string, weight: number, act: (outsider: Outsider) => Promise<void> | void): Step => ({
      says: `outsider ${o} ${kind}`,
      weight,
      act: (world) => act(outsiderOf(world, o)),
    });
    switch (state) {
      case 'idle':
        return [
          step('calls the queue', 6, (outsider) => outsider.call(queue)),
          step('calls agent 0', 2, (outsider) => outsider.call('201')),
          step('calls agent 1', 2, (outsider) => outsider.call('202')),
        ];
      case 'calling':
        return [step('gives up', 1, (outsider) => outsider.giveUp())];
      case 'rung':
        return [
          step('rings at one end', 1, (outsider) => outsider.ring(['one'])),
          step('rings at three ends (forked 180s)', 2, (outsider) => outsider.ring(['one', 'two', 'three'])),
          step('answers at one end', 1, (outsider) => outsider.answer(['one'])),
          step('answers at two ends at once', 3, (outsider) => outsider.answer(['two', 'one'])),
          step('answers, and the 200 arrives twice', 3, (outsider) => {
            outsider.line.repeatNext('up', isAnswer);
            outsider.answer(['two']);
          }),
          ...[486, 603, 480].map((status) =>
            step(`refuses with ${status}`, 1, (outsider) => outsider.refuse(status)),
          ),
        ];
      case 'talking':
        return [
          step('hangs up', 1, (outsider) => outsider.hangUp()),
          step('holds', 1, (outsider) => outsider.hold(true)),
          step('resumes', 1, (outsider) => outsider.hold(false)),
          step('holds, and hangs up at once', 3, (outsider) => {
            outsider.hold(true);
            outsider.hangUp();
          }),
        ];
      default:
        return assertNever(state);
    }
  });
}

function agentsSteps({ agents, outsiders }: Model): Step[] {
  return agents.flatMap((agent, a) => {
    const step = (kind: string, weight: number, act: (one: DeskAgent, world: World) => unknown): Step => ({
      says: `agent ${a} ${kind}`,
      weight,
      act: async (world) => void (await act(agentOf(world, a), world)),
    });
    const steps: Step[] = [];
    for (const o of agent.offersFrom) {
      for (const what of ['accept', 'ignore', 'decline', 'reject'] as const) {
        const act = (one: DeskAgent, world: World) => askOffer(world, one, outsiderOf(world, o), what);
        steps.push(step(`wants to ${what} the offer of outsider ${o}`, what === 'accept' ? 3 : 1, act));
      }
      if (isFree(agent))
        steps.push(
          step(`accepts outsider ${o}, and the 200 arrives twice`, 3, (one, world) => {
            one.line.repeatNext('up', isAnswer);
            askOffer(world, one, outsiderOf(world, o), 'accept');
          }),
        );
    }
    if (!isFree(agent)) steps.push(step('hangs up', 1, (one) => askLive(one, 'hangUp')));
    if (agent.talksTo !== null) {
      const what = agent.held ? 'resume' : 'hold';
      steps.push(step(`wants to ${what}`, 2, (one) => askLive(one, what)));
    }
    if (isFree(agent) && agent.offersFrom.length === 0) {
      const dial = (o: number) => (one: DeskAgent, world: World) =>
        one.dial(outsiderOf(world, o).phone.account.user);
      // One who is busy, too: the call ends at once, and ends well.
      for (const o of outsiders.keys()) steps.push(step(`dials outsider ${o}`, 2, dial(o)));
    }
    if (agent.wrapUp) steps.push(step('lets the wrap-up run out', 3, (one) => one.clock.pass(wrapUpMs)));
    return steps;
  });
}
