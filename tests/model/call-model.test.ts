// Call desk, telephony and exchange together, over real sockets, against random sequences of what agents and callers do,
// glare on the wire included. Whatever happens: both ends agree, exactly one agent has the caller, every call ends up in
// the history as what it was, and nothing is left behind. OFFHOOK_MODEL_RUNS asks for more sequences,
// OFFHOOK_MODEL_SEED for those of a run that failed.
import fc from 'fast-check';
import Timers from 'jssip/lib/Timers.js';
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { callCommands, modelOf } from './commands.ts';
import { World } from './world.ts';

const runs = Number(process.env.OFFHOOK_MODEL_RUNS ?? 25);
const seed = process.env.OFFHOOK_MODEL_SEED;
/** JsSIP keeps an INVITE that was answered or refused for 32 s; here for three, so that its going can be seen. */
const keptForMs = 3_000;
Object.assign(Timers, { TIMER_H: keptForMs, TIMER_L: keptForMs, TIMER_M: keptForMs });

it(
  'both ends of every call agree, whatever crosses on the wire, and nothing is left behind (CALL-22)',
  async () => {
    let world: World | null = null;
    const timersBefore = timers();
    const property = fc.asyncProperty(callCommands, async (commands) => {
      const fresh = world ?? (await World.open());
      world = null;
      try {
        await fresh.begin();
        await fc.asyncModelRun(() => ({ model: modelOf(fresh), real: fresh }), commands);
        await fresh.putAway();
        world = fresh;
      } catch (error) {
        // What is left of it would spoil the next sequence.
        await fresh.close();
        throw error;
      }
    });
    await fc.assert(property, {
      numRuns: runs,
      ...(seed === undefined ? {} : { seed: Number(seed) }),
      interruptAfterTimeLimit: 10 * 60_000,
      endOnFailure: process.env.OFFHOOK_MODEL_SHRINK === undefined,
    });
    const last = world as World | null;
    await eventually('JsSIP has let go of every transaction', () => last?.transactionsLeft() === 0);
    await last?.close();
    await eventually('no timer is left', () => {
      if (timers() > timersBefore) throw new Error(`${timers() - timersBefore} more than before`);
      return true;
    });
    expect(timers()).toBeLessThanOrEqual(timersBefore);
  },
  15 * 60_000,
);

function timers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}
