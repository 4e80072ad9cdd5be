// Which team server this desktop belongs to, and what is in the way where it cannot be had.
import { z } from 'zod';
import { command, topic } from '../wire/contract.ts';

/**
 * notAHub: something answers there, but no hub. certificateNotTrusted: expired, of another name, or by an authority that
 * this computer does not know. desktopTooOld, hubTooOld: their contracts differ (hub-handshake.ts).
 */
export const hubTrouble = z.enum([
  'notReachable',
  'notAHub',
  'certificateNotTrusted',
  'desktopTooOld',
  'hubTooOld',
]);
export type HubTrouble = z.output<typeof hubTrouble>;

export const hubAddressView = z.strictObject({
  /** ws: or wss: address; null for the practice hub on this computer. */
  address: z.string().nullable(),
  /** OFFHOOK_HUB_URL decides: it cannot be chosen here. */
  setByEnvironment: z.boolean(),
  /** Null while there is a link, and before the first try has ended. */
  trouble: hubTrouble.nullable(),
});
export type HubAddressView = z.output<typeof hubAddressView>;

const hubAddress = topic('hubAddress', hubAddressView);

export const hubAddressCommands = {
  ...hubAddress.commands,
  /**
   * Replies when the hub there has answered and the desktop is moved. Refused, leaving everything as it is:
   * 'addressInvalid', 'addressNotEncrypted', 'addressFixed', 'signedIn', or any of `hubTrouble`.
   */
  'hubAddress.choose': command(z.strictObject({ address: z.string().max(500).nullable() }), z.null()),
} as const;

export const hubAddressEvents = { ...hubAddress.events } as const;
