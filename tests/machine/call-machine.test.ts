// Walks the call machine through every phase and every event, against the reviewed table of call-table.ts.
import { describe, expect, it } from 'vitest';
import { type Call, type CallEffect, timeLimitsMs } from '../../src-main/calls/call.ts';
import { step } from '../../src-main/calls/call-machine.ts';
import { table } from './call-table.ts';
import {
  answeredMs,
  type EventName,
  eventMs,
  events,
  type StartName,
  starts,
  wrapUpMs,
} from './sample-calls.ts';

const startNames = Object.keys(starts) as StartName[];
const eventNames = Object.keys(events) as EventName[];

describe('the call machine, every phase with every event', () => {
  for (const start of startNames) {
    const expected = rowsOf(start);

    it(`knows only events of the table when ${start}`, () => {
      expect([...expected.keys()].filter((name) => !eventNames.includes(name as EventName))).toEqual([]);
    });

    it.each(eventNames)(`does as the table says when ${start} and: %s`, (event) => {
      const before = starts[start];
      const next = step(before, { ...events[event], atMs: eventMs });
      const shown =
        next && `${shownPhase(next.call, before)} : ${next.effects.map(shownEffect).join(', ')}`.trim();
      expect(shown).toBe(expected.get(event) ?? null);
    });
  }

  it('walks every phase that a call can have', () => {
    const phases = new Set(startNames.map((name) => starts[name].phase.name));
    expect([...phases].sort()).toEqual(
      [
        'answering',
        'closed',
        'dialing',
        'hangingUp',
        'held',
        'holding',
        'ignored',
        'offered',
        'remoteRinging',
        'resuming',
        'talking',
        'transferring',
        'wrapUp',
      ].sort(),
    );
  });
});

describe('what stands beside the phase', () => {
  const at = { atMs: eventMs };

  it('follows what the microphone does, not what was asked of it', () => {
    const asked = step(starts.talking, { type: 'setMuted', muted: true, ...at });
    expect(asked?.call.muted).toBe(false);
    expect(asked?.effects).toEqual([{ type: 'sip.setMuted', muted: true }]);
    expect(step(starts.talking, { type: 'mutedChanged', muted: true, ...at })?.call.muted).toBe(true);
  });

  it('keeps the tones that were sent, and only so many', () => {
    const once = step(starts.talking, { type: 'sendDtmf', tones: '12#', ...at });
    expect(once?.call.dtmfSent).toBe('12#');
    let call: Call = starts.talking;
    for (let n = 0; n < 30; n++)
      call = step(call, { type: 'sendDtmf', tones: '0123456789', ...at })?.call ?? call;
    expect(call.dtmfSent).toHaveLength(200);
    expect(call.dtmfSent.endsWith('0123456789')).toBe(true);
  });

  it('notes when a call was answered and when it ended', () => {
    expect(step(starts.answering, { type: 'established', ...at })?.call.answeredAtMs).toBe(eventMs);
    const over = step(starts.talking, { type: 'remoteHungUp', ...at })?.call;
    expect([over?.answeredAtMs, over?.endedAtMs, over?.wrapUpEndsAtMs]).toEqual([
      answeredMs,
      eventMs,
      eventMs + wrapUpMs,
    ]);
  });

  it('shows the loser of two who answered at once as not answered here, and asks for no wrap-up', () => {
    const lost = step(starts.talking, { type: 'answeredElsewhere', ...at })?.call;
    expect([lost?.phase.name, lost?.answeredAtMs]).toEqual(['closed', null]);
  });

  it('keeps the cause that telephony gave, for the log', () => {
    expect(step(starts.talking, { type: 'failed', cause: 'network', ...at })?.call.endCause).toBe('network');
  });
});

describe('time limits', () => {
  it('leave SIP time for its own verdict on a change, 32 seconds (RFC 3261 17.1.1.2, timer B)', () => {
    expect(timeLimitsMs.change).toBeGreaterThan(32_000);
  });
  it('leave a proxy time for its own verdict on a dialled call, three minutes (RFC 3261 16.6, timer C)', () => {
    expect(timeLimitsMs.dialing).toBeGreaterThan(180_000);
  });
});

function rowsOf(start: StartName): Map<string, string> {
  const rows = new Map<string, string>();
  for (const line of table[start].split('\n').map((text) => text.trim())) {
    if (line === '') continue;
    const [event, effect] = line.split(' → ');
    if (!event || effect === undefined || rows.has(event)) throw new Error(`Not a row of its own: ${line}`);
    rows.set(event, effect);
  }
  return rows;
}

function shownPhase(call: Call, before: Call): string {
  if (sameBut(call, before)) return 'same';
  const { phase } = call;
  const outcome = call.outcome && ` ${ended(call.outcome, call.missedReason)}`;
  const transfer = call.transfer
    ? ` [${[call.transfer.progress, call.transfer.failure].filter(Boolean).join(' ')}]`
    : '';
  switch (phase.name) {
    case 'transferring':
      return `transferring(${phase.stage}, ${phase.from}${phase.parked ? ' parked' : ''})${transfer}`;
    case 'hangingUp':
      return `hangingUp(${ended(phase.ending.outcome, phase.ending.missedReason)})${transfer}`;
    case 'remoteRinging':
      return `remoteRinging(${phase.ringback ? 'ringback' : 'early media'})`;
    default:
      return `${phase.name}${outcome ?? ''}${transfer}`;
  }
}

/** Nothing moved except what stands beside the phase. */
function sameBut(call: Call, before: Call): boolean {
  const still = ({ muted, remoteHold, quality, dtmfSent, ...rest }: Call) => JSON.stringify(rest);
  return still(call) === still(before);
}

function ended(outcome: string, missedReason: string | null): string {
  return missedReason === null ? outcome : `${outcome}/${missedReason}`;
}

function shownEffect(effect: CallEffect): string {
  return effect.type === 'timer.set' ? `timer.set ${effect.ms} ${effect.tells}` : effect.type;
}
