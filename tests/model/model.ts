// What the model test goes by: where everybody stood when the last step had settled.
import type { DeskAgent } from './desk-agent.ts';
import type { OutsiderState } from './outsider.ts';
import { talkPhases, type World } from './world.ts';

export interface AgentModel {
  /** Outsiders whose calls ring or wait here, by index. */
  readonly offersFrom: readonly number[];
  /** Null where the agent talks to nobody. */
  readonly talksTo: number | null;
  /** Null where the agent calls nobody. */
  readonly dials: number | null;
  readonly held: boolean;
  readonly wrapUp: boolean;
}

export interface Model {
  agents: readonly AgentModel[];
  outsiders: readonly OutsiderState['name'][];
}

export function modelOf(world: World): Model {
  return {
    agents: world.agents.map((agent) => agentModelOf(world, agent)),
    outsiders: world.outsiders.map(({ state }) => state.name),
  };
}

/** Neither on a call nor on the way to one. */
export function isFree({ talksTo, dials }: AgentModel): boolean {
  return talksTo === null && dials === null;
}

function agentModelOf(world: World, agent: DeskAgent): AgentModel {
  const views = agent.desk.views();
  const outsiderIndexes = (phases: readonly string[]) =>
    views
      .filter(({ phase }) => phases.includes(phase))
      .map((view) => world.outsiderOf(agent, view))
      .filter((outsider) => outsider !== undefined)
      .map((outsider) => world.outsiders.indexOf(outsider));
  return {
    offersFrom: outsiderIndexes(['offered', 'ignored']),
    talksTo: outsiderIndexes(talkPhases)[0] ?? null,
    dials: outsiderIndexes(['dialing', 'remoteRinging'])[0] ?? null,
    held: views.some(({ phase }) => phase === 'held'),
    wrapUp: views.some(({ phase }) => phase === 'wrapUp'),
  };
}
