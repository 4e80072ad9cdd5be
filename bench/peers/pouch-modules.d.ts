// What the sync benchmark touches of modules that ship no types; those of express bring a Buffer of their own.
declare module 'express-pouchdb' {
  import type { RequestListener } from 'node:http';

  function expressPouchDb(pouchDb: object, options: { mode: 'minimumForPouchDB' }): RequestListener;
  export default expressPouchDb;
}

declare module 'leveldown' {
  type Batch = (operations: object, options: object, done: (error?: Error) => void) => void;
  function leveldown(location: string): { _batch: Batch };
  export default leveldown;
}
