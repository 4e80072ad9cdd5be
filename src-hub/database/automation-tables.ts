// The tables of automations as Kysely sees them (migration 014); part of HubTables. Only `*-store.ts` files use these.
import type { Generated } from 'kysely';
import type { AutomationDelivery, AutomationRun } from '#shared/admin/automations-contract.ts';
import type { AutomationRuleId, CallId, OrderId, ProjectId, RecordId } from '#shared/domain/ids.ts';

type Flag = 0 | 1;

export interface AutomationTables {
  automation_rule: {
    id: AutomationRuleId;
    project_id: ProjectId;
    name: string;
    is_on: Flag;
    /** JSON: trigger, conditions, actions. */
    content: string;
    version: number;
    made_at_ms: number;
    webhook_secret: string | null;
    /** Signs beside the other one until then. */
    former_secret: string | null;
    former_until_ms: number | null;
    removed_at_ms: number | null;
  };
  automation_event: {
    id: Generated<number>;
    project_id: ProjectId;
    at_ms: number;
    record_id: RecordId | null;
    call_id: CallId | null;
    order_id: OrderId | null;
    /** JSON: what it was at that moment. */
    facts: string;
    failures: Generated<number>;
    /** Null: nothing is left to do. */
    due_at_ms: number | null;
  };
  automation_run: {
    id: string;
    event_id: number;
    rule_id: AutomationRuleId;
    rule_name: string;
    project_id: ProjectId;
    triggered_at_ms: number;
    ended_at_ms: number | null;
    call_id: CallId | null;
    order_id: OrderId | null;
    record_id: RecordId | null;
    about_name: string;
    state: AutomationRun['state'];
    /** JSON, by place in the rule. */
    results: string;
  };
  automation_delivery: {
    id: string;
    run_id: string;
    rule_id: AutomationRuleId;
    rule_name: string;
    project_id: ProjectId;
    /** Of the action, in the rule. */
    place: number;
    kind: AutomationDelivery['kind'];
    made_at_ms: number;
    told_to: string;
    /** Deliveries of one target wait for one another, never for those of others. */
    target: string;
    /** JSON; null once the person was erased. */
    content: string | null;
    state: AutomationDelivery['state'];
    attempts: number;
    next_at_ms: number | null;
    last_at_ms: number | null;
    last_error: string | null;
    repeat_possible: Flag;
    lease_id: string | null;
    /** Null: nobody sends it at this moment. */
    lease_until_ms: number | null;
  };
}
