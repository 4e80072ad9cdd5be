// Call desk, telephony and exchange together, over real sockets, through random sequences of what agents and callers do,
// glare on the wire included. Whatever happens: both ends agree, exactly one agent has the caller, every call ends up in
// the history as what it was, and nothing is left behind. OFFHOOK_MODEL_RUNS asks for more sequences, OFFHOOK_MODEL_SEED
// for those of a run that failed, OFFHOOK_MODEL_SHRINK for the shortest that fails.
import fc from 'fast-check';
import Timers from 'jssip/lib/Timers.js';
import { it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { crossings } from './crossings.ts';
import { type Model, modelOf } from './model.ts';
import { type Step, singleSteps } from './steps.ts';
import { World } from './world.ts';

const {
  OFFHOOK_MODEL_RUNS: runs = '15',
  OFFHOOK_MODEL_SEED: seed,
  OFFHOOK_MODEL_SHRINK: shrink,
} = process.env;
/** JsSIP keeps an INVITE that was answered or refused for 32 s; here for three, so that its going can be seen. */
const keptForMs = 3_000;
Object.assign(Timers, { TIMER_H: keptForMs, TIMER_L: keptForMs, TIMER_M: keptForMs });

/** What the issue names, each by itself: the first possible step whose words begin like this is taken. */
const named: readonly (readonly string[])[] = [
  ['outsider 0 calls the queue', 'CANCEL crosses the 200 before the exchange'],
  ['outsider 0 calls the queue', 'CANCEL crosses the 200 before the caller'],
  ['outsider 0 calls the queue', 'agent 0 wants to accept', 'BYE crosses a re-INVITE of the agent'],
  ['outsider 0 calls the queue', 'agent 0 wants to accept', 'BYE of the agent crosses a re-INVITE'],
  ['outsider 0 calls the queue', 'agent 0 wants to accept', 'BYE crosses BYE'],
  [
    'outsider 0 calls the queue',
    'agent 1 wants to accept',
    're-INVITE crosses re-INVITE (491)',
    'agent 1 wants to resume',
  ],
  [
    'outsider 0 calls the queue',
    'agent 0 accepts outsider 0, and the 200 arrives twice',
    'outsider 0 hangs up',
  ],
  ['agent 0 dials outsider 1', 'outsider 1 answers, and the 200 arrives twice', 'agent 0 hangs up'],
  ['agent 0 dials outsider 1', 'outsider 1 rings at three ends', 'outsider 1 answers at two ends at once'],
  ['agent 0 dials outsider 1', 'outsider 1 rings at one end', 'CANCEL of the agent crosses the 200'],
  ...['accept', 'decline', 'reject'].flatMap((what) =>
    ['0 before 1', '1 before 0'].map((order) => [
      'outsider 0 calls the queue',
      `Accept crosses ${what} (outsider 0, ${order})`,
    ]),
  ),
];

it.each(named.map((words) => ({ words, said: words.join('; ') })))(
  'both ends agree after: $said',
  async ({ words }) => {
    const world = await World.open();
    await world.begin();
    for (const begin of words) {
      const model = modelOf(world);
      const step = [...singleSteps(model), ...crossings(model)].find(({ says }) => says.startsWith(begin));
      if (!step) throw new Error(`${begin}: not possible now`);
      await step.act(world);
      await world.settle();
    }
    await world.putAway();
    await world.close();
  },
);

/** Takes one of the steps that are possible when its turn comes. */
class Choice implements fc.AsyncCommand<Model, World> {
  readonly #pick: number;
  readonly #trail: string[];

  constructor(pick: number, trail: string[]) {
    this.#pick = pick;
    this.#trail = trail;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, world: World): Promise<void> {
    const step = chosen([...singleSteps(model), ...crossings(model)], this.#pick);
    this.#trail.push(step.says);
    await step.act(world);
    await world.settle();
    Object.assign(model, modelOf(world));
  }

  toString(): string {
    return String(this.#pick);
  }
}

function chosen(steps: readonly Step[], pick: number): Step {
  const total = steps.reduce((sum, { weight }) => sum + weight, 0);
  let left = pick % total;
  for (const step of steps) {
    left -= step.weight;
    if (left < 0) return step;
  }
  throw new Error('There is always somebody who may call.');
}

it(
  'both ends of every call agree, whatever crosses on the wire, and nothing is left behind (CALL-22)',
  async () => {
    const timersBefore = timers();
    let world: World | null = null;
    const trail: string[] = [];
    const sequence = fc.array(
      fc.nat().map((pick) => new Choice(pick, trail)),
      { minLength: 12, maxLength: 24, size: 'max' },
    );
    const property = fc.asyncProperty(sequence, async (commands) => {
      const here = world ?? (await World.open());
      world = null;
      trail.length = 0;
      try {
        await here.begin();
        await fc.asyncModelRun(() => ({ model: modelOf(here), real: here }), commands);
        await here.putAway();
        world = here;
      } catch (error) {
        // What is left of it would spoil the next sequence.
        await here.close();
        throw new Error(`${String(error)}, after: ${trail.join('; ')}`, { cause: error });
      }
    });
    await fc.assert(property, {
      numRuns: Number(runs),
      ...(seed === undefined ? {} : { seed: Number(seed) }),
      endOnFailure: shrink === undefined,
    });
    const last = world as World | null;
    await eventually('JsSIP has let go of every transaction', () => last?.transactionsLeft() === 0);
    await last?.close();
    await eventually('no timer is left', () => {
      if (timers() > timersBefore) throw new Error(`${timers() - timersBefore} more than before`);
      return true;
    });
  },
  30 * 60_000,
);

function timers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}
