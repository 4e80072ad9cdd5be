// Notices how the routing of each call ended, once per call, from what the router is asked and the exchange tells.
// Called by compose.ts around the real router; decides nothing.
import type { SipCallId } from '#shared/domain/ids.ts';
import type { CallRouter, OfferEnded, SipUser } from '../exchange/exchange-ports.ts';

export type CallOutcome = 'answered' | 'voicemail' | 'echo' | 'abandoned' | 'refused';

/** Only a call whose end was never told could stay this long. */
const mostCalls = 5_000;

export class CallOutcomes {
  readonly #open = new Set<SipCallId>();
  readonly #mediaEnds: Readonly<Record<SipUser, CallOutcome>>;
  readonly #told: (outcome: CallOutcome) => void;

  /** @param mediaEnds the hub's own ends, whose answer is no agent's. */
  constructor(mediaEnds: Readonly<Record<SipUser, CallOutcome>>, told: (outcome: CallOutcome) => void) {
    this.#mediaEnds = mediaEnds;
    this.#told = told;
  }

  watch(router: CallRouter): CallRouter {
    return {
      route: (request) => {
        this.#open.add(request.sipCallId);
        const [oldest] = this.#open;
        if (oldest && this.#open.size > mostCalls) this.#open.delete(oldest);
        const route = router.route(request);
        return {
          next: (previous) => {
            const step = route.next(previous);
            if (step.kind === 'refuse') this.#ended(request.sipCallId, 'refused');
            return step;
          },
        };
      },
    };
  }

  offerEnded({ sipCallId, user, outcome }: OfferEnded): void {
    if (outcome === 'answered') this.#ended(sipCallId, this.#mediaEnds[user] ?? 'answered');
    if (outcome === 'abandoned') this.#ended(sipCallId, 'abandoned');
  }

  #ended(sipCallId: SipCallId, outcome: CallOutcome): void {
    // Each of the users who were rung for an abandoned call is told of; the call counts once.
    if (this.#open.delete(sipCallId)) this.#told(outcome);
  }
}
