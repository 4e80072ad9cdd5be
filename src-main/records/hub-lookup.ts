// Asks the hub who has a number that nobody on this computer has, while the phone rings: in the background, once for each
// number at a time, and never waited for. What it answers is kept in memory only; the directory says it from then on.
import type { CountryCode } from 'libphonenumber-js';
import type { RecordId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { News } from '../calls/news.ts';
import { comparableNumber } from '../directory/phone-number.ts';
import type { HubLink } from '../hub-link/hub-link.ts';

export interface HubLookup {
  /** What the hub has said of a number, the last changed first. @param number as comparableNumber makes it */
  known(number: string): readonly WholeRecord[];
  find(id: RecordId): WholeRecord | null;
  /** Returns at once; `found` tells where somebody has it. */
  ask(number: string): void;
  /** A number, as it is compared, that somebody has. */
  readonly found: News<string>;
  /** Somebody else is at work: what was told to the one before is forgotten. */
  forget(): void;
}

export interface HubLookupParts {
  readonly hub: Pick<HubLink, 'call' | 'view'>;
  readonly country: () => CountryCode;
  readonly log: WireLog;
}

const mostKept = 200;

export function createHubLookup({ hub, country, log }: HubLookupParts): HubLookup {
  const found = new News<string>('records.lookup', log);
  let kept = new Map<string, readonly WholeRecord[]>();
  const asked = new Set<string>();

  const ask = async (number: string) => {
    const askedBy = kept;
    const records = await hub.call('records.lookup', { number });
    // Empty answers are not kept: the next call may come after somebody has written the record.
    if (records.length === 0 || askedBy !== kept) return;
    kept.delete(number);
    kept.set(number, records);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    found.tell(number);
  };

  return {
    found,
    known: (number) => kept.get(number) ?? [],
    find(id) {
      for (const records of kept.values()) {
        const record = records.find((each) => each.id === id);
        if (record) return record;
      }
      return null;
    },
    ask(written) {
      const number = comparableNumber(written, country()).slice(0, 200);
      if (number === '' || asked.has(number) || hub.view().state !== 'online') return;
      asked.add(number);
      ask(number)
        .catch((error: unknown) => {
          // Away or signed out: the call is shown as its number, and nothing is lost.
          if (!(error instanceof CommandFailed)) log.error('records: a number was not looked up', { error });
        })
        .finally(() => asked.delete(number));
    },
    forget() {
      kept = new Map();
    },
  };
}
