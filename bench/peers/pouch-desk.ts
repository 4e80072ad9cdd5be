// The peer's desktop: one PouchDB over LevelDB on disk that replicates from and to the peer's hub. Forked by sync.bench.ts,
// which asks one thing after the other and gets the stopwatch's word.
//   pouch-desk.ts FOLDER HUB_URL BATCH
import { join } from 'node:path';
import PouchDB from 'pouchdb';
import pouchFind from 'pouchdb-find';
import { timed } from '../support/stopwatch.ts';
import type { PouchNote, PouchRecord } from './durable-pouch.ts';

export type PouchOrder =
  | { readonly what: 'pull' | 'index' | 'push' | 'count' }
  | { readonly what: 'write'; readonly notes: readonly (PouchNote & { readonly _id: string })[] };

const [folder = '', hubUrl = '', batch = '0'] = process.argv.slice(2);
PouchDB.plugin(pouchFind);
const people = new PouchDB<PouchRecord | PouchNote>(join(folder, 'people'));
const hub = new PouchDB<PouchRecord | PouchNote>(hubUrl);
const batch_size = Number(batch);
let written: number | string = 0;

process.on('message', (order: PouchOrder) => {
  void carryOut(order).then(
    (reply) => process.send?.({ reply }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));

async function carryOut(order: PouchOrder): Promise<unknown> {
  switch (order.what) {
    case 'pull':
      return timed(async () => people.replicate.from(hub, { batch_size }));
    case 'index':
      return timed(async () => {
        await people.createIndex({ index: { fields: ['numbers.0.number'] } });
        // It is made by the first who asks.
        await people.find({ selector: { 'numbers.0.number': '+49' }, limit: 1 });
      });
    case 'write':
      written = (await people.info()).update_seq;
      return (await people.bulkDocs([...order.notes])).length;
    case 'push':
      // From where it had pushed before: without that it would look through all that it ever pulled.
      return timed(async () => people.replicate.to(hub, { batch_size, since: written }));
    case 'count':
      return (await people.info()).doc_count;
  }
}
