// What the form shows of its call, alive or over; views and history entries both have it.
import type { CallView } from '#shared/domain/call-view.ts';
import type { FormDraft } from '#shared/domain/form-draft.ts';

export type FormCall = Pick<
  CallView,
  'callId' | 'direction' | 'remote' | 'redirectedFrom' | 'projectName' | 'startedAtMs' | 'endedAtMs'
>;

/** What was put into the form, and the way to change it. */
export interface FormDraftControl {
  readonly draft: FormDraft;
  change(part: Partial<FormDraft>): void;
}
