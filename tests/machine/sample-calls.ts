// Calls in every phase and every event, to walk the machine with.

import type { CallTransfer } from '#shared/domain/call-view.ts';
import { project } from '#shared/domain/disposition.ts';
import { callId, projectId, sipCallId, userId } from '#shared/domain/ids.ts';
import type { Call, CallEvent, Phase } from '../../src-main/calls/call.ts';
import { newCall } from '../../src-main/calls/new-call.ts';

export const startMs = 1_000_000;
export const answeredMs = 1_010_000;
/** When each event of the walk happens. */
export const eventMs = 1_060_000;
export const wrapUpMs = 30_000;

const remote = {
  number: '+442079460018',
  display: '020 7946 0018',
  name: 'Anna Müller',
  recordId: null,
  recordKind: null,
  withheld: false,
};
const practice = project.parse({
  id: projectId.parse('practice'),
  name: 'Practice',
  numbers: [],
  wrapUpMs,
  dispositionRequired: true,
});

const toSam: CallTransfer = {
  to: 'Sam Okafor',
  kind: 'person',
  sinceMs: eventMs - 5000,
  progress: 'asked',
  failure: null,
};

export function sampleCall(
  phase: Phase,
  how: {
    direction?: 'inbound' | 'outbound';
    answered?: boolean;
    wrapUp?: boolean;
    transfer?: Partial<CallTransfer>;
  } = {},
): Call {
  const direction = how.direction ?? 'inbound';
  const call = newCall({
    callId: callId.parse('call-1'),
    ...(direction === 'inbound' && { sipCallId: sipCallId.parse('sip-1') }),
    userId: userId.parse('agent-1'),
    direction,
    remote,
    project: how.wrapUp === false ? { ...practice, wrapUpMs: 0 } : practice,
    startedAtMs: startMs,
  });
  const over = phase.name === 'wrapUp' || phase.name === 'closed';
  return {
    ...call,
    phase,
    transfer: how.transfer ? { ...toSam, ...how.transfer } : null,
    answeredAtMs: how.answered ? answeredMs : null,
    endedAtMs: over ? eventMs - 1000 : null,
    outcome: over ? 'accepted' : null,
    wrapUpEndsAtMs: phase.name === 'wrapUp' ? eventMs - 1000 + wrapUpMs : null,
  };
}

const transferring = { name: 'transferring', from: 'talking', parked: true, target: '202' } as const;
const accepted = { outcome: 'accepted', missedReason: null } as const;
const cancelled = { outcome: 'cancelled', missedReason: null } as const;
const talked = { answered: true } as const;

/** Every phase; where what happens depends on more than the phase, every case of it. */
export const starts = {
  offered: sampleCall({ name: 'offered' }),
  ignored: sampleCall({ name: 'ignored' }),
  answering: sampleCall({ name: 'answering' }),
  dialing: sampleCall({ name: 'dialing' }, { direction: 'outbound' }),
  'remoteRinging, ringback': sampleCall({ name: 'remoteRinging', ringback: true }, { direction: 'outbound' }),
  'remoteRinging, early media': sampleCall(
    { name: 'remoteRinging', ringback: false },
    { direction: 'outbound' },
  ),
  talking: sampleCall({ name: 'talking' }, talked),
  'talking, outbound': sampleCall({ name: 'talking' }, { ...talked, direction: 'outbound' }),
  'talking, no wrap-up': sampleCall({ name: 'talking' }, { ...talked, wrapUp: false }),
  holding: sampleCall({ name: 'holding' }, talked),
  held: sampleCall({ name: 'held' }, talked),
  resuming: sampleCall({ name: 'resuming' }, talked),
  'talking, after a transfer that failed': sampleCall(
    { name: 'talking' },
    { ...talked, transfer: { progress: 'failed', failure: 'busy' } },
  ),
  'transferring, parking': sampleCall({ ...transferring, stage: 'parking' }, { ...talked, transfer: {} }),
  'transferring, parking from holding': sampleCall(
    { ...transferring, stage: 'parking', from: 'held', parked: false },
    { ...talked, transfer: {} },
  ),
  'transferring, referred': sampleCall({ ...transferring, stage: 'referred' }, { ...talked, transfer: {} }),
  'transferring, referred from held': sampleCall(
    { ...transferring, stage: 'referred', from: 'held', parked: false },
    { ...talked, transfer: { progress: 'ringing' } },
  ),
  'transferring, in line at a project': sampleCall(
    { ...transferring, stage: 'referred' },
    { ...talked, transfer: { kind: 'project', progress: 'queued' } },
  ),
  'transferring, taking back': sampleCall(
    { ...transferring, stage: 'takingBack' },
    { ...talked, transfer: { progress: 'takingBack' } },
  ),
  'transferring, taking back what nobody answered': sampleCall(
    { ...transferring, stage: 'takingBack' },
    { ...talked, transfer: { progress: 'takingBack', failure: 'noAnswer' } },
  ),
  'hangingUp, answered': sampleCall({ name: 'hangingUp', ending: accepted }, talked),
  'hangingUp, dialled': sampleCall({ name: 'hangingUp', ending: cancelled }, { direction: 'outbound' }),
  'hangingUp, answering': sampleCall({ name: 'hangingUp', ending: accepted }),
  wrapUp: sampleCall({ name: 'wrapUp' }, talked),
  closed: sampleCall({ name: 'closed' }, talked),
} as const satisfies Record<string, Call>;
export type StartName = keyof typeof starts;

