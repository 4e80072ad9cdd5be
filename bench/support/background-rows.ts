// Writes rows into a desktop's database while the desktop works, from a process of its own: the product's own
// openDatabase and record store, 1,000 records with a number each, again and again, in transactions and with pauses as
// short as those of the product's own writer beside a main that writes (src-main/sync/sync-writer.ts). It does not hear
// main ask, as that one does. Started as a child process by `writeRowsBeside`.
import { fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { recordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type WholeRecord } from '#shared/domain/record.ts';
import { openDatabase } from '../../src-main/database/open.ts';
import { openRecordStore } from '../../src-main/records/record-store.ts';

const recordCount = 1_000;
/** Two rows each: the record and its number. */
const rowsPerRecord = 2;
const holdMs = 4;
const pauseMs = 5;

export interface BackgroundRows {
  /** Ends after the round that is under way; gives what was written. */
  stop(): Promise<string>;
}

/** Writes rows until it is stopped, or, where that is later, until `atLeast` are written. */
export function writeRowsBeside(databaseFile: string, atLeast: number): BackgroundRows {
  const child = fork(import.meta.filename, ['--write', databaseFile, String(atLeast)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let said = '';
  child.stdout?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const done = new Promise<string>((resolve, reject) => {
    child.once('exit', (code) =>
      code === 0 ? resolve(said.trim()) : reject(new Error(`The rows were not written (${code}).`)),
    );
  });
  return {
    stop() {
      if (child.connected) child.disconnect();
      return done;
    },
  };
}

async function write(databaseFile: string, atLeast: number): Promise<void> {
  let wanted = true;
  process.once('disconnect', () => {
    wanted = false;
  });
  const database = await openDatabase(databaseFile);
  const store = openRecordStore(database, () => 'GB');
  const startedAtMs = performance.now();
  let written = 0;
  let longestMs = 0;
  for (let turn = 0; wanted || written < atLeast; turn += 1) {
    for (let index = 0; index < recordCount; ) {
      const beganAtMs = performance.now();
      store.transaction(() => {
        while (index < recordCount && performance.now() - beganAtMs < holdMs) {
          const record = recordOf(turn, index);
          store.write(record, record, 'sent');
          index += 1;
        }
      });
      longestMs = Math.max(longestMs, performance.now() - beganAtMs);
      await pause(pauseMs);
    }
    written += recordCount * rowsPerRecord;
  }
  database.close();
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  process.stdout.write(`${written} rows in ${seconds} s, longest transaction ${longestMs.toFixed(0)} ms\n`);
}

function recordOf(turn: number, index: number): WholeRecord {
  return {
    ...emptyRecordContent,
    id: recordId.parse(`bench-${index}`),
    kind: 'customer',
    lastName: `Customer ${turn} ${index}`,
    numbers: [{ number: `+4416329${String(60_000 + index).padStart(5, '0')}`, extension: '', label: 'main' }],
    version: turn + 1,
    createdAtMs: 0,
    changedAtMs: turn,
  };
}

const [, , what, file, atLeast] = process.argv;
if (what === '--write' && file) await write(file, Number(atLeast));
