// How each project's call mode goes (DIAL-3), and the two free modes: in memory for whoever hands out orders, set in the
// admin window. Where nobody has set anything, the usual settings count, every mode closed.
import type { DialUpSettings, FreeMode, FreeModeSettings } from '#shared/domain/dial-up.ts';
import { usualDialUpSettings, usualFreeModes } from '#shared/domain/dial-up-usual.ts';
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import { InTurn } from '../in-turn.ts';
import { changedMeanwhile, noSuchProject } from '../projects/project-refusals.ts';
import type { ProjectService } from '../projects/project-service.ts';
import { requireGoodSettings } from './dial-up-settings-rules.ts';
import type { DialUpSettingsStore, FreeModeList, VersionedDialUpSettings } from './dial-up-settings-store.ts';
import { noSuchStatus } from './order-refusals.ts';
import type { OrderStatusService } from './order-status-service.ts';
import type { PlacingAnew } from './placing-anew.ts';

export interface DialUpSettingsServiceParts {
  readonly store: DialUpSettingsStore;
  readonly statuses: Pick<OrderStatusService, 'all'>;
  readonly projects: Pick<ProjectService, 'findAsSet'>;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  readonly placingAnew: Pick<PlacingAnew, 'remember' | 'go'>;
  isUser(userId: UserId): boolean;
}

export class DialUpSettingsService {
  readonly #parts: DialUpSettingsServiceParts;
  readonly #turns = new InTurn<'settings'>();
  readonly #listeners = new Set<() => void>();
  #set = new Map<ProjectId, VersionedDialUpSettings>();
  #freeModes: FreeModeList = { version: 0, modes: [] };
  /** By the list of statuses that they were made from. */
  #usual: { from: unknown; settings: DialUpSettings } | null = null;

  constructor(parts: DialUpSettingsServiceParts) {
    this.#parts = parts;
  }

  /** Statuses must be loaded. Also reads anew what another hub has changed. */
  async load(): Promise<void> {
    const { store } = this.#parts;
    const [set, freeModes] = await Promise.all([store.all(), store.freeModes()]);
    this.#set = set;
    this.#freeModes = freeModes;
    this.#told();
  }

  /** Told once settings or free modes have changed, also by another hub. @returns stops the telling. */
  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The usual ones where none were set. */
  settingsOf(projectId: ProjectId): DialUpSettings {
    return this.#set.get(projectId)?.settings ?? this.#usualSettings();
  }

  freeMode(mode: FreeMode): FreeModeSettings {
    const all = [...this.#freeModes.modes, ...usualFreeModes];
    const found = all.find((each) => each.mode === mode);
    if (!found) throw new Error('A free mode is missing');
    return found;
  }

  freeModes(): { version: number; modes: FreeModeSettings[] } {
    const modes = usualFreeModes.map(({ mode }) => this.freeMode(mode));
    return { version: this.#freeModes.version, modes };
  }

  /** @throws CommandFailed 'noSuchProject' */
  get(projectId: ProjectId): VersionedDialUpSettings {
    if (!this.#parts.projects.findAsSet(projectId)) throw noSuchProject();
    return this.#set.get(projectId) ?? { version: 0, settings: this.#usualSettings() };
  }

  /** What a practice hub begins with: no change that anybody made. What is there already stays. */
  async begin(projectId: ProjectId, settings: DialUpSettings): Promise<void> {
    if (this.#set.has(projectId)) return;
    await this.#parts.store.begin(projectId, settings);
    await this.load();
  }

  /** @throws CommandFailed as 'admin.dialUp.set' */
  set(
    actor: Actor,
    projectId: ProjectId,
    seenVersion: number,
    settings: DialUpSettings,
  ): Promise<VersionedDialUpSettings> {
    return this.#turns.run('settings', async () => {
      const { store, projects, clock, changes, isUser } = this.#parts;
      const before = this.get(projectId);
      if (before.version !== seenVersion) throw changedMeanwhile('these settings');
      requireGoodSettings(settings, before.settings);
      const known = new Set(before.settings.modes.flatMap(({ agentIds }) => agentIds ?? []));
      const agents = settings.modes.flatMap(({ agentIds }) => agentIds ?? []);
      if (agents.some((id) => !known.has(id) && !isUser(id))) {
        throw new CommandFailed('noSuchUser', 'One of the agents is no longer there. Nothing was changed.');
      }
      const wanted = { version: seenVersion + 1, settings };
      const change = {
        actor,
        action: 'dialUp.change',
        subject: { kind: 'project', id: projectId, name: projects.findAsSet(projectId)?.project.name ?? '' },
        projectId,
        before: forAudit(before.settings),
        after: forAudit(settings),
      };
      const outcome = await store.set(projectId, wanted, change, clock.nowMs());
      if (outcome === 'noSuchStatus') throw noSuchStatus();
      if (outcome === 'changed') throw changedMeanwhile('these settings');
      this.#set = new Map(this.#set).set(projectId, wanted);
      this.#told();
      changes.tell('dialUp');
      return wanted;
    });
  }

  /** Each of the two once. @throws CommandFailed as 'admin.dialUp.setFreeModes' */
  setFreeModes(
    actor: Actor,
    { version, modes }: FreeModeList,
  ): Promise<{ version: number; modes: FreeModeSettings[] }> {
    return this.#turns.run('settings', async () => {
      const { store, clock, changes, placingAnew } = this.#parts;
      const before = this.freeModes();
      if (before.version !== version) throw changedMeanwhile('the free modes');
      if (before.modes.some(({ mode }, place) => modes[place]?.mode !== mode) || modes.length !== 2) {
        throw new CommandFailed(
          'malformed',
          'Each of the two free modes stands there once. Nothing was changed.',
        );
      }
      const names = modes.map(({ name }) => name.toLowerCase()).filter((name) => name !== '');
      if (new Set(names).size < names.length) {
        throw new CommandFailed('labelTaken', 'Both free modes have the same name. Nothing was changed.');
      }
      const drawnAnew = modes.flatMap(({ mode, handsOut, seed }) => {
        const was = this.freeMode(mode);
        return was.handsOut === handsOut && was.seed === seed ? [] : [mode];
      });
      const next = { version: version + 1, modes };
      const change = {
        actor,
        action: 'freeModes.change',
        subject: { kind: 'freeModes', id: 'freeModes', name: 'Free modes' },
        before: Object.fromEntries(before.modes.map((each) => [each.mode, each])),
        after: Object.fromEntries(modes.map((each) => [each.mode, each])),
      };
      const done = await store.setFreeModes(next, change, clock.nowMs(), (db) =>
        placingAnew.remember(db, { modes: drawnAnew }),
      );
      if (!done) throw changedMeanwhile('the free modes');
      this.#freeModes = next;
      this.#told();
      changes.tell('dialUp');
      if (drawnAnew.length > 0) await placingAnew.go();
      return this.freeModes();
    });
  }

  #usualSettings(): DialUpSettings {
    const from = this.#parts.statuses.all();
    if (this.#usual?.from !== from) this.#usual = { from, settings: usualDialUpSettings(from) };
    return this.#usual.settings;
  }

  #told(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** A mode by its name, so that the log says which has changed. */
function forAudit({ modes, ...rest }: DialUpSettings): Record<string, unknown> {
  return { ...rest, ...Object.fromEntries(modes.map(({ mode, ...settings }) => [mode, settings])) };
}
