// The directory of people and projects on disk, as the hub last told it. Used by people-service.ts.

import { z } from 'zod';
import type { CallableProject, Person } from '#shared/domain/person.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import type { CallableProjectsTable, PeopleTable } from '../database/tables.ts';

export interface KeptPeople {
  readonly people: readonly Person[];
  readonly projects: readonly CallableProject[];
}

export interface PeopleStore {
  read(): KeptPeople;
  /** Takes these for all there are, in one transaction. @throws SqliteError */
  replace(kept: KeptPeople): void;
}

const teamNames = z.array(z.string());

export function openPeopleStore({ sqlite, kysely }: DesktopDatabase): PeopleStore {
  const people = prepare(sqlite).as(() => kysely.selectFrom('people').selectAll());
  const projects = prepare(sqlite).as(() => kysely.selectFrom('callable_projects').selectAll());
  const forgetPeople = prepare(sqlite).as(() => kysely.deleteFrom('people'));
  const forgetProjects = prepare(sqlite).as(() => kysely.deleteFrom('callable_projects'));
  const addPerson = prepare<{ [C in keyof PeopleTable]: PeopleTable[C] }>(sqlite).as((given) =>
    kysely.insertInto('people').values({
      user_id: given('user_id'),
      display_name: given('display_name'),
      extension: given('extension'),
      teams: given('teams'),
    }),
  );
  const addProject = prepare<{ [C in keyof CallableProjectsTable]: CallableProjectsTable[C] }>(sqlite).as(
    (given) =>
      kysely
        .insertInto('callable_projects')
        .values({ project_id: given('project_id'), name: given('name'), number: given('number') }),
  );
  return {
    read: () => ({
      people: people.all({}).map((row) => ({
        userId: row.user_id,
        displayName: row.display_name,
        extension: row.extension,
        teams: teamNames.parse(JSON.parse(row.teams)),
      })),
      projects: projects.all({}).map((row) => ({
        projectId: row.project_id,
        name: row.name,
        number: row.number,
      })),
    }),
    replace: sqlite.transaction((kept: KeptPeople) => {
      forgetPeople.run({});
      forgetProjects.run({});
      for (const { userId, displayName, extension, teams } of kept.people) {
        const row = { user_id: userId, display_name: displayName, extension, teams: JSON.stringify(teams) };
        addPerson.run(row);
      }
      for (const { projectId, name, number } of kept.projects) {
        addProject.run({ project_id: projectId, name, number });
      }
    }),
  };
}
