// The company's directory: everybody who may work, the teams that they are in, the projects that a call can be given to.
// Put together once after each change of the company. Presence is presence-board.ts's.
import type { UserId } from '#shared/domain/ids.ts';
import type { CallableProject, People, Person } from '#shared/domain/person.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { PresenceBoard } from './presence-board.ts';

export interface TeamOfPeople {
  readonly name: string;
  readonly memberIds: readonly UserId[];
}

export interface PeopleServiceParts {
  readonly users: UserDirectory;
  readonly projects: ProjectService;
  readonly board: PresenceBoard;
  teams(): Promise<readonly TeamOfPeople[]>;
}

export class PeopleService {
  readonly #parts: PeopleServiceParts;
  #directory: Promise<Pick<People, 'people' | 'projects'>> | null = null;

  constructor(parts: PeopleServiceParts) {
    this.#parts = parts;
  }

  /** The directory, with presence as it is now. */
  async now(): Promise<People> {
    this.#directory ??= this.#read();
    const directory = await this.#directory;
    const presences = directory.people.flatMap(({ userId }) => this.#parts.board.of(userId) ?? []);
    return { ...directory, presences };
  }

  /** Something of the company is other than it was. */
  changed(): void {
    this.#directory = null;
  }

  async #read(): Promise<Pick<People, 'people' | 'projects'>> {
    try {
      const teams = await this.#parts.teams();
      const teamsOf = new Map<UserId, string[]>();
      for (const { name, memberIds } of teams) {
        for (const userId of memberIds) teamsOf.set(userId, [...(teamsOf.get(userId) ?? []), name]);
      }
      const people = this.#parts.users.all().map(
        ({ userId, displayName, extension }): Person => ({
          userId,
          displayName,
          extension,
          teams: teamsOf.get(userId) ?? [],
        }),
      );
      const projects = this.#parts.projects.all().flatMap(({ project }): CallableProject[] => {
        const [number] = project.numbers;
        return number === undefined ? [] : [{ projectId: project.id, name: project.name, number }];
      });
      return { people, projects };
    } catch (error) {
      this.#directory = null;
      throw error;
    }
  }
}
