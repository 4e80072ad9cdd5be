// A call form's settings in words, for what two supervisors have changed at the same time.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnRow } from '../../parts/custom-field-rows.ts';
import type { BuiltInRow, FormDraft } from './form-draft.ts';

export interface DraftWords {
  label(field: keyof FormDraft & string): string;
  show(field: keyof FormDraft & string, value: FormDraft[keyof FormDraft]): ReactNode;
}

export function useDraftWords(): DraftWords {
  const { t } = useTranslation('admin');
  const { t: tForm } = useTranslation('form');
  const { t: tAll } = useTranslation();
  const ticked = (name: string, required: boolean) =>
    required ? `${name} (${t('callForm.required')})` : name;
  return {
    label(field) {
      if (field === 'builtIn') return t('callForm.fields');
      return t(field === 'own' ? 'callForm.ownFields' : `callForm.${field}`);
    },
    show(field, value) {
      switch (field) {
        case 'opens':
        case 'opensInternal':
          return t(`callForm.when.${value as FormDraft['opens']}`);
        case 'creates': {
          const kind = value as FormDraft['creates'];
          return kind === null ? t('callForm.createsForEverybody') : tAll(`recordKind.${kind}`);
        }
        case 'greeting':
          return (value as string) || t('common.none');
        case 'builtIn':
          return (value as readonly BuiltInRow[])
            .filter(({ shown }) => shown)
            .map((row) => <div key={row.field}>{ticked(tForm(`field.${row.field}`), row.required)}</div>);
        case 'own':
          return (value as readonly OwnRow[]).map((row) => (
            <div key={row.rowKey}>{ticked(row.label, row.required)}</div>
          ));
      }
    },
  };
}
