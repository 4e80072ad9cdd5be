// Ends a call that was answered when the caller was served already: ACK and BYE from the caller's side of that dialog.
// Used by the fork (see there for why the exchange does it itself).
import { contactUriOf, createDialogRequest } from '../message/hop-requests.ts';
import type { OutgoingRequest, SipResponse } from '../message/sip-message.ts';
import type { Binding } from '../registrar/registrar.ts';
import type { TransactionTable } from '../transactions/transaction-table.ts';
import { newVia } from './hop.ts';

export interface LateAnswer {
  /** As it was sent to the device. */
  readonly invite: OutgoingRequest;
  readonly answer: SipResponse;
  readonly binding: Binding;
}

/**
 * @param reason value of the BYE's Reason header; null where the BYE was sent before and only its 2xx is repeated,
 *   which wants another ACK (RFC 3261 13.2.2.4)
 */
export function endLateAnswer(
  { domain, table }: { readonly domain: string; readonly table: TransactionTable },
  { invite, answer, binding }: LateAnswer,
  reason: string | null,
): void {
  const { flow, instance, contactUri } = binding;
  // A GRUU in the answer's Contact would be ours to resolve, and this is what it resolves to.
  const targetUri = instance === null ? (contactUriOf(answer) ?? contactUri) : contactUri;
  const request = (method: 'ACK' | 'BYE') =>
    createDialogRequest(invite, answer, {
      method,
      via: newVia(domain, null),
      targetUri,
      reason: method === 'BYE' ? reason : null,
    });
  flow.send(request('ACK'));
  if (reason !== null) table.send(request('BYE'), flow, { responded: () => {}, failed: () => {} });
}
