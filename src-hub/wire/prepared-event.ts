// An event of the hub's contract as the text that goes over the wire: checked and written once, however many are told.

import type { HubContract } from '#shared/hub/hub-contract.ts';
import { hubContract } from '#shared/hub/hub-contract.ts';
import type { EventName, EventOf } from '#shared/wire/contract.ts';
import { frameToText } from '#shared/wire/json-frames.ts';

export interface PreparedEvent {
  readonly text: string;
}

/** @throws ZodError where the payload does not fit the contract: our bug */
export function prepareEvent<N extends EventName<HubContract>>(
  name: N,
  payload: EventOf<HubContract, N>,
): PreparedEvent {
  const checked = hubContract.events[name].parse(payload);
  return { text: frameToText({ kind: 'event', name, payload: checked }) };
}
