// Which projects have rules for what, in memory: asked in the transaction of whatever happens, so that nothing is written
// where nobody waits for it. What a rule says is read anew when it runs.
import type { AutomationRule } from '#shared/domain/automation.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Facts } from './facts.ts';
import type { RuleStore } from './rule-store.ts';

export class RuleBook {
  readonly #store: Pick<RuleStore, 'all'>;
  #wanted: ReadonlySet<string> = new Set();

  constructor(store: Pick<RuleStore, 'all'>) {
    this.#store = store;
  }

  /** At start, and after each change, here or at another hub. */
  async load(): Promise<void> {
    const rules = await this.#store.all();
    this.#wanted = new Set(
      rules.filter(({ on }) => on).map(({ projectId, trigger }) => key(projectId, trigger.on)),
    );
  }

  wants(projectId: ProjectId | null, on: Facts['on']): projectId is ProjectId {
    return projectId !== null && this.#wanted.has(key(projectId, on));
  }

  wantsAnywhere(on: Facts['on']): boolean {
    return [...this.#wanted].some((each) => each.startsWith(`${on} `));
  }
}

function key(projectId: ProjectId, on: AutomationRule['trigger']['on']): string {
  return `${on} ${projectId}`;
}
