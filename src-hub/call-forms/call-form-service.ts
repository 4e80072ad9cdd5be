// The call form of each project: read by agents' work, by REST and imports for the fields that a project has, and set in
// the admin window. Held in memory, since every sign-in asks for them.
import type { VersionedCallForm } from '#shared/admin/records-contract.ts';
import { type CallForm, type CallFormOfProject, usualCallForm } from '#shared/domain/call-form.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import { InTurn } from '../in-turn.ts';
import { changedMeanwhile, noSuchProject } from '../projects/project-refusals.ts';
import type { ProjectService } from '../projects/project-service.ts';
import { requireGoodForm } from './call-form-rules.ts';
import type { CallFormStore } from './call-form-store.ts';

export interface CallFormServiceParts {
  readonly store: CallFormStore;
  readonly projects: ProjectService;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
}

export class CallFormService {
  readonly #parts: CallFormServiceParts;
  readonly #turns = new InTurn<'forms'>();
  #forms = new Map<ProjectId, VersionedCallForm>();

  constructor(parts: CallFormServiceParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    this.#forms = await this.#parts.store.all();
  }

  /** In the order of the projects; the usual one where nobody has set another. */
  of(projects: readonly { readonly id: ProjectId }[]): CallFormOfProject[] {
    return projects.map(({ id }) => ({ projectId: id, form: this.formOf(id) }));
  }

  /** The usual one for what is no project, too. */
  formOf(projectId: ProjectId): CallForm {
    return this.#forms.get(projectId)?.form ?? usualCallForm;
  }

  /** @throws CommandFailed 'noSuchProject' */
  get(projectId: ProjectId): VersionedCallForm {
    if (!this.#parts.projects.findAsSet(projectId)) throw noSuchProject();
    return this.#forms.get(projectId) ?? { version: 0, form: usualCallForm };
  }

  /** What a hub begins with: no change that anybody made. One that is there already stays. */
  async begin(projectId: ProjectId, form: CallForm): Promise<void> {
    if (this.#forms.has(projectId)) return;
    await this.#parts.store.add(projectId, { version: 1, form });
    this.#forms.set(projectId, { version: 1, form });
  }

  /** @throws CommandFailed as 'admin.callForms.set' */
  set(actor: Actor, projectId: ProjectId, seenVersion: number, form: CallForm): Promise<VersionedCallForm> {
    return this.#turns.run('forms', async () => {
      const { store, projects, clock, changes } = this.#parts;
      const before = this.get(projectId);
      if (before.version !== seenVersion) throw changedMeanwhile('this form');
      requireGoodForm(form, before.form);
      const wanted = { version: seenVersion + 1, form };
      const change = {
        actor,
        action: 'callForm.change',
        subject: { kind: 'project', id: projectId, name: projects.findAsSet(projectId)?.project.name ?? '' },
        projectId,
        before: before.form,
        after: form,
      };
      if (!(await store.set(projectId, wanted, change, clock.nowMs()))) throw changedMeanwhile('this form');
      this.#forms.set(projectId, wanted);
      changes.tell('callForms');
      return wanted;
    });
  }
}
