// Rules at rest, with their webhook secrets, which leave the hub only in what they sign. A rule that was removed is kept out
// of sight: its runs and deliveries refer to it.
import { z } from 'zod';
import {
  type AutomationRule,
  automationAction,
  automationCondition,
  automationTrigger,
} from '#shared/domain/automation.ts';
import type { AutomationRuleId, ProjectId } from '#shared/domain/ids.ts';
import { type AuditedChange, appendAudit } from '../audit/audit-store.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { HubTables } from '../database/tables.ts';

export interface RuleSecrets {
  readonly now: string | null;
  readonly former: string | null;
  readonly formerUntilMs: number | null;
}

export interface StoredRule {
  readonly rule: AutomationRule;
  readonly secrets: RuleSecrets;
}

const contentColumn = z.object({
  trigger: automationTrigger,
  conditions: z.array(automationCondition),
  actions: z.array(automationAction),
});

export class RuleStore {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Of all projects, or of one; by the time at which they were made. */
  async all(projectId: ProjectId | null = null, db: HubDatabase = this.#db): Promise<AutomationRule[]> {
    let query = db
      .selectFrom('automation_rule')
      .selectAll()
      .where('removed_at_ms', 'is', null)
      .orderBy('made_at_ms')
      .orderBy('id');
    if (projectId !== null) query = query.where('project_id', '=', projectId);
    return (await query.execute()).map((row) => storedOf(row).rule);
  }

  async find(id: AutomationRuleId): Promise<StoredRule | null> {
    const row = await this.#db
      .selectFrom('automation_rule')
      .selectAll()
      .where('id', '=', id)
      .where('removed_at_ms', 'is', null)
      .executeTakeFirst();
    return row ? storedOf(row) : null;
  }

  /** Of a rule that was removed, too: what was set off before is delivered still. */
  async secretsOf(id: AutomationRuleId): Promise<RuleSecrets | null> {
    const row = await this.#db
      .selectFrom('automation_rule')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? storedOf(row).secrets : null;
  }

  /** @throws unique violations of `automation_rule_name` */
  async add({ rule, secrets }: StoredRule, change: AuditedChange, atMs: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db
        .insertInto('automation_rule')
        .values({ ...columnsOf(rule, secrets), id: rule.id, made_at_ms: atMs, removed_at_ms: null })
        .execute();
      await appendAudit(db, change, atMs);
    });
  }

  /**
   * @param stored with the version that follows.
   * @returns false where it has changed since, or is gone.
   * @throws unique violations of `automation_rule_name`
   */
  async replace({ rule, secrets }: StoredRule, change: AuditedChange, atMs: number): Promise<boolean> {
    return await this.#changed(rule, columnsOf(rule, secrets), change, atMs);
  }

  /** @param rule with the version that follows. @returns false where it has changed since, or is gone. */
  async remove(rule: AutomationRule, change: AuditedChange, atMs: number): Promise<boolean> {
    return await this.#changed(rule, { removed_at_ms: atMs, version: rule.version }, change, atMs);
  }

  async #changed(
    { id, version }: AutomationRule,
    columns: Partial<HubTables['automation_rule']>,
    change: AuditedChange,
    atMs: number,
  ): Promise<boolean> {
    return await this.#db.transaction().execute(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('automation_rule')
        .set(columns)
        .where('id', '=', id)
        .where('version', '=', version - 1)
        .where('removed_at_ms', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) return false;
      await appendAudit(db, change, atMs);
      return true;
    });
  }
}

function columnsOf(rule: AutomationRule, secrets: RuleSecrets) {
  const { trigger, conditions, actions } = rule;
  return {
    project_id: rule.projectId,
    name: rule.name,
    is_on: rule.on ? (1 as const) : (0 as const),
    content: JSON.stringify({ trigger, conditions, actions }),
    version: rule.version,
    webhook_secret: secrets.now,
    former_secret: secrets.former,
    former_until_ms: secrets.formerUntilMs,
  };
}

function storedOf(row: HubTables['automation_rule']): StoredRule {
  return {
    rule: {
      id: row.id,
      version: row.version,
      projectId: row.project_id,
      name: row.name,
      on: row.is_on === 1,
      ...contentColumn.parse(JSON.parse(row.content)),
    },
    secrets: { now: row.webhook_secret, former: row.former_secret, formerUntilMs: row.former_until_ms },
  };
}
