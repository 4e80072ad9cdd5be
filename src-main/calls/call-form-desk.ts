// The form of each call: its view for the windows, and the plan that Save carries out. Views are made once a second, so a
// plan is kept until the draft, the call, a record or the project's form is another. Called by the call desk, finishing
// and call-handlers.ts.
import type { CallFormView, RecordBrief } from '#shared/domain/call-form-view.ts';
import { type Direction, remoteParty } from '#shared/domain/call-view.ts';
import type { FormDraft } from '#shared/domain/form-draft.ts';
import type { CallId, ProjectId, RecordId } from '#shared/domain/ids.ts';
import { recordName, type WholeRecord } from '#shared/domain/record.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { Call } from './call.ts';
import type { CallForms, CallRecords, FoundRecord, NumberFormat, Projects } from './call-desk-ports.ts';
import type { CallPapers } from './call-store.ts';
import { type FormPlan, type FormSubject, planOf } from './form-plan.ts';
import { News } from './news.ts';

/** A call as its form needs it, alive or over. */
export interface FormCall {
  readonly callId: CallId;
  readonly direction: Direction;
  readonly internal: boolean;
  readonly number: string | null;
  readonly calledNumber: string | null;
  readonly projectId: ProjectId | null;
  readonly answered: boolean;
  readonly over: boolean;
  /** It stands before the agent: it rings, runs, or is wrapped up. */
  readonly current: boolean;
}

/** A line shows no more of it; the record itself has the whole. */
const longestName = 500;

interface Kept {
  readonly draft: FormDraft;
  readonly call: string;
  readonly plan: FormPlan;
}

export class CallFormDesk {
  readonly #forms: CallForms;
  readonly #records: CallRecords;
  readonly #numbers: NumberFormat;
  readonly #projects: Projects;
  readonly #plans = new Map<CallId, Kept>();
  readonly #stops: (() => void)[];
  /** A project's form or a record is another, and with it what the forms show. */
  readonly changed: News<null>;

  constructor(parts: {
    callForms: CallForms;
    records: CallRecords;
    numbers: NumberFormat;
    projects: Projects;
    log: WireLog;
  }) {
    this.#forms = parts.callForms;
    this.changed = new News('forms.changed', parts.log);
    this.#records = parts.records;
    this.#numbers = parts.numbers;
    this.#projects = parts.projects;
    const forgetAll = () => {
      this.#plans.clear();
      this.changed.tell(null);
    };
    this.#stops = [parts.callForms.onChanged(forgetAll), parts.records.onChanged(forgetAll)];
  }

  planOf(call: FormCall, draft: FormDraft): FormPlan {
    const kept = this.#plans.get(call.callId);
    const key = JSON.stringify(call);
    if (kept && kept.draft === draft && kept.call === key) return kept.plan;
    const subject: FormSubject = call;
    const plan = planOf(subject, draft, {
      forms: this.#forms,
      records: this.#records,
      numbers: this.#numbers,
    });
    this.#plans.set(call.callId, { draft, call: key, plan });
    return plan;
  }

  viewOf(call: FormCall, draft: FormDraft): CallFormView {
    const plan = this.planOf(call, draft);
    const { contact } = plan;
    return {
      open: this.#opens(call),
      internal: call.internal,
      calledNumber:
        call.calledNumber === null ? null : this.#numbers.written(call.calledNumber).slice(0, 200),
      does: contact.does,
      creates: contact.does === 'creates' ? contact.kind : null,
      projectId: contact.does === 'creates' ? contact.content.projectId : plan.projectId,
      contact: contact.does === 'keeps' ? this.briefOf(contact.record) : null,
      numberAt: contact.does === 'keeps' ? contact.numberAt : 0,
      customer: plan.customer && this.briefOf(plan.customer),
      candidates: plan.candidates.map((each) => this.#brief(each)),
      numberGoesTo: plan.numberGoesTo?.id ?? null,
      chosenGone: plan.chosenGone,
      problems: [...plan.problems],
    };
  }

  briefOf(record: WholeRecord): RecordBrief {
    return this.#brief({ ...record, name: recordName(record), number: record.numbers[0]?.number ?? null });
  }

  /** Null where there is none, or it was erased. */
  briefOfId(recordId: RecordId | null): RecordBrief | null {
    const record = recordId === null ? null : this.#records.find(recordId);
    return record && this.briefOf(record);
  }

  /** Nobody shows that call any more. */
  letGo(callId: CallId): void {
    this.#plans.delete(callId);
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #opens({ current, internal, answered, projectId }: FormCall): boolean {
    if (!current) return false;
    const form = this.#forms.of(projectId);
    const opens = internal ? form.opensInternal : form.opens;
    return opens === 'beforeAnswer' || (opens === 'afterAnswer' && answered);
  }

  #brief({ id, kind, name, number, city, projectId }: FoundRecord): RecordBrief {
    return {
      recordId: id,
      kind,
      name: name.slice(0, longestName),
      number: number === null ? null : this.#numbers.written(number),
      city,
      projectId,
      projectName: projectId === null ? null : (this.#projects.find(projectId)?.name ?? null),
    };
  }
}

export function formCallOf(call: Call): FormCall {
  const phase = call.phase.name;
  return {
    callId: call.callId,
    direction: call.direction,
    internal: call.internal,
    number: call.remote.number,
    calledNumber: call.calledNumber,
    projectId: call.project?.id ?? null,
    answered: call.answeredAtMs !== null,
    over: phase === 'wrapUp' || phase === 'closed',
    // Of an order stands its own card there.
    current: phase !== 'ignored' && phase !== 'closed' && call.orderId === null,
  };
}

/** Of a call that is over. */
export function formCallFrom(papers: CallPapers): FormCall {
  return {
    callId: papers.call_id,
    direction: papers.direction,
    internal: papers.internal === 1,
    number: remoteParty.parse(JSON.parse(papers.remote)).number,
    calledNumber: papers.called_number,
    projectId: papers.project_id,
    answered: papers.answered_at_ms !== null,
    over: true,
    current: false,
  };
}
