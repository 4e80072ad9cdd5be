// A call as windows see it. Pure. Called by call-desk.ts.
import type { CallFormView } from '#shared/domain/call-form-view.ts';
import type { CallView, DraftView } from '#shared/domain/call-view.ts';
import type { Call } from './call.ts';
import { intentsOf } from './call-intents.ts';

export function viewOf(
  call: Call,
  draft: DraftView,
  form: CallFormView,
  beside: { readonly anotherIsLive: boolean },
): CallView {
  return {
    callId: call.callId,
    direction: call.direction,
    phase: call.phase.name,
    remote: call.remote,
    projectId: call.project?.id ?? null,
    projectName: call.project?.name ?? null,
    queueName: call.queueName,
    orderId: call.orderId,
    redirectedFrom: call.redirectedFrom,
    startedAtMs: call.startedAtMs,
    answeredAtMs: call.answeredAtMs,
    endedAtMs: call.endedAtMs,
    outcome: call.outcome,
    missedReason: call.missedReason,
    endCause: call.endCause,
    muted: call.muted,
    remoteHold: call.remoteHold,
    quality: call.quality,
    dtmfSent: call.dtmfSent,
    transfer: call.transfer,
    wrapUpEndsAtMs: call.wrapUpEndsAtMs,
    dispositionRequired: call.project?.dispositionRequired ?? false,
    draft,
    form,
    intents: intentsOf(call, beside),
  };
}
