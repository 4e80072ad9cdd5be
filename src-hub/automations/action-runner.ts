// Does what a rule's actions say, in the transaction of its run: to records, orders and the line by the services that people's
// changes go through as well; what goes out of the hub is written down as a delivery. Each action stands by itself: one that
// cannot be done is told of, and takes back nothing of the others.
import { randomUUID } from 'node:crypto';
import type { ActionResult } from '#shared/admin/automations-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { AutomationAction, AutomationRule } from '#shared/domain/automation.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import type { OrderId, ProjectId, RecordId } from '#shared/domain/ids.ts';
import type { Order } from '#shared/domain/order.ts';
import {
  type CustomValue,
  emptyRecordContent,
  type RecordChanges,
  recordName,
  type WholeRecord,
} from '#shared/domain/record.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor } from '../audit/audit-store.ts';
import type { CallFormService } from '../call-forms/call-form-service.ts';
import type { HubDatabase } from '../database/open-database.ts';
import type { Placing } from '../dial-up/placing.ts';
import type { OrderService } from '../orders/order-service.ts';
import type { OrderStatusService } from '../orders/order-status-service.ts';
import type { OrderStore } from '../orders/order-store.ts';
import type { RecordService } from '../records/record-service.ts';
import type { RecordStore } from '../records/record-store.ts';
import type { CandidateStore } from './candidate-store.ts';
import type { DeliveryContent, DeliveryStore } from './delivery-store.ts';
import type { Facts } from './facts.ts';
import { apart } from './run-store.ts';
import { filled, type NamedValues } from './template.ts';
import { payloadOf } from './webhook-payload.ts';

export interface ActionRunnerParts {
  readonly records: RecordService;
  readonly recordStore: Pick<RecordStore, 'find'>;
  readonly orders: Pick<OrderService, 'create' | 'change'>;
  readonly orderStore: Pick<OrderStore, 'find'>;
  readonly statuses: Pick<OrderStatusService, 'find'>;
  readonly placing: Pick<Placing, 'placeAfter'>;
  readonly lookup: Pick<CandidateStore, 'recordOfNumber' | 'lastOrderOf'>;
  readonly deliveries: Pick<DeliveryStore, 'add'>;
  readonly forms: Pick<CallFormService, 'formOf'>;
  projectName(projectId: ProjectId): string;
}

/** One rule, as it runs. What its actions make, the ones after them see. */
export interface Running {
  readonly runId: string;
  readonly rule: AutomationRule;
  readonly facts: Facts;
  readonly atMs: number;
  readonly nowMs: number;
  /** A try-out: nothing is written down to be delivered. */
  readonly dry: boolean;
  recordId: RecordId | null;
  orderId: OrderId | null;
}

type Result = Omit<ActionResult, 'action'>;

const done: Result = { state: 'done', reason: null, detail: null };
const waiting: Result = { state: 'waiting', reason: null, detail: null };
const nothingToDo = (reason: string): Result => ({ state: 'nothingToDo', reason, detail: null });
const mailAddress = /^[^\s@<>,;"]+@[^\s@<>,;"]+$/;

export class ActionRunner {
  readonly #parts: ActionRunnerParts;

  constructor(parts: ActionRunnerParts) {
    this.#parts = parts;
  }

