// Statements that PostgreSQL's connections keep, and those that are sent before the answer to the one before them is here.
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { kept, keptAhead, keptLater, runKept, runKeptLater } from '../../src-hub/database/kept-statements.ts';
import { onPostgres } from '../../src-hub/sync/sync-stamp-store.ts';
import { onBothDatabases } from './users/on-both-databases.ts';

const put = 'insert into hub_setting (name, value) values';
const putAhead = keptAhead(`${put} ($1, $2)`);
const putLater = keptLater(`${put} ($1, $2) returning value`);
const find = kept('select value from hub_setting where name = $1');

await onBothDatabases((open, database) => {
  it('what goes ahead is there for the next statement, and where it fails nothing of its transaction is', async () => {
    const db = await open();
    const name = 'tested';
    if (!onPostgres(db)) {
      // SQLite answers at once: there is nothing to send ahead.
      await runKept(db, `${put} (?, ?)`, [name, 'one']);
      expect(await runKept(db, 'select value from hub_setting where name = ?', [name])).toEqual([
        { value: 'one' },
      ]);
      return;
    }
    await db.transaction().execute(async (within) => {
      await runKept(within, putAhead, [name, 'one']);
      expect(await runKept(within, find, [name])).toEqual([{ value: 'one' }]);
    });
    const twice = db.transaction().execute(async (within) => {
      await runKept(within, putAhead, ['other', 'two']);
      // The name is taken: nobody hears of it before the commit.
      await runKept(within, putAhead, [name, 'two']);
    });
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    expect(await runKept(db, find, ['other'])).toEqual([]);
    const { rows } = await sql`select 1 as works`.execute(db);
    expect(rows).toEqual([{ works: 1 }]);
  });

  // SQLite answers at once.
  if (database === 'SQLite') return;
  it('what is answered later is told once the transaction is over, and where it fails, so does that', async () => {
    const db = await open();
    const { rows } = await db.transaction().execute(async (within) => {
      await runKept(within, putAhead, ['before', 'zero']);
      return await runKeptLater<{ value: string }>(within, putLater, ['later', 'one']);
    });
    expect(await rows).toEqual([{ value: 'one' }]);
    const twice = db.transaction().execute(async (within) => {
      await runKept(within, putAhead, ['another', 'two']);
      return await runKeptLater(within, putLater, ['later', 'two']);
    });
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    expect(await runKept(db, find, ['another'])).toEqual([]);
    expect(await runKept(db, find, ['later'])).toEqual([{ value: 'one' }]);
  });
});
