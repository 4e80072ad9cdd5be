// The tables of call mode as Kysely sees them (migration 013); part of HubTables. Only `*-store.ts` files use these.
import type { Generated } from 'kysely';
import type { Bucket, DialMode, FreeModeSettings, OutcomeButton, WhyNow } from '#shared/domain/dial-up.ts';
import type {
  AttemptId,
  CallId,
  LeaseId,
  OrderId,
  OrderStatusId,
  ProjectId,
  RecordId,
  UserId,
} from '#shared/domain/ids.ts';
import type { AttemptEffect, OrderSource } from '#shared/domain/order.ts';

type Flag = 0 | 1;

export interface CallModeTables {
  order_status: {
    id: OrderStatusId;
    position: number;
    label: string;
    color: string;
    /** Null: orders in it are in no mode. */
    mode: DialMode | null;
    add_to_dial_up: Flag;
  };
  /** `settings` is JSON: DialUpSettings. */
  dial_up_settings: { project_id: ProjectId; version: number; settings: string };
  free_mode: {
    mode: FreeModeSettings['mode'];
    name: string;
    hands_out: FreeModeSettings['handsOut'];
    seed: number;
  };
  do_not_call: { number: string; reason: string; added_at_ms: number; added_by: string };
  dial_order: {
    id: OrderId;
    external_id: string | null;
    record_id: RecordId;
    project_id: ProjectId;
    status_id: OrderStatusId;
    goods: string;
    sum_minor: number | null;
    currency: string;
    delivery: string;
    /** JSON, by key. */
    fields: string;
    time_zone: string | null;
    source: OrderSource;
    version: number;
    created_at_ms: number;
    changed_at_ms: number;
    status_since_ms: number;
    /** In this status. */
    attempts: number;
  };
  dial_queue: {
    id: Generated<number>;
    project_id: ProjectId;
    mode: DialMode;
    /** IANA names with commas between, or 'noNumber', 'doNotCall'. */
    zones: string;
  };
  dial_place: {
    order_id: OrderId;
    queue_id: number;
    bucket: Bucket;
    due_at_ms: number;
    attempts: number;
    for_user_id: UserId | null;
    /** Null where its mode is not drawn at random. */
    draw: number | null;
    /** Of the last time that it was handed out, also when that is over; null before the first. */
    lease_id: LeaseId | null;
    leased_by: UserId | null;
    leased_device: string | null;
    leased_at_ms: number | null;
    lease_why: WhyNow | null;
    /** Null: nobody holds it. */
    lease_until_ms: number | null;
  };
  dial_attempt: {
    id: AttemptId;
    order_id: OrderId;
    lease_id: LeaseId | null;
    user_id: UserId;
    user_name: string;
    mode: DialMode;
    button: OutcomeButton;
    button_label: string;
    call_back_at_ms: number | null;
    call_back_own: Flag;
    note: string;
    call_id: CallId | null;
    started_at_ms: number;
    ended_at_ms: number;
    effect: AttemptEffect;
    status_id: OrderStatusId;
    arrived_at_ms: number;
  };
}
