// TEAM-4: what admins do to teams. Told who asks by handlers and by REST; who may ask was decided before.
import type { AdminTeam } from '#shared/admin/teams-contract.ts';
import type { TeamId } from '#shared/domain/ids.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import { type Scope, seesTeam } from '../permissions/scope.ts';
import { noSuchTeam, type TeamStore, type WantedTeam } from './team-store.ts';

export interface TeamServiceParts {
  readonly store: TeamStore;
  readonly changes: CompanyChanges;
  readonly clock: HubClock;
}

export class TeamService {
  readonly #parts: TeamServiceParts;

  constructor(parts: TeamServiceParts) {
    this.#parts = parts;
  }

  async list(scope: Scope): Promise<AdminTeam[]> {
    return (await this.#parts.store.all()).filter(({ id }) => seesTeam(scope, id));
  }

  /** @throws CommandFailed 'noSuchTeam'. */
  async get(id: TeamId): Promise<AdminTeam> {
    const team = await this.#parts.store.find(id);
    if (!team) throw noSuchTeam();
    return team;
  }

  /** @throws CommandFailed 'nameTaken', 'noSuchUser'. */
  async add(wanted: WantedTeam, actor: Actor): Promise<AdminTeam> {
    const id = await this.#parts.store.add(wanted, this.#by(actor));
    this.#changed();
    return this.get(id);
  }

  /** @throws CommandFailed 'noSuchTeam', 'changedMeanwhile', 'nameTaken', 'noSuchUser'. */
  async change(
    { id, version, ...wanted }: WantedTeam & { readonly id: TeamId; readonly version: number },
    actor: Actor,
  ): Promise<AdminTeam> {
    await this.#parts.store.change(id, version, wanted, this.#by(actor));
    this.#changed();
    return this.get(id);
  }

  /** The people stay. @throws CommandFailed 'noSuchTeam', 'changedMeanwhile'. */
  async remove(id: TeamId, version: number, actor: Actor): Promise<void> {
    await this.#parts.store.remove(id, version, this.#by(actor));
    this.#changed();
  }

  /** Users are shown with their teams. */
  #changed(): void {
    this.#parts.changes.tell('teams');
    this.#parts.changes.tell('users');
  }

  #by(actor: Actor) {
    return { actor, atMs: this.#parts.clock.nowMs() };
  }
}
