// The wire's side of the hub's address. Decides nothing: the service does.
import type { hubAddressCommands } from '#shared/desktop/hub-address-contract.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { HubAddressService } from './hub-address-service.ts';

export function hubAddressHandlers(hubAddress: HubAddressService): DomainHandlers<typeof hubAddressCommands> {
  return {
    'hubAddress.get': () => hubAddress.view(),
    'hubAddress.choose': async ({ address }) => {
      await hubAddress.choose(address);
      return null;
    },
  };
}
