// Answers the exchange's question "who is rung next?" by walking the steps of a decision. The decision itself is
// route-decision.ts's; this looks at the company as it stands when the call arrives.
import type {
  CallRequest,
  CallRoute,
  CallRouter,
  ForkOutcome,
  RouteStep,
} from '../exchange/exchange-ports.ts';
import type { HubLog } from '../hub-log.ts';
import type { OfferService } from './offer-service.ts';
import { type Company, decideRoute, voicemailUser } from './route-decision.ts';

export interface CallRouterParts {
  readonly offers: OfferService;
  readonly log: HubLog;
  companyNow(): Company;
}

export function createCallRouter({ offers, log, companyNow }: CallRouterParts): CallRouter {
  return {
    route(request: CallRequest): CallRoute {
      const decision = decideRoute(request, companyNow());
      offers.routed(request, decision);
      const steps = decision.steps.values();
      return {
        next(previous: ForkOutcome | null): RouteStep {
          const { value: step } = steps.next();
          // The last step is a refusal, after which the exchange does not ask again.
          if (!step) throw new Error('A route was asked beyond its end');
          if (goesToVoicemail(step) && previous?.kind !== 'declined')
            offers.nobodyAnswered(request.sipCallId);
          if (step.kind === 'ring') offers.ringing(request.sipCallId, step.users);
          if (step.kind === 'refuse') offers.finished(request.sipCallId);
          log.info('route: next step', {
            destination: decision.destination,
            after: previous?.kind ?? 'start',
            step: step.kind,
            users: step.kind === 'ring' ? step.users.length : 0,
          });
          return step;
        },
      };
    },
  };
}

function goesToVoicemail(step: RouteStep): boolean {
  return step.kind === 'ring' && step.users.includes(voicemailUser);
}
