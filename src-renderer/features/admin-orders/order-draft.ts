// A new order as it is typed (pure): the sum as text, until it is saved.
import type { CustomField } from '#shared/domain/call-form.ts';
import type { OrderStatusId, ProjectId, RecordId } from '#shared/domain/ids.ts';
import type { OrderContent } from '#shared/domain/order.ts';

export interface OrderDraft {
  readonly projectId: ProjectId | null;
  readonly statusId: OrderStatusId | null;
  readonly goods: string;
  readonly sum: string;
  readonly currency: string;
  readonly delivery: string;
  readonly externalId: string;
  readonly timeZone: string;
  /** By key, as typed; 'yes' and 'no' where it is one of both. */
  readonly fields: Readonly<Record<string, string>>;
}

export const emptyOrder: OrderDraft = {
  ...{ projectId: null, statusId: null, goods: '', sum: '', currency: '', delivery: '' },
  ...{ externalId: '', timeZone: '', fields: {} },
};

/** "49,90", "1.249,00" and "1,249.00" in cents; null where it is no amount. Two digits at the most after the last mark. */
export function minorOf(typed: string): number | null {
  const text = typed.replaceAll(/[\s'’]/g, '');
  const match = /^(-?)(\d+|\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole = '', part = ''] = match;
  const minor = Number(whole.replaceAll(/[.,]/g, '')) * 100 + Number(part.padEnd(2, '0'));
  if (minor > 1e15) return null;
  return sign === '-' ? -minor : minor;
}

export interface OrderProblems {
  readonly projectMissing: boolean;
  readonly statusMissing: boolean;
  readonly sum: boolean;
  readonly currency: boolean;
  readonly fields: ReadonlyMap<string, 'fieldRequired' | 'fieldMalformed'>;
}

export function problemsOf(draft: OrderDraft, defined: readonly CustomField[]): OrderProblems {
  const hasSum = draft.sum.trim() !== '';
  const currency = draft.currency.trim();
  return {
    projectMissing: draft.projectId === null,
    statusMissing: draft.statusId === null,
    sum: hasSum && minorOf(draft.sum) === null,
    currency: hasSum ? !/^[A-Za-z]{3}$/.test(currency) : currency !== '' && !/^[A-Za-z]{3}$/.test(currency),
    fields: new Map(
      defined.flatMap((field): [string, 'fieldRequired' | 'fieldMalformed'][] => {
        const typed = draft.fields[field.key]?.trim() ?? '';
        if (typed === '') return field.required ? [[field.key, 'fieldRequired']] : [];
        const isNumber = Number.isFinite(Number(typed.replace(',', '.')));
        return field.type === 'number' && !isNumber ? [[field.key, 'fieldMalformed']] : [];
      }),
    ),
  };
}

export function isFine(problems: OrderProblems): boolean {
  const { projectMissing, statusMissing, sum, currency, fields } = problems;
  return !projectMissing && !statusMissing && !sum && !currency && fields.size === 0;
}

/** @param draft without problems */
export function contentOf(
  draft: OrderDraft,
  recordId: RecordId,
  projectId: ProjectId,
  statusId: OrderStatusId,
  defined: readonly CustomField[],
): OrderContent {
  const sumMinor = draft.sum.trim() === '' ? null : minorOf(draft.sum);
  const values = defined.flatMap(({ key, type }): [string, string | number | boolean][] => {
    const typed = draft.fields[key]?.trim() ?? '';
    if (typed === '') return [];
    if (type === 'number') return [[key, Number(typed.replace(',', '.'))]];
    return [[key, type === 'yesNo' ? typed === 'yes' : typed]];
  });
  return {
    ...{ recordId, projectId, statusId, sumMinor },
    externalId: draft.externalId.trim() || null,
    goods: draft.goods.trim(),
    currency: sumMinor === null ? '' : draft.currency.trim().toUpperCase(),
    delivery: draft.delivery.trim(),
    fields: Object.fromEntries(values),
    timeZone: draft.timeZone.trim() || null,
  };
}
