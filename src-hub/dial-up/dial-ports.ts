// What handing out asks of the rest of the hub. Implemented by src-hub/orders and others; put together by dial-up.ts.
import type { DialMode, DialUpSettings, FreeModeSettings, OrderStatus } from '#shared/domain/dial-up.ts';
import type { OrderStatusId, ProjectId } from '#shared/domain/ids.ts';

/** What supervisors have set, as it is now, from memory. */
export interface DialUpRules {
  settingsOf(projectId: ProjectId): DialUpSettings;
  /** Null for a mode that is none of the free ones. */
  freeMode(mode: DialMode): FreeModeSettings | null;
  status(id: OrderStatusId): OrderStatus | null;
  /** IANA name. */
  timeZoneOf(projectId: ProjectId): string;
}

/** Zones of a queue whose orders cannot be dialled. */
export const noNumber = 'noNumber';
export const doNotCall = 'doNotCall';