  /**
   * All of a rule, in their order.
   * @param db the run's transaction, in which the run is written already.
   * @param held what was stamped so far (sync-stamp-store.ts).
   */
  async run(db: HubDatabase, running: Running, held: unknown[]): Promise<ActionResult[]> {
    const results: ActionResult[] = [];
    for (const [place, action] of running.rule.actions.entries()) {
      const before = { recordId: running.recordId, orderId: running.orderId };
      const stamped = held.length;
      try {
        const result = await apart(db, () => this.#do(db, running, action, place));
        results.push({ action, ...result });
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        held.length = stamped;
        Object.assign(running, before);
        results.push({ action, state: 'failed', reason: error.reason, detail: null });
      }
    }
    return results;
  }

  /** What a rule and its texts can name, as it is now. */
  async named(db: HubDatabase, running: Running): Promise<NamedValues & { readonly whole: WholeThings }> {
    const { recordStore, orderStore, statuses, projectName } = this.#parts;
    const record = running.recordId === null ? null : await recordStore.find(running.recordId, db);
    const order = running.orderId === null ? null : await orderStore.find(running.orderId, db);
    return {
      facts: running.facts,
      projectName: projectName(running.rule.projectId),
      record: record && {
        ...{ name: recordName(record), kind: record.kind, number: record.numbers[0]?.number ?? '' },
        ...{ email: record.emails[0] ?? '', city: record.city, description: record.description },
        fields: record.fields,
      },
      order: order && {
        ...{
          goods: order.goods,
          status: statuses.find(order.statusId)?.label ?? '',
          delivery: order.delivery,
        },
        sum: order.sumMinor === null ? '' : `${(order.sumMinor / 100).toFixed(2)} ${order.currency}`.trim(),
      },
      whole: { record, order },
    };
  }

  async #do(db: HubDatabase, running: Running, action: AutomationAction, place: number): Promise<Result> {
    switch (action.do) {
      case 'setOrderStatus':
        return await this.#setOrderStatus(db, running, action);
      case 'createOrder':
        return await this.#createOrder(db, running, action);
      case 'planCallBack':
        return await this.#planCallBack(db, running, action);
      case 'createRecord':
        return await this.#createRecord(db, running, action);
      case 'changeRecord':
      case 'assign':
      case 'addTag':
        return await this.#changeRecord(db, running, action);
      case 'webhook': {
        const body = payloadOf(running, await this.named(db, running));
        return await this.#deliver(db, running, place, { kind: 'webhook', url: action.url, body });
      }
      case 'email': {
        const values = await this.named(db, running);
        const to = action.to
          .flatMap((each) => filled(each, values).split(/[,;]/))
          .map((each) => each.trim())
          .filter((each) => mailAddress.test(each));
        if (to.length === 0) return nothingToDo('noAddress');
        const content = {
          ...{ kind: 'email' as const, to: [...new Set(to)] },
          ...{ subject: filled(action.subject, values), text: filled(action.text, values) },
        };
        return await this.#deliver(db, running, place, content);
      }
      default:
        return assertNever(action);
    }
  }

