// Which agents a project's call is offered to next. Pure (TEAM-7). Asked by the route machine.
import type { UserId } from '#shared/domain/ids.ts';
import type { SipUser } from '../exchange/exchange-ports.ts';

/** Someone whose status takes calls and who has the project open. */
export interface Agent {
  readonly userId: UserId;
  readonly extension: SipUser;
  readonly isPrimary: boolean;
  /**
   * `busy`: on a call, in wrap-up, or another offer rings at them; they will be free. `lost`: their
   * connection broke a moment ago, and is expected back. `noDevice`, `asleep`: nothing of theirs could ring.
   */
  readonly standing: 'free' | 'busy' | 'lost' | 'noDevice' | 'asleep';
  /** Since when they have had nothing to do: their last call or wrap-up, or the moment that they became available. */
  readonly idleSinceMs: number;
}

export type Distribution = 'longestIdle' | 'allAtOnce';

/** Primary before secondary; of those the one idle longest, or all. None where nobody is free. */
export function nextAgents(agents: readonly Agent[], distribution: Distribution): readonly Agent[] {
  const free = agents.filter(({ standing }) => standing === 'free');
  const primary = free.filter(({ isPrimary }) => isPrimary);
  const first = primary.length > 0 ? primary : free;
  if (distribution === 'allAtOnce') return first;
  const longest = first.reduce<Agent | null>(
    (best, agent) => (best === null || isBefore(agent, best) ? agent : best),
    null,
  );
  return longest ? [longest] : [];
}

/** Of two who are idle equally long, always the same one. */
function isBefore(one: Agent, other: Agent): boolean {
  if (one.idleSinceMs !== other.idleSinceMs) return one.idleSinceMs < other.idleSinceMs;
  return one.userId < other.userId;
}
