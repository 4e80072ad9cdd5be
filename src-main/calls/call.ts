// One call as the machine holds it: its phase, what stands beside the phase, and the words for what happens to it.
// Used by every *-machine.ts here and by the call desk. Holds shapes and time limits only.
import type {
  CallOutcome,
  CallPhase,
  CallQuality,
  CallTransfer,
  Direction,
  EndCause,
  MissedReason,
  RemoteParty,
  TransferFailure,
} from '#shared/domain/call-view.ts';
import type { CallId, OrderId, ProjectId, SipCallId, UserId } from '#shared/domain/ids.ts';
import type { FailureCause } from './telephony-port.ts';

/** How a call ends, known before it is over where the agent ends it. */
export interface Ending {
  readonly outcome: CallOutcome;
  readonly missedReason: MissedReason | null;
}

/** Where a transfer that fails goes back to. */
export type Transferable = 'talking' | 'held';

/**
 * parking: the caller is put on hold first. referred: the far end was asked to call the target; `parked` where it is on
 * hold for that alone. takingBack: what it began is being ended.
 */
export type TransferStage = 'parking' | 'referred' | 'takingBack';

export type Phase =
  | { readonly name: Exclude<CallPhase, 'remoteRinging' | 'transferring' | 'hangingUp'> }
  | { readonly name: 'remoteRinging'; readonly ringback: boolean }
  | {
      readonly name: 'transferring';
      readonly from: Transferable;
      readonly stage: TransferStage;
      readonly target: string;
      readonly parked: boolean;
    }
  | { readonly name: 'hangingUp'; readonly ending: Ending };

/** What a call needs to know of its project; as it was when the call began. */
export interface CallProject {
  readonly id: ProjectId;
  readonly name: string;
  /** 0 = no wrap-up. */
  readonly wrapUpMs: number;
  readonly dispositionRequired: boolean;
}

export interface Call {
  readonly callId: CallId;
  /** Null for calls that this desktop began. */
  readonly sipCallId: SipCallId | null;
  /** Whose call it is. */
  readonly userId: UserId;
  readonly direction: Direction;
  readonly phase: Phase;
  readonly remote: RemoteParty;
  readonly project: CallProject | null;
  readonly queueName: string | null;
  /** The order that it was made for (call mode), whose outcome stands for its disposition. */
  readonly orderId: OrderId | null;
  /** With a colleague. */
  readonly internal: boolean;
  /** As it was dialled; null where it is not known. */
  readonly calledNumber: string | null;
  readonly redirectedFrom: string | null;
  readonly startedAtMs: number;
  readonly answeredAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly outcome: CallOutcome | null;
  readonly missedReason: MissedReason | null;
  /** Why telephony says that it ended, for the log; null where it ended by itself. */
  readonly endCause: EndCause | null;
  readonly muted: boolean;
  readonly remoteHold: boolean;
  readonly quality: CallQuality | null;
  readonly dtmfSent: string;
  readonly transfer: CallTransfer | null;
  readonly wrapUpEndsAtMs: number | null;
}

/** What the agent asks for. Refused (null) where the phase does not allow it. */
export type CallIntent =
  | { readonly type: 'accept' }
  | { readonly type: 'ignore' }
  | { readonly type: 'decline' }
  /** 486 to this branch only. `onAnotherCall` where the desk says it, because of another call. */
  | { readonly type: 'reject'; readonly because: 'agent' | 'onAnotherCall' }
  | { readonly type: 'hangUp' }
  | { readonly type: 'hold' }
  | { readonly type: 'resume' }
  | {
      readonly type: 'transfer';
      readonly target: string;
      readonly to: Pick<CallTransfer, 'to' | 'kind'>;
    }
  | { readonly type: 'takeBack' }
  | { readonly type: 'letGo' }
  | { readonly type: 'dismissTransfer' }
  | { readonly type: 'setMuted'; readonly muted: boolean }
  | { readonly type: 'sendDtmf'; readonly tones: string }
  | { readonly type: 'extendWrapUp'; readonly byMs: number }
  | { readonly type: 'finish' };