  async #setOrderStatus(
    db: HubDatabase,
    running: Running,
    { statusId }: Extract<AutomationAction, { do: 'setOrderStatus' }>,
  ): Promise<Result> {
    const order = await this.#orderOf(db, running);
    if (!order) return nothingToDo('noOrder');
    if (order.statusId === statusId) return nothingToDo('alreadySo');
    await this.#parts.orders.change(actorOf(running), order.id, null, { statusId }, { within: db });
    return done;
  }

  async #createOrder(
    db: HubDatabase,
    running: Running,
    { statusId, goods }: Extract<AutomationAction, { do: 'createOrder' }>,
  ): Promise<Result> {
    const { recordId, rule } = running;
    if (recordId === null) return nothingToDo('noRecord');
    const text = filled(goods, await this.named(db, running)).slice(0, 10_000);
    const content = {
      ...{ recordId, projectId: rule.projectId, statusId, externalId: null, goods: text },
      ...{ sumMinor: null, currency: '', delivery: '', fields: {}, timeZone: null },
    };
    const order = await this.#parts.orders.create(actorOf(running), 'automation', content, { within: db });
    running.orderId = order.id;
    return done;
  }

  async #planCallBack(
    db: HubDatabase,
    running: Running,
    { afterMinutes, own }: Extract<AutomationAction, { do: 'planCallBack' }>,
  ): Promise<Result> {
    const order = await this.#orderOf(db, running);
    if (!order) return nothingToDo('noOrder');
    const status = this.#parts.statuses.find(order.statusId);
    if (!status?.addToDialUp || status.mode === null) return nothingToDo('statusNotInLine');
    await this.#parts.placing.placeAfter(db, order.id, {
      bucket: 'callBack',
      dueAtMs: running.atMs + afterMinutes * 60_000,
      forUserId: own ? (running.facts.agent?.id ?? null) : null,
    });
    return done;
  }

  async #createRecord(
    db: HubDatabase,
    running: Running,
    { kind }: Extract<AutomationAction, { do: 'createRecord' }>,
  ): Promise<Result> {
    if (running.recordId !== null) return nothingToDo('recordThere');
    const number = running.facts.call?.number ?? null;
    if (number === null) return nothingToDo('noNumber');
    const { projectId } = running.rule;
    const numbers = [{ number, extension: '', label: 'main' as const }];
    const content = { ...emptyRecordContent, kind, projectId, numbers };
    const record = await this.#parts.records.create(actorOf(running), null, content, { within: db });
    running.recordId = record.id;
    return done;
  }

  async #changeRecord(
    db: HubDatabase,
    running: Running,
    action: Extract<AutomationAction, { do: 'changeRecord' | 'assign' | 'addTag' }>,
  ): Promise<Result> {
    const { records, recordStore } = this.#parts;
    const { recordId } = running;
    const record = recordId === null ? null : await recordStore.find(recordId, db);
    if (!record) return nothingToDo('noRecord');
    const made = await this.#changeOf(db, running, record, action);
    const result = await records.change(actorOf(running), record.id, made, { within: db });
    if ('conflict' in result) throw new CommandFailed('changedMeanwhile', 'It was changed meanwhile.');
    return result.applied.version === record.version ? nothingToDo('alreadySo') : done;
  }

  async #changeOf(
    db: HubDatabase,
    running: Running,
    record: WholeRecord,
    action: Extract<AutomationAction, { do: 'changeRecord' | 'assign' | 'addTag' }>,
  ): Promise<{ before: RecordChanges; changes: RecordChanges }> {
    const { tags, ownerId, fields } = record;
    if (action.do === 'assign') return { before: { ownerId }, changes: { ownerId: action.userId } };
    if (action.do === 'addTag') {
      const wanted = action.tag.toLowerCase();
      const has = tags.some((tag) => tag.toLowerCase() === wanted);
      return { before: { tags }, changes: { tags: has ? tags : [...tags, action.tag] } };
    }
    const text = filled(action.value, await this.named(db, running));
    if (action.field === 'kind') {
      const kind = recordKind.safeParse(text.trim());
      if (!kind.success) throw notInField('kind');
      return { before: { kind: record.kind }, changes: { kind: kind.data } };
    }
    if (action.field === 'city') {
      return { before: { city: record.city }, changes: { city: text.slice(0, 200) } };
    }
    if (action.field === 'description') {
      return {
        before: { description: record.description },
        changes: { description: text.slice(0, 100_000) },
      };
    }
    const key = action.field.slice('fields.'.length);
    const defined = this.#parts.forms.formOf(running.rule.projectId).customFields;
    const field = defined.find((each) => each.key === key);
    if (!field) throw new CommandFailed('noSuchField', `The project has no field ${key} (any more).`);
    const value = valueFor(field, text);
    const before = fields[key];
    return {
      before: { fields: before === undefined ? {} : { [key]: before } },
      changes: { fields: { [key]: value } },
    };
  }

  async #deliver(
    db: HubDatabase,
    { runId, rule, nowMs, dry }: Running,
    place: number,
    content: DeliveryContent,
  ): Promise<Result> {
    if (dry) return waiting;
    const { id: ruleId, name: ruleName, projectId } = rule;
    const url = content.kind === 'webhook' ? new URL(content.url) : null;
    await this.#parts.deliveries.add(
      db,
      {
        ...{ id: `msg_${randomUUID()}`, runId, ruleId, ruleName, projectId, place, content },
        toldTo: url
          ? `${url.origin}${url.pathname}`
          : String(content.kind === 'email' ? content.to.length : 0),
        target: url ? url.host : 'mail',
      },
      nowMs,
    );
    return waiting;
  }

  /** The one that it is about, else the record's last in this project. */
  async #orderOf(db: HubDatabase, running: Running): Promise<Order | null> {
    const { lookup, orderStore } = this.#parts;
    const { rule, recordId } = running;
    running.orderId ??= recordId === null ? null : await lookup.lastOrderOf(db, recordId, rule.projectId);
    return running.orderId === null ? null : await orderStore.find(running.orderId, db);
  }
}

export interface WholeThings {
  readonly record: WholeRecord | null;
  readonly order: Order | null;
}

function actorOf({ rule }: Running): Actor {
  return { kind: 'automation', id: rule.id, name: rule.name };
}

/** @throws CommandFailed 'fieldMalformed' */
function valueFor({ key, type, choices }: CustomField, text: string): CustomValue {
  const trimmed = text.trim();
  switch (type) {
    case 'text':
      return text.slice(0, 10_000);
    case 'number': {
      const value = Number(trimmed.replace(',', '.'));
      if (trimmed === '' || !Number.isFinite(value)) throw notInField(key);
      return value;
    }
    case 'yesNo':
      if (/^(true|yes|ja|1)$/i.test(trimmed)) return true;
      if (/^(false|no|nein|0)$/i.test(trimmed)) return false;
      throw notInField(key);
    case 'date':
      if (!/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) throw notInField(key);
      return trimmed;
    case 'choice':
      if (!choices.includes(trimmed)) throw notInField(key);
      return trimmed;
    default:
      return assertNever(type);
  }
}

function notInField(field: string): CommandFailed {
  return new CommandFailed('fieldMalformed', `${field} cannot have this value.`);
}
