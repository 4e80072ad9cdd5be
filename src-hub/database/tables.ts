// The hub's tables as Kysely sees them. Only `*-store.ts` files and the migrations' tests use these.
// Times are milliseconds since the epoch. SQLite has no booleans, so 0 and 1 stand for them, on PostgreSQL too.
import type { Generated } from 'kysely';
import type { AccountType } from '#shared/desktop/session-contract.ts';
import type { CallOutcome, Direction, MissedReason } from '#shared/domain/call-view.ts';
import type { RecordKind } from '#shared/domain/disposition.ts';
import type {
  ApiKeyId,
  CallId,
  DispositionId,
  MutationId,
  NoteId,
  ProjectId,
  RecordId,
  SipCallId,
  StatusId,
  TeamId,
  UserId,
  VoicemailId,
} from '#shared/domain/ids.ts';
import type { PresenceStatus, StatusLabel } from '#shared/domain/presence.ts';
import type { RecordNumber } from '#shared/domain/record.ts';
import type { OfferEnded } from '../exchange/exchange-ports.ts';
import type { RoutedOutcome } from '../routing/route-decision.ts';
import type { AutomationTables } from './automation-tables.ts';
import type { CallModeTables } from './call-mode-tables.ts';

export type { RoutedOutcome };

type Flag = 0 | 1;

