// The call form (FORM-1 to FORM-8) in the detail side, as it is seen while talking, after the call, and in the inbox.
import type { CallForm } from '#shared/domain/call-form.ts';
import { usualCallForm } from '#shared/domain/call-form.ts';
import type { CallFormView, RecordBrief } from '#shared/domain/call-form-view.ts';
import type { CallView } from '#shared/domain/call-view.ts';
import { emptyFormDraft, type FormDraft } from '#shared/domain/form-draft.ts';
import { recordId } from '#shared/domain/ids.ts';
import { sampleRecord, sampleRecords } from '../sample-records.ts';
import {
  callView,
  formView,
  historyEntry,
  missed,
  project,
  signedInState,
  talking,
  unknownParty,
  withheldParty,
  wrapUp,
} from '../sample-state.ts';
import { noRecords, type ScriptedRecords } from '../scripted-records.ts';
import type { Scenario } from './scenarios.ts';

export const parcelForm: CallForm = {
  ...usualCallForm,
  greeting: 'Nordwind Parcels, you are speaking to Mia Sommer. What can I do for you?',
  customFields: [
    { key: 'parcel', label: 'Parcel number', type: 'number', choices: [], required: true },
    {
      key: 'window',
      label: 'Delivery',
      type: 'choice',
      choices: ['Morning', 'Noon', 'Evening'],
      required: false,
    },
    { key: 'due', label: 'Needed by', type: 'date', choices: [], required: false },
    { key: 'consent', label: 'May be called back', type: 'yesNo', choices: [], required: false },
  ],
};

export const brief = (at: number, over: Partial<RecordBrief> = {}): RecordBrief => {
  const { record } = sampleRecord(at, Date.now());
  return {
    recordId: record.id,
    kind: record.kind,
    name: `${record.firstName} ${record.lastName}`.trim() || record.companyName,
    number: '030 555 10000',
    city: record.city,
    projectId: project.id,
    projectName: project.name,
    ...over,
  };
};

const creating = (over: Partial<CallFormView> = {}) =>
  formView({
    open: true,
    does: 'creates',
    creates: 'lead',
    problems: [
      { field: 'lastName', problem: 'required' },
      { field: 'fields.parcel', problem: 'required' },
    ],
    ...over,
  });

const drafted = (call: CallView, form: Partial<FormDraft>, note = ''): CallView => ({
  ...call,
  draft: { ...call.draft, note, savedAtMs: Date.now() - 1000, form: { ...emptyFormDraft, ...form } },
});

const records = (): ScriptedRecords => ({ ...noRecords(), records: sampleRecords(20) });

const agent = (call: () => CallView, over: Partial<Scenario> = {}): Scenario => ({
  window: 'agent',
  state: () =>
    signedInState({
      calls: [call()],
      callForms: [{ projectId: project.id, form: parcelForm }],
      inbox: { toFinish: [], missed: [missed('m1')], voicemails: [] },
      records: records(),
    }),
  ...over,
});

const known = () => formView({ open: true, does: 'keeps', contact: brief(0), candidates: [brief(0)] });

const two = () =>
  formView({
    open: true,
    does: 'keeps',
    contact: brief(0),
    candidates: [brief(0), brief(1), brief(2, { projectId: null, projectName: null })],
  });

const typed = { new: { firstName: 'Ada', 'fields.parcel': 'forty-four', 'fields.due': '2026-11-28' } };

const wrong = creating({
  problems: [
    { field: 'fields.parcel', problem: 'notANumber' },
    { field: 'lastName', problem: 'required' },
  ],
});

export const formScenarios: Record<string, Scenario> = {
  'form-unknown': agent(() => talking('c1', { remote: unknownParty, form: creating() })),
  'form-unknown-wrap-up': agent(() =>
    drafted(
      wrapUp('c1', { remote: unknownParty, form: wrong }),
      { typed, subject: 'Where is it?' },
      'Asked twice.',
    ),
  ),
  'form-known': agent(() =>
    drafted(talking('c1', { form: known() }), { typed: { [brief(0).recordId]: { city: 'Potsdam' } } }),
  ),
  'form-two-matches': agent(() => wrapUp('c1', { form: two() })),
  'form-redirected': agent(() =>
    callView('c1', { remote: unknownParty, redirectedFrom: '030 12345699', form: creating() }),
  ),
  'form-withheld-small': agent(
    () => talking('c1', { remote: withheldParty, form: creating({ problems: [] }) }),
    { size: { width: 900, height: 600 } },
  ),
  'form-select-customer': agent(
    () =>
      talking('c1', {
        remote: unknownParty,
        form: formView({ open: true, customer: brief(1), numberGoesTo: brief(1).recordId }),
        draft: {
          ...talking('c1').draft,
          form: { ...emptyFormDraft, customerId: recordId.parse('record-1') },
        },
      }),
    {
      async act(page) {
        await page.getByRole('button', { name: /Select customer|Kunden wählen/ }).click();
        await page.getByRole('combobox', { name: /Name, / }).fill('m');
        await page.getByRole('option').first().waitFor();
      },
    },
  ),
  'form-to-finish': {
    window: 'agent',
    state: () => {
      const entry = historyEntry('f1', { state: 'toFinish', remote: unknownParty, disposition: null });
      return signedInState({
        inbox: { toFinish: [entry], missed: [], voicemails: [] },
        history: [entry],
        callForms: [{ projectId: project.id, form: parcelForm }],
        records: records(),
      });
    },
    overrides: { 'calls.form': () => creating({ open: false }) },
    async act(page) {
      await page.locator('section ul button').first().click();
      await page.locator('[data-field=lastName]').first().waitFor();
    },
  },
  'box-form-missing': {
    window: 'call-box',
    state: () =>
      signedInState({
        calls: [
          drafted(
            wrapUp('c1', { remote: unknownParty, dispositionRequired: false, form: creating() }),
            {},
            'Asked.',
          ),
        ],
      }),
  },
  'box-two-matches': {
    window: 'call-box',
    state: () => signedInState({ calls: [callView('c1', { form: two() })] }),
  },
};
