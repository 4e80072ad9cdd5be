// PouchDB on LevelDB as it is, but for one thing: each batch is on the disk before it is acknowledged, as every commit of
// our hub is. Used by pouch-hub.ts; pouch-desk.ts takes its documents as they are: what a desktop of ours pulls may also be
// gone after a power cut, and is pulled again.
import leveldown from 'leveldown';
import PouchDB from 'pouchdb';
import type { WholeRecord } from '#shared/domain/record.ts';

export interface PouchNote {
  readonly type: 'note';
  readonly recordId: string;
  readonly text: string;
  readonly authorName: string;
  readonly writtenAtMs: number;
}
export type PouchRecord = Omit<WholeRecord, 'id'> & { readonly type: 'record' };

/** PouchDB tells stores apart by the function's name. */
function durableLevel(location: string) {
  const level = leveldown(location);
  const batch = level._batch.bind(level);
  level._batch = (operations, options, done) => batch(operations, { ...options, sync: true }, done);
  return level;
}
// What is destroyed is not asked for here.
Object.assign(durableLevel, leveldown);

const options = { adapter: 'leveldb', db: durableLevel };
/** What `defaults` gives has all that PouchDB has, which its types leave out. */
export const DurablePouch = PouchDB.defaults(
  options as PouchDB.Configuration.DatabaseConfiguration,
) as PouchDB.Static;
