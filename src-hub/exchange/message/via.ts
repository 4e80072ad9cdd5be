// One Via value (RFC 3261 20.42). Only what matching needs; the text itself is what responses carry back.
import type { Parameters } from './parameters.ts';
import { parseParameters, splitOutside } from './parameters.ts';

export interface Via {
  readonly sentBy: string;
  /** Null where the sender is of the time before RFC 3261. */
  readonly branch: string | null;
  readonly parameters: Parameters;
}

const viaForm = /^SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z0-9-]+)\s+([^\s;,]+(?:\s*:\s*\d+)?)\s*((?:;[\s\S]*)?)$/i;

/** @returns null where the text is no Via value. */
export function parseVia(text: string): Via | null {
  const match = viaForm.exec(text);
  if (!match) return null;
  const parts = splitOutside(match[3] ?? '', ';');
  const parameters = parts && parseParameters(parts.slice(1));
  if (!parameters) return null;
  const sentBy = (match[2] ?? '').replaceAll(/\s/g, '').toLowerCase();
  return { sentBy, branch: parameters.get('branch') ?? null, parameters };
}

/** What every branch of RFC 3261 begins with (8.1.1.7). */
export const branchCookie = 'z9hG4bK';
