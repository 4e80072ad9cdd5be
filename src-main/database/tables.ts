// The desktop database's tables as Kysely sees them; made by migrations/desktop. Seen by *-store.ts only.
// Times are milliseconds since 1970, booleans 0 or 1, JSON is text.
import type { ListName, SyncState } from '#shared/desktop/records-contract.ts';
import type { CallOutcome, Direction, EndCause, MissedReason } from '#shared/domain/call-view.ts';
import type { RecordKind } from '#shared/domain/disposition.ts';
import type {
  CallId,
  DispositionId,
  LeaseId,
  MutationId,
  NoteId,
  OrderId,
  ProjectId,
  RecordId,
  SipCallId,
  UserId,
} from '#shared/domain/ids.ts';
import type { Mutation } from '#shared/hub/sync-contract.ts';

export type Flag = 0 | 1;

/** 'alive' until closed. 'undoable' is not stored: it is 'finished' with an `undo_until_ms` still to come. */
export type CallState = 'alive' | 'notNeeded' | 'toFinish' | 'finished';

export interface CallsTable {
  place: number;
  call_id: CallId;
  user_id: UserId;
  sip_call_id: SipCallId | null;
  direction: Direction;
  /** A RemoteParty as JSON. */
  remote: string;
  redirected_from: string | null;
  project_id: ProjectId | null;
  project_name: string | null;
  disposition_required: Flag;
  started_at_ms: number;
  answered_at_ms: number | null;
  ended_at_ms: number | null;
  outcome: CallOutcome | null;
  missed_reason: MissedReason | null;
  /** 'lost' where the app ended under the call. */
  end_cause: EndCause | null;
  /** A name, else a number as people write it; null where the call was not given to anybody. */
  transferred_to: string | null;
  state: CallState;
  seen: Flag;
  final_note: string | null;
  /** A Disposition as JSON. */
  final_disposition: string | null;
  undo_until_ms: number | null;
  /** Who finished it: the agent's Save, or the wrap-up running out with nothing missing. */
  saved_by: 'agent' | 'expiry' | null;
  /** With a colleague. */
  internal: Flag;
  /** As it was dialled; null where it is not known. */
  called_number: string | null;
  /** The order that it was made for (call mode); null for any other call. */
  order_id: OrderId | null;
  /** What came of that order, an OrderCallOutcome as JSON; null before. */
  order_outcome: string | null;
  subject: string;
  /** The record that it was saved with; null before, and where there is none. */
  contact_id: RecordId | null;
  customer_id: RecordId | null;
  /** The RemoteParty of before a save that named it, as JSON. */
  remote_before: string | null;
  /** 1 while the hub is still to be told of it. */
  report_due: Flag;
  search_stale: Flag;
}

export interface DraftsTable {
  call_id: CallId;
  note: string;
  disposition_id: DispositionId | null;
  /** A FormDraft as JSON; null where nothing was put into the form. */
  form: string | null;
  saved_at_ms: number;
  search_stale: Flag;
}

export interface CorrectionsTable {
  /** Counted up by SQLite. */
  id: number;
  call_id: CallId;
  at_ms: number;
  author: string;
  note: string;
  /** A Disposition as JSON. */
  disposition: string | null;
}

/** Calls that are talked on now; after a crash, those that were. */
export interface OpenDialogsTable {
  call_id: CallId;
  /** A SipDialog as JSON; null where telephony could not tell it. */
  dialog: string | null;
  /** When the call was last seen to run. */
  running_at_ms: number;
}

export interface ProjectsTable {
  id: ProjectId;
  rank: number;
  name: string;
  /** A JSON array of strings. */
  numbers: string;
  wrap_up_ms: number;
  disposition_required: Flag;
}

/** `form` is JSON. */
export interface CallFormsTable {
  project_id: ProjectId;
  form: string;
}

export interface DispositionsTable {
  id: DispositionId;
  rank: number;
  project_id: ProjectId;
  label: string;
  group_label: string | null;
  color: string;
  key: string | null;
  note_required: Flag;
}

export interface PeopleTable {
  user_id: UserId;
  display_name: string;
  extension: string;
  /** A JSON array of strings. */
  teams: string;
}

export interface CallableProjectsTable {
  project_id: ProjectId;
  name: string;
  number: string;
}

export interface RecordsTable {
  place: number;
  id: RecordId;
  kind: RecordKind;
  /** As lists show it, cut where it is very long. */
  name: string;
  name_key: string;
  project_id: ProjectId | null;
  owner_id: UserId | null;
  /** The first, as dialled. */
  number: string | null;
  email: string | null;
  city: string;
  city_key: string;
  /** A JSON array of strings. */
  tags: string;
  changed_at_ms: number;
  last_call_at_ms: number | null;
  state: SyncState;
  /** A WholeRecord as JSON. */
  shown: string;
  /** As the hub last told it, as JSON; '=' where it is what is shown, null where no hub has it. */
  base: string | null;
}