export interface HubTables extends CallModeTables, AutomationTables {
  account: {
    user_id: UserId;
    username: string;
    display_name: string;
    account_type: AccountType;
    extension: string;
    password_hash: string;
    must_change_password: Flag;
    first_name: string;
    last_name: string;
    email: string | null;
    disabled_at_ms: number | null;
    /** The next sign-in asks to set one up. */
    second_factor_due: Flag;
    may_call_outside: Flag;
    last_signed_in_at_ms: number | null;
    version: number;
  };
  second_factor: {
    user_id: UserId;
    /** Base32. */
    secret: string;
    /** Null until a first code has shown that the authenticator has the secret. */
    confirmed_at_ms: number | null;
    /** The last time step whose code was used: that code and those before it are worth nothing any more. */
    used_step: number;
  };
  recovery_code: { user_id: UserId; code_hash: string };
  remembered_device: { token_hash: string; user_id: UserId; device_id: string; used_at_ms: number };
  session: {
    token_hash: string;
    user_id: UserId;
    device_id: string;
    created_at_ms: number;
    used_at_ms: number;
  };
  sip_credential: {
    authorization_user: string;
    user_id: UserId;
    device_id: string;
    password: string;
    make: 'offhook' | 'other';
    label: string | null;
    made_at_ms: number | null;
  };
  presence: {
    user_id: UserId;
    status: PresenceStatus;
    since_ms: number;
    until_ms: number | null;
    label_id: StatusId | null;
  };
  status_label: {
    id: StatusId;
    position: number;
    label: string;
    acts_as: StatusLabel['actsAs'];
    color: string;
  };
  team: { id: TeamId; name: string; version: number };
  team_member: { team_id: TeamId; user_id: UserId };
  project: {
    id: ProjectId;
    name: string;
    queue_name: string;
    wrap_up_ms: number;
    disposition_required: Flag;
    ring_timeout_ms: number;
    distribution: 'longestIdle' | 'allAtOnce';
    on_decline: 'voicemail' | 'nextAgent';
    most_waiting: number;
    longest_wait_ms: number;
    /** Null: to voicemail. */
    overflow_project_id: ProjectId | null;
    time_zone: string;
    version: number;
    dispositions_version: number;
    /** Calls and messages refer to it still; it is out of sight. */
    removed_at_ms: number | null;
  };
  project_opening: {
    project_id: ProjectId;
    position: number;
    weekday: number;
    opens_at_minute: number;
    closes_at_minute: number;
  };
  project_holiday: { project_id: ProjectId; date: string; name: string };
  open_project: { user_id: UserId; project_id: ProjectId; is_primary: Flag };
  project_number: { number: string; project_id: ProjectId };
  project_member: { project_id: ProjectId; user_id: UserId };
  disposition: {
    id: DispositionId;
    project_id: ProjectId;
    position: number;
    label: string;
    group_name: string | null;
    color: string;
    key: string | null;
    note_required: Flag;
    removed_at_ms: number | null;
  };
  record: {
    id: RecordId;
    kind: RecordKind;
    /** As it is called in lists: domain/record.ts's recordName. */
    name: string;
    project_id: ProjectId | null;
    owner_id: UserId | null;
    external_id: string | null;
    first_name: string;
    last_name: string;
    company_name: string;
    /** JSON, as `tags` and `fields` are. */
    emails: string;
    street: string;
    house_number: string;
    city: string;
    zip_code: string;
    country: string;
    description: string;
    tags: string;
    fields: string;
    /** What a text filter looks in. */
    search_text: string;
    version: number;
    created_at_ms: number;
    changed_at_ms: number;
  };
  record_number: {
    record_id: RecordId;
    position: number;
    number: string;
    extension: string;
    label: RecordNumber['label'];
  };
  record_change: {
    id: Generated<number>;
    /** Of an erased one, too. */
    record_id: RecordId;
    at_ms: number;
    actor_kind: 'user' | 'apiKey' | 'console' | 'automation';
    actor_id: string;
    actor_name: string;
    what: 'create' | 'change' | 'erase';
    /** The record's, from then on. */
    version: number;
  };
  /** What of the record differs, as JSON; erasure empties it. */
  record_change_detail: { change_id: number; changes: string };
  note: {
    id: NoteId;
    record_id: RecordId;
    call_id: CallId | null;
    author_id: UserId;
    author_name: string;
    text: string;
    written_at_ms: number;
  };
  synced_call: {
    call_id: CallId;
    sip_call_id: SipCallId | null;
    user_id: UserId;
    user_name: string;
    direction: Direction;
    number: string | null;
    redirected_from: string | null;
    project_id: ProjectId | null;
    record_id: RecordId | null;
    customer_id: RecordId | null;
    subject: string;
    started_at_ms: number;
    answered_at_ms: number | null;
    ended_at_ms: number;
    outcome: CallOutcome;
    missed_reason: MissedReason | null;
    note: string;
    disposition_id: DispositionId | null;
    disposition_label: string | null;
    /** An OrderCallOutcome as JSON; null where it was made for no order. */
    order_outcome: string | null;
    finished: Flag;
    /** JSON. */
    corrections: string;
    /** 1: about somebody erased; it stays without number, name and notes. */
    emptied: Flag;
  };
  /** `mark`: a keyed hash of the number, whose key is no part of the database. */
  erased_number: { mark: string; erased_at_ms: number };
  /** Whose sound must not be there any more. */
  erased_voicemail: { voicemail_id: VoicemailId };
  /** `form` is JSON. */
  call_form: { project_id: ProjectId; version: number; form: string };
  record_import: {
    id: string;
    what: 'records' | 'orders';
    file_name: string;
    made_at_ms: number;
    actor_kind: 'user' | 'apiKey' | 'console' | 'automation';
    actor_id: string;
    actor_name: string;
    state: 'uploaded' | 'running' | 'done' | 'failed';
    /** JSON: encoding, separator, header. */
    reading: string;
    /** JSON: what each column is; null until it is started. */
    settings: string | null;
    rows: number;
    rows_done: number;
    created: number;
    updated: number;
    bad: number;
    ended_at_ms: number | null;
    /** Why it failed, in words. */
    reason: string | null;
  };
  record_import_problem: {
    import_id: string;
    row: number;
    position: number;
    column_name: string | null;
    reason: string;
    message: string;
  };
  routed_call: {
    sip_call_id: SipCallId;
    at_ms: number;
    destination: string;
    caller_number: string | null;
    caller_name: string | null;
    redirected_from: string | null;
    project_id: ProjectId | null;
    /** Null while it is being routed. */
    outcome: RoutedOutcome | null;
    /** When it began to wait; null where it did not. */
    queued_at_ms: number | null;
    /** Null where nobody did, or a machine of the hub. */
    answered_by: UserId | null;
    answered_at_ms: number | null;
    /** Null while it goes on, and where nobody knows. */
    ended_at_ms: number | null;
  };
  offer: {
    sip_call_id: SipCallId;
    user_id: UserId;
    /** Counts a user's offers of the same call from 1. */
    attempt: number;
    began_at_ms: number;
    /** 'ringing' until it has ended; 'cutOff' where the hub died under it. */
    outcome: OfferEnded['outcome'] | 'ringing' | 'cutOff';
    missed_reason: MissedReason | null;
    ended_at_ms: number;
    to_tell: Flag;
  };
  voicemail: {
    id: VoicemailId;
    project_id: ProjectId | null;
    user_id: UserId | null;
    caller_number: string | null;
    caller_name: string | null;
    left_at_ms: number;
    duration_ms: number;
    heard: Flag;
  };
  hub_setting: { name: string; value: string };
  api_key: {
    id: ApiKeyId;
    name: string;
    key_hash: string;
    /** Separated by spaces. */
    scopes: string;
    made_at_ms: number;
    last_used_at_ms: number | null;
  };
  audit_entry: {
    id: Generated<number>;
    at_ms: number;
    actor_kind: 'user' | 'apiKey' | 'console' | 'automation';
    actor_id: string;
    action: string;
    subject_kind: string;
    subject_id: string;
    project_id: ProjectId | null;
    team_id: TeamId | null;
  };
  /** What names people; erasure empties it, the entry stays. */
  audit_detail: { entry_id: number; actor_name: string; subject_name: string; changes: string };
  /** One row, `id` 1: the number of the last change. */
  sync_head: { id: number; seq: number };
  /** Each start of a hub begins one; it ends where the next one starts. */
  sync_era: { place: number; era_id: string; start_seq: number };
  /** `scope` is '' for what belongs to no project. */
  sync_entry: {
    scope: ProjectId | '';
    entity: 'record' | 'note' | 'call';
    entity_id: string;
    seq: number;
    /** 'emptied', of a call only: it stays where it belongs, and everybody is told that it names nobody any more. */
    gone: 'moved' | 'erased' | 'emptied' | null;
  };
  /** `outcome` is JSON, null only inside the transaction that applies it. */
  applied_mutation: {
    mutation_id: MutationId;
    user_id: UserId;
    device_id: string;
    sequence: number;
    outcome: string | null;
    era_id: string | null;
    seq: number | null;
  };
}
