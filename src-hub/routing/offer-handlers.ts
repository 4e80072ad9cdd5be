// The commands on offers: ignoring one, and asking for those that nobody could see.
import type { SipCallId } from '#shared/domain/ids.ts';
import { type HubConnection, requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { OfferService } from './offer-service.ts';

export interface OfferHandlerParts {
  readonly offers: OfferService;
  /** Silences the other devices of the connection's user, and has the call offered to others. */
  ignored(sipCallId: SipCallId, connection: HubConnection): void;
}

type OfferHandlers = Pick<HubHandlers, 'offers.ignore' | 'offers.takeMissed'>;

export function offerHandlers({ offers, ignored }: OfferHandlerParts): OfferHandlers {
  return {
    'offers.ignore': ({ sipCallId }, connection) => {
      offers.ignored(sipCallId, requireSignedIn(connection).user.userId);
      ignored(sipCallId, connection);
      return null;
    },
    'offers.takeMissed': (_, connection) => offers.takeMissed(requireSignedIn(connection).user.userId),
  };
}
