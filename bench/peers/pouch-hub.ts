// The peer's hub: express-pouchdb over LevelDB on disk, filled with the same people as documents. Forked by sync.bench.ts.
//   pouch-hub.ts FOLDER DOCUMENTS
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import expressPouchDb from 'express-pouchdb';
import { samplePerson } from '../support/sample-people.ts';
import { DurablePouch, type PouchRecord } from './durable-pouch.ts';

const [folder = '', documents = '0'] = process.argv.slice(2);
const count = Number(documents);
const atOnce = 2_000;

// The wrapper that express-pouchdb puts around it asks for one of the databases below a folder, by name.
const Hub = DurablePouch.defaults({ prefix: `${folder}/` });
const people = new Hub<PouchRecord>('people');
for (let from = 0; from < count; from += atOnce) {
  await people.bulkDocs(
    Array.from({ length: Math.min(atOnce, count - from) }, (_, at) => {
      const { id: _id, ...person } = samplePerson(from + at);
      return { ...person, _id, type: 'record' };
    }),
  );
}

const app = expressPouchDb(Hub, { mode: 'minimumForPouchDB' });

process.chdir(folder);
const server = createServer(app);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}/people`, folder: join(folder, 'people') });
});
process.once('disconnect', () => process.exit(0));
