// Which call an INVITE wants to take the place of (RFC 3891): as its Replaces header says, or as a Refer-To says that
// such an INVITE is to. Pure. Whether that may be is asked of the dialog and transfer books by the invite handler.
import { parseParameters, splitOutside } from '../message/parameters.ts';

export interface ReplacedCall {
  readonly callId: string;
  readonly toTag: string;
  readonly fromTag: string;
}

/** @param text `callid;to-tag=…;from-tag=…`. @returns null where it does not fit */
export function parseReplaces(text: string): ReplacedCall | null {
  const [callId = '', ...rest] = splitOutside(text, ';') ?? [];
  const parameters = parseParameters(rest);
  const toTag = parameters?.get('to-tag') ?? null;
  const fromTag = parameters?.get('from-tag') ?? null;
  return callId.trim() === '' || toTag === null || fromTag === null
    ? null
    : { callId: callId.trim(), toTag, fromTag };
}

/** @param uri of a Refer-To. @returns null where its headers name no call, `malformed` where they cannot be read */
export function replacedIn(uri: string): ReplacedCall | 'malformed' | null {
  const at = uri.indexOf('?');
  const pairs = at < 0 ? [] : uri.slice(at + 1).split('&');
  const named = pairs.filter((pair) => /^replaces=/i.test(pair));
  const [one, ...others] = named;
  if (one === undefined) return null;
  if (others.length > 0) return 'malformed';
  try {
    return parseReplaces(decodeURIComponent(one.slice('replaces='.length))) ?? 'malformed';
  } catch (error) {
    if (error instanceof URIError) return 'malformed';
    throw error;
  }
}