const quality = { bars: 4, cause: 'fine', mos: 4.4 } as const;

/** Every event; where what happens depends on more than its type, every case of it. */
export const events = {
  accept: { type: 'accept' },
  ignore: { type: 'ignore' },
  decline: { type: 'decline' },
  'reject by agent': { type: 'reject', because: 'agent' },
  'reject on another call': { type: 'reject', because: 'onAnotherCall' },
  hangUp: { type: 'hangUp' },
  hold: { type: 'hold' },
  resume: { type: 'resume' },
  transfer: { type: 'transfer', target: '202', to: { to: 'Sam Okafor', kind: 'person' } },
  takeBack: { type: 'takeBack' },
  letGo: { type: 'letGo' },
  dismissTransfer: { type: 'dismissTransfer' },
  setMuted: { type: 'setMuted', muted: true },
  sendDtmf: { type: 'sendDtmf', tones: '5' },
  extendWrapUp: { type: 'extendWrapUp', byMs: 60_000 },
  finish: { type: 'finish' },
  'ringingRemotely, silent': { type: 'ringingRemotely', earlyMedia: false },
  'ringingRemotely, early media': { type: 'ringingRemotely', earlyMedia: true },
  established: { type: 'established' },
  callerGaveUp: { type: 'callerGaveUp' },
  answeredElsewhere: { type: 'answeredElsewhere' },
  declinedElsewhere: { type: 'declinedElsewhere' },
  rangOut: { type: 'rangOut' },
  remoteHungUp: { type: 'remoteHungUp' },
  byeConfirmed: { type: 'byeConfirmed' },
  'failed: network': { type: 'failed', cause: 'network' },
  'failed: microphone': { type: 'failed', cause: 'microphone' },
  'failed: busy': { type: 'failed', cause: 'busy' },
  'failed: noAnswer': { type: 'failed', cause: 'noAnswer' },
  holdConfirmed: { type: 'holdConfirmed' },
  resumeConfirmed: { type: 'resumeConfirmed' },
  changeRefused: { type: 'changeRefused' },
  transferConfirmed: { type: 'transferConfirmed' },
  'transferRinging, at a person': { type: 'transferRinging', queued: false },
  'transferRinging, in line': { type: 'transferRinging', queued: true },
  transferFailed: { type: 'transferFailed', failure: 'busy' },
  remoteHoldChanged: { type: 'remoteHoldChanged', remoteHold: true },
  mutedChanged: { type: 'mutedChanged', muted: true },
  qualitySampled: { type: 'qualitySampled', quality },
  silenced: { type: 'silenced' },
  timedOut: { type: 'timedOut' },
  expired: { type: 'expired' },
} as const satisfies Record<
  string,
  CallEvent extends infer E ? (E extends CallEvent ? Omit<E, 'atMs'> : never) : never
>;
export type EventName = keyof typeof events;

/** Does not compile where an event type of the machine is missing above. */
export const everyTypeIsWalked: Exclude<CallEvent['type'], (typeof events)[EventName]['type']> extends never
  ? true
  : false = true;
