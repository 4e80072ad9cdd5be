// Calls without records, forms and a hub to tell, for tests and models that are about something else.

import { usualCallForm } from '#shared/domain/call-form.ts';
import type { CallForms, CallRecords, NumberFormat } from '../../src-main/calls/call-desk-ports.ts';

const never = () => () => undefined;

export const noForms: CallForms = {
  of: () => ({ ...usualCallForm, opens: 'never' }),
  all: () => [],
  onChanged: never,
};

export const noRecords: CallRecords = {
  byNumber: () => [],
  find: () => null,
  create: () => undefined,
  change: () => undefined,
  report: () => undefined,
  takeBack: () => undefined,
  takeBackReports: () => undefined,
  onChanged: never,
};

export const numbersAsTheyCome: NumberFormat = {
  comparable: (number) => number,
  written: (number) => number,
};
