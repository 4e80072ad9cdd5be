// Says who a number is, from this desktop's own database, and reads what is to be dialled. Asked by the call desk for
// every offer, so it answers at once and never asks the hub.
import type { CountryCode } from 'libphonenumber-js';
import type { RemoteParty } from '#shared/domain/call-view.ts';
import { recordName } from '#shared/domain/record.ts';
import type { CallerDirectory } from '../calls/call-desk-ports.ts';
import type { HubLookup } from '../records/hub-lookup.ts';
import { recordsWithNumber } from '../records/number-lookup.ts';
import type { RecordStore } from '../records/record-store.ts';
import { comparableNumber, formatNumber, parseDialTarget } from './phone-number.ts';

/** Of a party in a call. */
const longestName = 10_000;

/**
 * @param elsewhere what the hub has said of numbers that nobody here has
 * @param country how national numbers are read, asked at each use since it follows the projects.
 */
export function createDirectory(
  store: RecordStore,
  elsewhere: Pick<HubLookup, 'known'>,
  country: () => CountryCode,
): CallerDirectory {
  const knownAs = (number: string) => {
    const [here] = recordsWithNumber(store, number, country());
    if (here) return here;
    const [there] = elsewhere.known(comparableNumber(number, country()));
    return there && { id: there.id, kind: there.kind, name: recordName(there).slice(0, longestName) };
  };
  const identify = (number: string | null, displayName: string | null): RemoteParty => {
    if (number === null) {
      return { number, display: '', name: null, recordId: null, recordKind: null, withheld: true };
    }
    const known = knownAs(number);
    return {
      number,
      display: formatNumber(number, country()),
      name: known?.name ?? meaningful(displayName, number),
      recordId: known?.id ?? null,
      recordKind: known?.kind ?? null,
      withheld: false,
    };
  };
  return {
    identify,
    parseTarget(text) {
      const parsed = parseDialTarget(text, country());
      return parsed && { target: parsed.target, remote: identify(parsed.target, null) };
    },
  };
}

/** Many gateways repeat the number as the display name: that is no name. */
function meaningful(displayName: string | null, number: string): string | null {
  const name = displayName?.trim() ?? '';
  if (name === '' || name.replace(/[\s+]/g, '') === number.replace(/[\s+]/g, '')) return null;
  return name.slice(0, longestName);
}
