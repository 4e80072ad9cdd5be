// What a call's Save would do about records, from what is known of the call, the project's form and what was typed so far
// (FORM-1 to FORM-8). Pure but for the lookups. Called by call-form-desk.ts.

import type { CallForm, CreatableKind } from '#shared/domain/call-form.ts';
import type { FieldProblem } from '#shared/domain/call-form-view.ts';
import type { Direction } from '#shared/domain/call-view.ts';
import { type FormDraft, isEmptyFormDraft } from '#shared/domain/form-draft.ts';
import { fill } from '#shared/domain/form-fields.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import {
  emptyRecordContent,
  type RecordChanges,
  type RecordContent,
  type WholeRecord,
} from '#shared/domain/record.ts';
import type { MadeChange } from '#shared/domain/record-merge.ts';
import type { CallForms, CallRecords, FoundRecord, NumberFormat } from './call-desk-ports.ts';

/** What the form must know of its call. */
export interface FormSubject {
  readonly direction: Direction;
  readonly internal: boolean;
  /** Of the other side; null where withheld. */
  readonly number: string | null;
  readonly projectId: ProjectId | null;
  readonly answered: boolean;
  /** It is over: of one that nobody answered, nothing is created unasked. */
  readonly over: boolean;
}

export type ContactPlan =
  | { readonly does: 'nothing' }
  | { readonly does: 'creates'; readonly kind: CreatableKind; readonly content: RecordContent }
  | {
      readonly does: 'keeps';
      readonly record: WholeRecord;
      readonly numberAt: number;
      readonly change: MadeChange | null;
    };

export interface FormPlan {
  /** Whose form counts. */
  readonly projectId: ProjectId | null;
  readonly contact: ContactPlan;
  readonly customer: WholeRecord | null;
  readonly candidates: readonly FoundRecord[];
  /** Who may have the number added, and does not have it yet. */
  readonly numberGoesTo: WholeRecord | null;
  readonly chosenGone: boolean;
  readonly problems: readonly FieldProblem[];
}

export interface FormLookups {
  readonly forms: Pick<CallForms, 'of'>;
  readonly records: Pick<CallRecords, 'byNumber' | 'find'>;
  readonly numbers: NumberFormat;
}

/** No more are offered: a switchboard's number may be many people's. */
const mostCandidates = 20;

export function planOf(subject: FormSubject, draft: FormDraft, lookups: FormLookups): FormPlan {
  const { forms, records, numbers } = lookups;
  const candidates = subject.number === null ? [] : records.byNumber(subject.number).slice(0, mostCandidates);
  const customer = draft.customerId === null ? null : records.find(draft.customerId);
  const chosen = draft.contact.choice === 'record' ? records.find(draft.contact.recordId) : null;
  const chosenGone =
    (draft.contact.choice === 'record' && chosen === null) ||
    (draft.customerId !== null && customer === null);
  const target = draft.project === null ? subject.projectId : draft.project.projectId;
  const kept =
    chosen ?? (draft.contact.choice === 'usual' ? usual(subject, candidates, target, records) : null);
  const { contact, problems } = kept
    ? keeping(kept, draft, forms.of(kept.projectId ?? target), subject, numbers)
    : creates(subject, draft, forms.of(subject.projectId))
      ? creating(subject, draft, target, lookups)
      : { contact: { does: 'nothing' } as const, problems: [] };
  return {
    projectId: kept?.projectId ?? target,
    contact,
    customer,
    candidates,
    numberGoesTo: lacking(customer ?? chosen, subject, numbers),
    chosenGone,
    problems,
  };
}

/**
 * FORM-7: the record that the caller has in the called project, else one that belongs to no project and so to all. Of a
 * call that was made from here, whoever has the number: it may have been dialled from another project's list.
 */
function usual(
  { direction }: FormSubject,
  candidates: readonly FoundRecord[],
  projectId: ProjectId | null,
  records: FormLookups['records'],
): WholeRecord | null {
  const found =
    candidates.find((each) => each.projectId === projectId) ??
    candidates.find((each) => each.projectId === null) ??
    (direction === 'outbound' ? candidates[0] : undefined);
  return found ? records.find(found.id) : null;
}

/** Unasked only for a caller from outside, where the form opens, and not beside a customer who was chosen. */
function creates(subject: FormSubject, draft: FormDraft, form: CallForm): boolean {
  if (draft.contact.choice === 'new') return true;
  if (draft.contact.choice !== 'usual') return false;
  const typed = Object.keys(draft.typed.new ?? {}).length > 0;
  if (typed || draft.kind !== null || draft.project !== null) return true;
  if (subject.direction !== 'inbound' || subject.internal || draft.customerId !== null) return false;
  if (form.opens === 'never') return false;
  return !subject.over || subject.answered || !isEmptyFormDraft(draft);
}

function creating(
  subject: FormSubject,
  draft: FormDraft,
  target: ProjectId | null,
  { forms, numbers }: FormLookups,
): { contact: ContactPlan; problems: readonly FieldProblem[] } {
  const form = forms.of(target);
  const kind = draft.kind ?? (target === null ? null : form.creates) ?? 'contact';
  const nowhere = draft.project === null && form.creates === null;
  const base: RecordContent = {
    ...emptyRecordContent,
    kind,
    projectId: nowhere ? null : target,
    numbers:
      subject.number === null
        ? []
        : [{ number: numbers.comparable(subject.number), extension: '', label: 'main' }],
  };
  const { content, problems } = fill(base, draft.typed.new ?? {}, form, { requireAll: true });
  return { contact: { does: 'creates', kind, content: comparably(content, numbers) }, problems };
}

function keeping(
  record: WholeRecord,
  draft: FormDraft,
  form: CallForm,
  subject: FormSubject,
  numbers: NumberFormat,
): { contact: ContactPlan; problems: readonly FieldProblem[] } {
  const typed = draft.typed[record.id] ?? {};
  const { id: _id, version: _version, createdAtMs: _created, changedAtMs: _changed, ...now } = record;
  const numberAt = Math.max(0, placeOf(subject.number, record, numbers));
  // As the person saw it: what a colleague has changed since is not taken for theirs.
  const seen = fill(now, draft.seen[record.id] ?? {}, form, { requireAll: false, numberAt }).content;
  const { content, problems } = fill(seen, typed, form, { requireAll: false, numberAt });
  return {
    contact: { does: 'keeps', record, numberAt, change: changeBetween(seen, comparably(content, numbers)) },
    problems,
  };
}

/** The fields that differ, before and after. */
function changeBetween(before: RecordContent, after: RecordContent): MadeChange | null {
  const keys = (Object.keys(after) as (keyof RecordContent)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  if (keys.length === 0) return null;
  const part = (content: RecordContent): RecordChanges =>
    Object.fromEntries(keys.map((key) => [key, content[key]]));
  return { before: part(before), changes: part(after) };
}

/** Which of a record's numbers it is; -1 for none. */
export function placeOf(number: string | null, record: RecordContent, numbers: NumberFormat): number {
  if (number === null) return -1;
  const wanted = numbers.comparable(number);
  return record.numbers.findIndex((each) => numbers.comparable(each.number) === wanted);
}

function lacking(
  record: WholeRecord | null,
  subject: FormSubject,
  numbers: NumberFormat,
): WholeRecord | null {
  if (!record || subject.number === null) return null;
  return placeOf(subject.number, record, numbers) < 0 ? record : null;
}

function comparably(content: RecordContent, numbers: NumberFormat): RecordContent {
  const read = content.numbers.map((each) => ({
    ...each,
    number: numbers.comparable(each.number) || each.number,
  }));
  return { ...content, numbers: read };
}