/** What the network, the hub or the clock tells. Where it comes too late it is null, and logged. */
export type CallFact =
  | { readonly type: 'ringingRemotely'; readonly earlyMedia: boolean }
  | { readonly type: 'established' }
  | { readonly type: 'callerGaveUp' }
  | { readonly type: 'answeredElsewhere' }
  | { readonly type: 'declinedElsewhere' }
  | { readonly type: 'rangOut' }
  | { readonly type: 'remoteHungUp' }
  | { readonly type: 'byeConfirmed' }
  | { readonly type: 'failed'; readonly cause: FailureCause }
  | { readonly type: 'holdConfirmed' }
  | { readonly type: 'resumeConfirmed' }
  | { readonly type: 'changeRefused' }
  /** The target rings, or (182) waits in a queue. */
  | { readonly type: 'transferRinging'; readonly queued: boolean }
  | { readonly type: 'transferConfirmed' }
  | { readonly type: 'transferFailed'; readonly failure: TransferFailure }
  | { readonly type: 'remoteHoldChanged'; readonly remoteHold: boolean }
  | { readonly type: 'mutedChanged'; readonly muted: boolean }
  | { readonly type: 'qualitySampled'; readonly quality: CallQuality }
  /** Another device of this agent ignored the offer. */
  | { readonly type: 'silenced' }
  /** The phase's own time limit was reached. */
  | { readonly type: 'timedOut' }
  /** The wrap-up ran out. */
  | { readonly type: 'expired' };

export type CallEvent = (CallIntent | CallFact) & { readonly atMs: number };

/** What is to be done, as data; carried out in order by the call desk. */
export type CallEffect =
  | { readonly type: 'sip.dial'; readonly target: string }
  | { readonly type: 'sip.answer' }
  | { readonly type: 'sip.decline' }
  | { readonly type: 'sip.reject' }
  | { readonly type: 'sip.hangUp' }
  | { readonly type: 'sip.hold' }
  | { readonly type: 'sip.resume' }
  | { readonly type: 'sip.transfer'; readonly target: string }
  | { readonly type: 'sip.takeBack' }
  | { readonly type: 'sip.setMuted'; readonly muted: boolean }
  | { readonly type: 'sip.sendDtmf'; readonly tones: string }
  | { readonly type: 'ringing.start' }
  | { readonly type: 'ringing.stop' }
  | { readonly type: 'ringback.start' }
  | { readonly type: 'ringback.stop' }
  /** A call has one timer; setting it replaces the one before. `tells` is the event it becomes. */
  | { readonly type: 'timer.set'; readonly ms: number; readonly tells: 'timedOut' | 'expired' }
  | { readonly type: 'timer.clear' }
  | { readonly type: 'hub.ignoreOffer'; readonly sipCallId: SipCallId }
  /** To disk. */
  | { readonly type: 'save' };

export interface Step {
  readonly call: Call;
  readonly effects: readonly CallEffect[];
}

/** How long each waiting phase may last. Those that wait for SIP are longer than its own 32 s (RFC 3261 17, 64*T1). */
export const timeLimitsMs = {
  /** Above any ring time that a hub sets; ends an offer whose CANCEL was lost. */
  offered: 300_000,
  answering: 15_000,
  /** Above timer C (RFC 3261 16.6), after which a proxy must have given up. */
  dialing: 200_000,
  /** The stack has given its verdict by then; this is for one that stays silent. */
  change: 35_000,
  /** Longer than a target rings: the hub ends that. A caller who waits in a project may do so without the agent then. */
  transferring: 120_000,
  /** The caller is back by then, whether or not what was begun could be ended. */
  takingBack: 1_500,
  /** Short: the agent is waiting to be free, and nothing is lost by not hearing the answer to a BYE. */
  hangingUp: 5_000,
} as const;

/** Longest run of tones kept in the view. */
const dtmfLogLength = 200;

/** @returns the call's tones with `tones` added, cut from the front where it grows long */
export function dtmfLog(before: string, tones: string): string {
  return (before + tones).slice(-dtmfLogLength);
}

/** Whether the agent is busy with it: talking, or on the way there or away. */
export function isLive(call: Call): boolean {
  const name = call.phase.name;
  return name !== 'offered' && name !== 'ignored' && name !== 'wrapUp' && name !== 'closed';
}

/** Whether it was offered to the agent and waits for an answer. */
export function isOffer(call: Call): boolean {
  return call.phase.name === 'offered' || call.phase.name === 'ignored';
}
