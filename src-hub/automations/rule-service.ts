// Rules as supervisors make and change them, each change with its entry in the audit log. The secret of a rule's webhooks is
// made here, told once, and never again.
import { randomUUID } from 'node:crypto';
import type { AutomationRule } from '#shared/domain/automation.ts';
import { type AutomationRuleId, automationRuleId, type ProjectId } from '#shared/domain/ids.ts';
import type { Actor, AuditedChange } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import { type Scope, seesProject } from '../permissions/scope.ts';
import { noSuchProject } from '../projects/project-refusals.ts';
import type { RuleBook } from './rule-book.ts';
import { type EditedRule, type RuleChecksParts, requireGoodRule } from './rule-checks.ts';
import { asRefusals, changedMeanwhile, noSuchRule } from './rule-refusals.ts';
import type { RuleSecrets, RuleStore, StoredRule } from './rule-store.ts';
import type { AllowedTargets } from './webhook-address.ts';
import { newWebhookSecret } from './webhook-sender.ts';

export interface RuleServiceParts extends RuleChecksParts {
  readonly store: RuleStore;
  readonly book: Pick<RuleBook, 'load'>;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  isProject(projectId: ProjectId): boolean;
  allowed(): Promise<AllowedTargets>;
}

export interface SavedRule {
  readonly rule: AutomationRule;
  /** Where it was made just now. */
  readonly webhookSecret: string | null;
}

const noSecrets: RuleSecrets = { now: null, former: null, formerUntilMs: null };
const formerSignsForMs = 24 * 3_600_000;

export class RuleService {
  readonly #parts: RuleServiceParts;

  constructor(parts: RuleServiceParts) {
    this.#parts = parts;
  }

  async list(projectId: ProjectId): Promise<AutomationRule[]> {
    return await this.#parts.store.all(projectId);
  }

  /** @throws CommandFailed as 'admin.automations.add' */
  async check(edited: EditedRule): Promise<void> {
    if (!this.#parts.isProject(edited.projectId)) throw noSuchProject();
    requireGoodRule(edited, this.#parts, await this.#parts.allowed());
  }

  /** @throws CommandFailed as 'admin.automations.add' */
  async add(actor: Actor, edited: EditedRule): Promise<SavedRule> {
    await this.check(edited);
    const { store, clock } = this.#parts;
    const rule = { ...edited, id: automationRuleId.parse(randomUUID()), version: 1 };
    const now = hasWebhook(rule) ? newWebhookSecret() : null;
    const change = changeOf(actor, 'automation.add', null, rule);
    await asRefusals(() => store.add({ rule, secrets: { ...noSecrets, now } }, change, clock.nowMs()));
    await this.#changed();
    return { rule, webhookSecret: now };
  }

  /** @throws CommandFailed as 'admin.automations.change' */
  async change(
    actor: Actor,
    id: AutomationRuleId,
    seenVersion: number,
    edited: EditedRule,
  ): Promise<SavedRule> {
    const { store, clock } = this.#parts;
    const before = await this.#require(id, 'all');
    if (before.rule.projectId !== edited.projectId) throw noSuchRule();
    if (before.rule.version !== seenVersion) throw changedMeanwhile();
    await this.check(edited);
    const rule = { ...edited, id, version: seenVersion + 1 };
    const made = hasWebhook(rule) && before.secrets.now === null ? newWebhookSecret() : null;
    const secrets = made === null ? before.secrets : { ...noSecrets, now: made };
    const change = changeOf(actor, 'automation.change', before.rule, rule);
    if (!(await asRefusals(() => store.replace({ rule, secrets }, change, clock.nowMs())))) {
      throw changedMeanwhile();
    }
    await this.#changed();
    return { rule, webhookSecret: made };
  }

  /** @throws CommandFailed 'noSuchRule', 'changedMeanwhile' */
  async remove(actor: Actor, id: AutomationRuleId, seenVersion: number, scope: Scope): Promise<void> {
    const { store, clock } = this.#parts;
    const { rule } = await this.#require(id, scope);
    const gone = { ...rule, version: seenVersion + 1 };
    if (!(await store.remove(gone, changeOf(actor, 'automation.remove', rule, null), clock.nowMs()))) {
      throw changedMeanwhile();
    }
    await this.#changed();
  }

  /** @throws CommandFailed 'noSuchRule', 'changedMeanwhile' */
  async renewSecret(actor: Actor, id: AutomationRuleId, scope: Scope): Promise<string> {
    const { store, clock } = this.#parts;
    const { rule, secrets } = await this.#require(id, scope);
    if (secrets.now === null) throw noSuchRule();
    const now = newWebhookSecret();
    const renewed = { now, former: secrets.now, formerUntilMs: clock.nowMs() + formerSignsForMs };
    const change: AuditedChange = {
      ...{ actor, action: 'automation.renewSecret', subject: subjectOf(rule), projectId: rule.projectId },
      before: { webhookSecret: 'set' },
      after: { webhookSecret: 'renewed' },
    };
    const stored = { rule: { ...rule, version: rule.version + 1 }, secrets: renewed };
    if (!(await store.replace(stored, change, clock.nowMs()))) throw changedMeanwhile();
    await this.#changed();
    return now;
  }

  async #changed(): Promise<void> {
    await this.#parts.book.load();
    this.#parts.changes.tell('automations');
  }

  async #require(id: AutomationRuleId, scope: Scope): Promise<StoredRule> {
    const found = await this.#parts.store.find(id);
    if (!found || !seesProject(scope, found.rule.projectId)) throw noSuchRule();
    return found;
  }
}

function hasWebhook({ actions }: EditedRule): boolean {
  return actions.some((action) => action.do === 'webhook');
}

function subjectOf({ id, name }: AutomationRule): AuditedChange['subject'] {
  return { kind: 'automation', id, name };
}

function changeOf(
  actor: Actor,
  action: string,
  before: AutomationRule | null,
  after: AutomationRule | null,
): AuditedChange {
  const told = (rule: AutomationRule | null) => {
    if (rule === null) return {};
    const { name, on, trigger, conditions, actions } = rule;
    return { name, on, trigger, conditions, actions };
  };
  const rule = after ?? before;
  if (rule === null) throw new Error('A change of a rule has a rule');
  return {
    ...{ actor, action, subject: subjectOf(rule), projectId: rule.projectId },
    before: told(before),
    after: told(after),
  };
}
