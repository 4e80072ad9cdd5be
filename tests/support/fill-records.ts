// Fills a desktop's own database with records before the app is started, through the product's store: what a long first
// pull would have left there.
import path from 'node:path';
import { projectId, recordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type WholeRecord } from '#shared/domain/record.ts';
import { openDatabase } from '../../src-main/database/open.ts';
import { openRecordStore } from '../../src-main/records/record-store.ts';

const perTransaction = 2_000;
const firstNames =
  'Anna Ben Clara David Elif Finn Greta Hasan Ines Jonas Käthe Leon Mia Noah Olga Paul Rosa Sven Tomasz Ute'.split(
    ' ',
  );
const lastNames =
  'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Braun Zimmermann Krüger Hartmann Lange Werner Krause Lehmann Köhler Maier Huber Yıldız Nowak Lindqvist Okafor Ćosić'.split(
    ' ',
  );
const cities =
  'Berlin Hamburg München Köln Frankfurt Stuttgart Düsseldorf Leipzig Dortmund Essen Bremen Dresden'.split(
    ' ',
  );

const pick = (from: readonly string[], at: number): string => from[at % from.length] ?? '';

function recordOf(at: number, project: string): WholeRecord {
  const atMs = Date.parse('2026-11-01') - at * 60_000;
  return {
    ...emptyRecordContent,
    id: recordId.parse(`bench-${at}`),
    version: 1,
    createdAtMs: atMs,
    changedAtMs: atMs,
    kind: at % 3 === 0 ? 'customer' : 'contact',
    projectId: projectId.parse(project),
    firstName: pick(firstNames, at * 7),
    lastName: `${pick(lastNames, at * 13)}${at % 5 === 0 ? `-${pick(lastNames, at * 17)}` : ''}`,
    numbers: [{ number: `+4930${String(20_000_000 + at * 37)}`, extension: '', label: 'main' }],
    emails: [`person${at}@example.org`],
    city: pick(cities, at * 5),
    tags: at % 10 === 0 ? ['newsletter'] : [],
  };
}

/** @param project one that the agent has open; @param others written besides, as they are */
export async function fillRecords(
  userDataFolder: string,
  count: number,
  project: string,
  others: readonly WholeRecord[] = [],
): Promise<void> {
  const database = await openDatabase(path.join(userDataFolder, 'offhook.sqlite'));
  try {
    const store = openRecordStore(database, () => 'DE');
    const write = database.sqlite.transaction((from: number, to: number) => {
      for (let at = from; at < to; at += 1) {
        const record = recordOf(at, project);
        store.write(record, record, 'sent');
      }
    });
    for (let from = 0; from < count; from += perTransaction)
      write(from, Math.min(count, from + perTransaction));
    for (const record of others) store.write(record, record, 'sent');
  } finally {
    database.close();
  }
}
