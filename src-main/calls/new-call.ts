// A call at its very beginning, before it has a phase. Called by call-desk.ts.
import { randomUUID } from 'node:crypto';
import type { Direction, RemoteParty } from '#shared/domain/call-view.ts';
import type { Project } from '#shared/domain/disposition.ts';
import { type CallId, callId, type OrderId, type SipCallId, type UserId } from '#shared/domain/ids.ts';
import type { Call } from './call.ts';

export interface Beginning {
  readonly callId: CallId;
  readonly sipCallId?: SipCallId;
  readonly userId: UserId;
  readonly direction: Direction;
  readonly remote: RemoteParty;
  readonly project: Project | null;
  readonly queueName?: string | null;
  readonly orderId?: OrderId | null;
  readonly internal?: boolean;
  readonly calledNumber?: string | null;
  readonly redirectedFrom?: string | null;
  readonly startedAtMs: number;
}

export function newCall(beginning: Beginning): Omit<Call, 'phase'> {
  const { project, orderId = null } = beginning;
  return {
    callId: beginning.callId,
    sipCallId: beginning.sipCallId ?? null,
    userId: beginning.userId,
    direction: beginning.direction,
    remote: beginning.remote,
    project: project && {
      id: project.id,
      name: project.name,
      wrapUpMs: project.wrapUpMs,
      dispositionRequired: project.dispositionRequired && orderId === null,
    },
    queueName: beginning.queueName ?? null,
    orderId,
    internal: beginning.internal ?? false,
    calledNumber: beginning.calledNumber ?? null,
    redirectedFrom: beginning.redirectedFrom ?? null,
    startedAtMs: beginning.startedAtMs,
    answeredAtMs: null,
    endedAtMs: null,
    outcome: null,
    missedReason: null,
    endCause: null,
    muted: false,
    remoteHold: false,
    quality: null,
    dtmfSent: '',
    transfer: null,
    wrapUpEndsAtMs: null,
  };
}

/** A new id for a call that begins on this desktop, or that the hub tells of. */
export function newCallId(): CallId {
  return callId.parse(randomUUID());
}
