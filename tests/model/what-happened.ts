// Holds every agent's history against what all sides did: who called, who asked for what at which desk, and whom the far
// end heard. After a sequence of the model test, when everything is over.
import type { CallOutcome } from '#shared/domain/call-view.ts';
import type { DeskAgent, Handled } from './desk-agent.ts';
import type { CallRecord, Outsider } from './outsider.ts';

interface Told {
  readonly outcome: CallOutcome | null;
  readonly missedReason: string | null;
  readonly endCause: string | null;
}

/** Everything that is not as it was, in words. */
export function historyFaults(agents: readonly DeskAgent[], outsiders: readonly Outsider[]): string[] {
  const records = new Map(outsiders.flatMap((outsider) => [...outsider.records]));
  return agents.flatMap((agent) => [
    ...countFaults(agent),
    ...[...agent.handled].flatMap(([callId, handled]) => {
      const told: Told = agent.history.get(callId);
      const others = agents.filter((other) => other !== agent);
      const fault =
        'sipCallId' in handled.of
          ? faultOfOffer(told, handled, records.get(handled.of.sipCallId), others)
          : faultOfDial(told, handled);
      return fault ? [`${agent.user}: a call is noted as ${told.outcome}, but ${fault}`] : [];
    }),
  ]);
}

function countFaults({ user, handled, closed }: DeskAgent): string[] {
  const ids = closed.map(({ callId }) => callId);
  if (new Set(ids).size !== ids.length) return [`${user}: a call was closed twice`];
  return ids.length === handled.size ? [] : [`${user}: ${handled.size} calls, and ${ids.length} closed`];
}

function faultOfOffer(
  { outcome, missedReason }: Told,
  { of, asked }: Handled,
  record: CallRecord | undefined,
  others: readonly DeskAgent[],
): string | null {
  const sipCallId = 'sipCallId' in of ? of.sipCallId : '';
  const elsewhere = others.flatMap((other) =>
    [...other.handled].filter(
      ([, handled]) => 'sipCallId' in handled.of && handled.of.sipCallId === sipCallId,
    ),
  );
  const askedElsewhere = (what: 'accept' | 'decline') =>
    elsewhere.some(([, handled]) => handled.asked.has(what));
  const acceptedElsewhere = others.some((other) =>
    elsewhere.some(
      ([callId]) => other.handled.has(callId) && other.history.get(callId).outcome === 'accepted',
    ),
  );
  if (!record) return 'nobody called';
  switch (outcome) {
    case 'accepted':
      if (!asked.has('accept')) return 'nobody accepted it';
      if (acceptedElsewhere) return 'the other agent has it, too';
      return record.answers.size > 0 ? null : 'the caller never heard anybody';
    case 'answeredElsewhere':
      return askedElsewhere('accept') ? null : 'nobody else accepted it';
    case 'declinedElsewhere':
      return askedElsewhere('decline') ? null : 'nobody else declined it';
    case 'declined':
      return asked.has('decline') ? null : 'nobody declined it';
    case 'rejected':
      return asked.has('reject') ? null : 'nobody rejected it';
    case 'abandoned':
      return record.gaveUp ? null : 'the caller did not give up';
    case 'missed':
      return missedReason === 'onAnotherCall' ? null : `for no reason (${missedReason})`;
    default:
      return 'that is no end of an offer';
  }
}

function faultOfDial({ outcome, endCause }: Told, { asked }: Handled): string | null {
  switch (outcome) {
    case 'connected':
    case 'busy':
    case 'noAnswer':
      return null;
    case 'failed':
      // Whom somebody called refused with 480.
      return endCause === 'unavailable' ? null : `nothing failed (${endCause})`;
    case 'cancelled':
      return asked.has('hangUp') ? null : 'nobody cancelled it';
    default:
      return 'that is no end of a call that was made';
  }
}
