// The signed parameter of our Record-Route. Whoever holds it takes part in the call, so requests within the dialog need
// no digest; and it says which two devices talk, so they are found again after a reconnect (RFC 5626 5.2, 5.3).
// Bound to the Call-ID and the caller's tag. Stateless: with the same secret it outlives a restart of the hub.
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { SipUser } from '../exchange-ports.ts';

/** One side of a dialog. */
export interface Party {
  readonly user: SipUser;
  /** Null where the device registered none; then only its connection leads to it. */
  readonly instance: string | null;
  readonly flowId: number;
}

export interface DialogRoute {
  readonly callerTag: string;
  readonly caller: Party;
  readonly callee: Party;
}

const partyFields = z.tuple([z.string(), z.string().nullable(), z.number()]);
const fields = z.tuple([z.string(), partyFields, partyFields]);
const signatureLength = 16;

export class RouteTokens {
  /** As a key: made of bytes anew for every signature, it would take ten times as long. */
  readonly #secret: KeyObject;

  constructor(secret: Uint8Array) {
    this.#secret = createSecretKey(secret);
  }

  /** @returns letters, digits, `-`, `_` and a dot: fit for a URI parameter */
  create({ callerTag, caller, callee }: DialogRoute, callId: string): string {
    const side = ({ user, instance, flowId }: Party) => [user, instance, flowId];
    const payload = Buffer.from(JSON.stringify([callerTag, side(caller), side(callee)])).toString(
      'base64url',
    );
    return `${payload}.${this.#signature(payload, callId).toString('base64url')}`;
  }

  /** @returns null where we did not make it for this call */
  read(token: string, callId: string): DialogRoute | null {
    const [payload = '', signature = ''] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== signatureLength) return null;
    if (!timingSafeEqual(given, this.#signature(payload, callId))) return null;
    const [callerTag, caller, callee] = fields.parse(
      JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')),
    );
    return { callerTag, caller: party(caller), callee: party(callee) };
  }

  #signature(payload: string, callId: string): Buffer {
    return createHmac('sha256', this.#secret)
      .update(`${payload}\n${callId}`)
      .digest()
      .subarray(0, signatureLength);
  }
}

function party([user, instance, flowId]: z.output<typeof partyFields>): Party {
  return { user, instance, flowId };
}
