// What holds for every call whatever happens to it, in any order: found by random walks, not by examples.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call, CallEffect, CallEvent } from '../../src-main/calls/call.ts';
import { intentsOf } from '../../src-main/calls/call-intents.ts';
import { step } from '../../src-main/calls/call-machine.ts';
import { dial } from '../../src-main/calls/dial-machine.ts';
import { offer } from '../../src-main/calls/offer-machine.ts';
import { eventMs, events, starts } from './sample-calls.ts';

const anyEvent = fc.constantFrom(...Object.values(events));
const anyStart = fc.constantFrom(...Object.values(starts));
const anyBeginning = fc.constantFrom(offer(starts.offered), dial(starts.dialing, '202'));
const story = fc.array(anyEvent, { maxLength: 40 });

interface Walked {
  readonly call: Call;
  readonly effects: readonly CallEffect[];
  readonly before: Call;
}

/** Every step that the machine took. */
function walk(call: Call, told: readonly (typeof events)[keyof typeof events][]): Walked[] {
  const steps: Walked[] = [];
  let now = call;
  for (const [n, event] of told.entries()) {
    const next = step(now, { ...event, atMs: eventMs + n * 1000 } as CallEvent);
    if (!next) continue;
    steps.push({ ...next, before: now });
    now = next.call;
  }
  return steps;
}

describe('the call machine, whatever happens', () => {
  it('never leaves closed, and has nothing done after it', () => {
    fc.assert(
      fc.property(anyBeginning, story, (begun, told) => {
        const steps = walk(begun.call, told);
        expect(steps.every(({ before }) => before.phase.name !== 'closed')).toBe(true);
      }),
    );
  });

  it('saves every call that it closes, with an outcome and an end, and stops its timer', () => {
    fc.assert(
      fc.property(anyBeginning, story, (begun, told) => {
        for (const { call, effects } of walk(begun.call, told)) {
          if (call.phase.name !== 'closed') continue;
          expect(call.outcome).not.toBeNull();
          expect(call.endedAtMs).not.toBeNull();
          expect(call.wrapUpEndsAtMs).toBeNull();
          expect(effects.slice(-2).map((effect) => effect.type)).toEqual(['timer.clear', 'save']);
        }
      }),
    );
  });

  it('ends every hanging up by its time-out at the latest, whatever came before', () => {
    fc.assert(
      fc.property(anyBeginning, story, (begun, told) => {
        for (const { call } of walk(begun.call, told)) {
          if (call.phase.name !== 'hangingUp') continue;
          const next = step(call, { type: 'timedOut', atMs: eventMs + 100_000 });
          expect(['wrapUp', 'closed']).toContain(next?.call.phase.name);
        }
      }),
    );
  });

  it('sends a BYE for every call that is established while hanging up', () => {
    fc.assert(
      fc.property(anyBeginning, story, (begun, told) => {
        for (const { call } of walk(begun.call, told)) {
          if (call.phase.name !== 'hangingUp') continue;
          const next = step(call, { type: 'established', atMs: eventMs + 100_000 });
          expect(next).toEqual({ call, effects: [{ type: 'sip.hangUp' }] });
        }
      }),
    );
  });

  it('rings only while offered', () => {
    fc.assert(
      fc.property(story, (told) => {
        const begun = offer(starts.offered);
        let rings = begun.effects.some((effect) => effect.type === 'ringing.start');
        expect(rings).toBe(true);
        for (const { call, effects } of walk(begun.call, told)) {
          for (const { type } of effects) {
            if (type === 'ringing.start') rings = true;
            if (type === 'ringing.stop') rings = false;
          }
          expect(rings).toBe(call.phase.name === 'offered');
        }
      }),
    );
  });

  it('plays ringback only while the other end rings without early media', () => {
    fc.assert(
      fc.property(story, (told) => {
        let plays = false;
        for (const { call, effects } of walk(dial(starts.dialing, '202').call, told)) {
          for (const { type } of effects) {
            if (type === 'ringback.start') plays = true;
            if (type === 'ringback.stop') plays = false;
          }
          expect(plays).toBe(call.phase.name === 'remoteRinging' && call.phase.ringback);
        }
      }),
    );
  });

  it('has a time limit running in every phase that waits for something, and only there', () => {
    const waiting = ['offered', 'ignored', 'answering', 'dialing', 'remoteRinging', 'holding', 'resuming'];
    const limited = new Set([...waiting, 'transferring', 'hangingUp', 'wrapUp']);
    fc.assert(
      fc.property(anyBeginning, story, (begun, told) => {
        let runs = begun.effects.some((effect) => effect.type === 'timer.set');
        for (const { call, effects } of walk(begun.call, told)) {
          for (const { type } of effects) {
            if (type === 'timer.set') runs = true;
            if (type === 'timer.clear') runs = false;
          }
          expect(runs).toBe(limited.has(call.phase.name));
        }
      }),
    );
  });

  it('gives a wrap-up only to calls that were answered', () => {
    fc.assert(
      fc.property(anyBeginning, story, (begun, told) => {
        for (const { call } of walk(begun.call, told))
          if (call.phase.name === 'wrapUp') expect(call.answeredAtMs).not.toBeNull();
      }),
    );
  });

  it('offers exactly the intents that it would not refuse', () => {
    fc.assert(
      fc.property(anyStart, (call) => {
        const offered = intentsOf(call, { anotherIsLive: false });
        const at = { atMs: eventMs };
        const would = {
          accept: step(call, { type: 'accept', ...at }),
          ignore: step(call, { type: 'ignore', ...at }),
          decline: step(call, { type: 'decline', ...at }),
          hangUp: step(call, { type: 'hangUp', ...at }),
          hold: step(call, { type: 'hold', ...at }),
          resume: step(call, { type: 'resume', ...at }),
          mute: step(call, { type: 'setMuted', muted: true, ...at }),
          sendDtmf: step(call, { type: 'sendDtmf', tones: '1', ...at }),
          transfer: step(call, { ...events.transfer, ...at }),
          takeBack: step(call, { type: 'takeBack', ...at }),
          letGo: step(call, { type: 'letGo', ...at }),
          finish: step(call, { type: 'finish', ...at }),
        };
        expect(offered).toEqual(
          Object.fromEntries(Object.entries(would).map(([intent, next]) => [intent, next !== null])),
        );
      }),
    );
  });

  it('lets nobody accept beside another call', () => {
    expect(intentsOf(starts.offered, { anotherIsLive: true })).toMatchObject({
      accept: false,
      decline: true,
    });
  });
});
