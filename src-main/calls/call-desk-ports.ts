// What the call desk needs from its neighbours; each is given to it by compose.ts and faked in its tests.
// Telephony is in telephony-port.ts, time in clock.ts.
import type { CallForm, CallFormOfProject } from '#shared/domain/call-form.ts';
import type { RemoteParty } from '#shared/domain/call-view.ts';
import type { Disposition, Project, RecordKind } from '#shared/domain/disposition.ts';
import type { CallId, DispositionId, ProjectId, RecordId, SipCallId, UserId } from '#shared/domain/ids.ts';
import type { Activity } from '#shared/domain/presence.ts';
import type { RecordContent, WholeRecord } from '#shared/domain/record.ts';
import type { MadeChange } from '#shared/domain/record-merge.ts';
import type { CallReport } from '#shared/hub/sync-contract.ts';

/** What the hub is told. Returns at once; where the hub is away it is the implementor's to tell it later or drop it. */
export interface OfferReporter {
  ignoreOffer(sipCallId: SipCallId): void;
  reportActivity(activity: Activity): void;
}

/** Who is at the other end, from what is known on this computer. Must answer at once: the phone is ringing. */
export interface CallerDirectory {
  /** @param number null where withheld */
  identify(number: string | null, displayName: string | null): RemoteParty;
  /**
   * Reads what was typed, clicked or linked.
   * @returns what telephony dials and who that is; null where it is no number, extension or SIP address.
   * Emergency numbers are always read.
   */
  parseTarget(text: string): { readonly target: string; readonly remote: RemoteParty } | null;
}

/** Whom a call can be given to, as the directory knows them. */
export interface Colleagues {
  /** @param target as `parseTarget` gave it; null where it is nobody's in the company */
  at(target: string): { readonly name: string; readonly kind: 'person' | 'project' } | null;
}

export interface Projects {
  find(projectId: ProjectId): Project | null;
  /** The project that calls are made for; null where the agent has none. */
  default(): Project | null;
}

export interface Dispositions {
  all(): readonly Disposition[];
  find(dispositionId: DispositionId): Disposition | null;
}

export interface Microphone {
  /** Whether it is open and gives sound. */
  ready(): boolean;
}

export interface PhoneState {
  on(): boolean;
  registered(): boolean;
}

/** Who is signed in here. */
export interface Agent {
  current(): { readonly userId: UserId; readonly displayName: string } | null;
}

/** How the agent's projects set the call form. */
export interface CallForms {
  /** The usual one for a project that has none, and for null. */
  of(projectId: ProjectId | null): CallForm;
  all(): readonly CallFormOfProject[];
  /** Returns the way to stop listening. */
  onChanged(listener: () => void): () => void;
}

/** A record in a line, as a lookup by number finds it. */
export interface FoundRecord {
  readonly id: RecordId;
  readonly kind: RecordKind;
  readonly name: string;
  readonly number: string | null;
  readonly city: string;
  readonly projectId: ProjectId | null;
}

/** What is sent because a call was closed or saved. */
export interface Sending {
  readonly callId: CallId;
  /** Sent only after that; null: at once. */
  readonly undoUntilMs: number | null;
}

/**
 * The records of this desktop, and what the hub is to be told of them and of calls. What writes is called inside the
 * transaction of the call's own row, and throws SqliteError.
 */
export interface CallRecords {
  /** FORM-8: the most recent first. */
  byNumber(number: string): readonly FoundRecord[];
  find(recordId: RecordId): WholeRecord | null;
  create(recordId: RecordId, content: RecordContent, sending: Sending): void;
  change(recordId: RecordId, change: MadeChange, sending: Sending): void;
  report(report: CallReport, sending: Sending): void;
  /** Undo: what was written for this call and not yet sent is as if it had never been. */
  takeBack(callId: CallId): void;
  /** What was to be told of how this call is, and is not sent yet: it is about to be told anew. */
  takeBackReports(callId: CallId): void;
  /** Called when a record is other than it was. Returns the way to stop listening. */
  onChanged(listener: () => void): () => void;
}

/** Numbers as they are compared and as people write them. */
export interface NumberFormat {
  /** E.164 where it can be read so, else without its punctuation. */
  comparable(number: string): string;
  written(number: string): string;
}