export interface RecordNumbersTable {
  /** As comparableNumber makes it. */
  number: string;
  place: number;
}

export interface RecordTagsTable {
  tag: string;
  place: number;
}

export interface NotesTable {
  place: number;
  id: NoteId;
  record_id: RecordId;
  call_id: CallId | null;
  author_id: UserId;
  author_name: string;
  text: string;
  written_at_ms: number;
  state: SyncState;
}

/** Calls that others had, and this user on other devices. */
export interface SyncedCallsTable {
  place: number;
  call_id: CallId;
  record_id: RecordId | null;
  customer_id: RecordId | null;
  project_id: ProjectId | null;
  started_at_ms: number;
  /** A SyncedCall as JSON. */
  call: string;
}

export interface ListSettingsTable {
  user_id: UserId;
  list: ListName;
  /** A ListSettings as JSON. */
  settings: string;
}

export interface UnsavedTextsTable {
  user_id: UserId;
  /** The window's own word for what it is of. */
  key: string;
  record_id: RecordId | null;
  /** As the window has it. */
  content: string;
}

/** FTS5; `rowid` is the record's place. */
export interface RecordSearchTable {
  rowid: number;
  record_search: string;
  name: string;
  number: string;
  /** E-mail addresses, city and postal code. */
  whereabouts: string;
  rest: string;
}

/** FTS5; `rowid` is the record's place. */
export interface RecordNameSearchTable {
  rowid: number;
  record_name_search: string;
  name: string;
}

/** FTS5; `rowid` is twice the place of a note, or twice the place of a call and one more. */
export interface NoteSearchTable {
  rowid: number;
  note_search: string;
  text: string;
}

/** FTS5; `rowid` is the call's place. Matched with the table's own name as a column. */
export interface CallSearchTable {
  rowid: number;
  call_search: string;
  text: string;
  digits: string;
  starts: string;
}

export interface OutboxTable {
  mutation_id: MutationId;
  sequence: number;
  user_id: UserId;
  hub: HubKind;
  made_at_ms: number;
  kind: Mutation['kind'];
  /** JSON. */
  mutation: string;
  record_id: RecordId | null;
  call_id: CallId | null;
  undo_until_ms: number | null;
  state: 'waiting' | 'applied' | 'conflict' | 'refused';
  attempts: number;
  reason: string | null;
  at: string | null;
  /** Of a conflict, as JSON. */
  conflict: string | null;
  answered_at_ms: number | null;
}

/** One row, `id` 1. */
export interface OutboxCounterTable {
  id: number;
  sequence: number;
  /** Who was at work last, and with which hub. */
  user_id: UserId | null;
  hub: HubKind | null;
}

export interface SyncCursorTable {
  scope: ProjectId | '';
  hub: HubKind;
  cursor: string | null;
  /** Null until it was once pulled to the end. */
  same_at_ms: number | null;
}

/** An order that was handed out and is not ended yet (call mode), with what was typed for its outcome. */
export interface OrdersOnDeskTable {
  lease_id: LeaseId;
  user_id: UserId;
  hub: HubKind;
  record_id: RecordId;
  /** A LeasedOrder as JSON. */
  leased: string;
  since_ms: number;
  call_id: CallId | null;
  note: string;
  call_back_at_ms: number | null;
  own: Flag;
  saved_at_ms: number | null;
}

/** What is written for one hub is never told to another. */
export type HubKind = 'practice' | 'team';

export interface DesktopTables {
  calls: CallsTable;
  drafts: DraftsTable;
  corrections: CorrectionsTable;
  open_dialogs: OpenDialogsTable;
  projects: ProjectsTable;
  dispositions: DispositionsTable;
  call_forms: CallFormsTable;
  people: PeopleTable;
  callable_projects: CallableProjectsTable;
  records: RecordsTable;
  record_numbers: RecordNumbersTable;
  record_tags: RecordTagsTable;
  notes: NotesTable;
  synced_calls: SyncedCallsTable;
  list_settings: ListSettingsTable;
  unsaved_texts: UnsavedTextsTable;
  record_search: RecordSearchTable;
  record_name_search: RecordNameSearchTable;
  note_search: NoteSearchTable;
  call_search: CallSearchTable;
  outbox: OutboxTable;
  outbox_counter: OutboxCounterTable;
  sync_cursor: SyncCursorTable;
  orders_on_desk: OrdersOnDeskTable;
}
