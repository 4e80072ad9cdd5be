// Fills a hub's database before the hub starts: one company, and people of one project, brought in by the hub's own import
// from a CSV file. Used by sync.bench.ts.
import type { ProjectId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import { BackgroundWork } from '../../src-hub/background-work.ts';
import { createCompanyChanges } from '../../src-hub/company-changes.ts';
import { type DatabasePlace, openHubDatabase } from '../../src-hub/database/open-database.ts';
import type { HubLog } from '../../src-hub/hub-log.ts';
import { buildRecordFiles } from '../../src-hub/records/record-files.ts';
import { recordsAtWork } from '../../tests/hub/records/records-at-work.ts';
import { progress } from './progress.ts';
import { samplePerson } from './sample-people.ts';

const log: HubLog = {
  info() {},
  warn() {},
  error: (message, facts) => progress(`${message} ${String(facts.error)}`),
};
const form = {
  ...({ opens: 'never', opensInternal: 'never', creates: null } as const),
  ...{ fields: [], customFields: [], greeting: '' },
};
const columns = {
  externalId: ({ externalId }: WholeRecord) => externalId ?? '',
  kind: ({ kind }: WholeRecord) => kind,
  firstName: ({ firstName }: WholeRecord) => firstName,
  lastName: ({ lastName }: WholeRecord) => lastName,
  companyName: ({ companyName }: WholeRecord) => companyName,
  'number.main': ({ numbers }: WholeRecord) => numbers[0]?.number ?? '',
  emails: ({ emails }: WholeRecord) => emails[0] ?? '',
  street: ({ street }: WholeRecord) => street,
  houseNumber: ({ houseNumber }: WholeRecord) => houseNumber,
  zipCode: ({ zipCode }: WholeRecord) => zipCode,
  city: ({ city }: WholeRecord) => city,
  country: ({ country }: WholeRecord) => country,
  description: ({ description }: WholeRecord) => description,
  tags: ({ tags }: WholeRecord) => tags.join('|'),
};

/** @param folder the hub's */
export async function addPeople(
  place: DatabasePlace,
  folder: string,
  projectId: ProjectId,
  count: number,
): Promise<void> {
  const db = await openHubDatabase(place);
  const atWork = await recordsAtWork(db);
  const background = new BackgroundWork(log);
  const { imports } = buildRecordFiles({
    ...{
      db,
      users: atWork.users,
      projects: atWork.projects,
      people: atWork,
      dataDirectory: folder,
      background,
    },
    clock: { nowMs: () => Date.now(), after: () => () => undefined },
    forms: { formOf: () => form },
    scopeOf: async () => 'all',
    changes: createCompanyChanges(log),
    log,
  });
  await imports.load();
  const actor = { kind: 'user', id: 'bench', name: 'Bench' } as const;
  const { id } = await imports.upload(actor, 'people.csv', new TextEncoder().encode(csvOf(count)));
  const { settings } = await imports.preview(id, null);
  await imports.start(id, { ...settings, projectId });
  await background.settled();
  const { created, bad } = await imports.get(id);
  await db.destroy();
  if (created !== count)
    throw new Error(`Of ${count} people ${created} are in the hub, ${bad} rows were bad.`);
}

function csvOf(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const person = samplePerson(index);
    return Object.values(columns)
      .map((read) => read(person))
      .join(',');
  });
  return [Object.keys(columns).join(','), ...lines].join('\r\n');
}

/** How many notes the hub has; asked when it has ended. */
export async function notesIn(place: DatabasePlace): Promise<number> {
  const db = await openHubDatabase(place);
  const { notes } = await db
    .selectFrom('note')
    .select((row) => row.fn.countAll<number>().as('notes'))
    .executeTakeFirstOrThrow();
  await db.destroy();
  return Number(notes);
}
