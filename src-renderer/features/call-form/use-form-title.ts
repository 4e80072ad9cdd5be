// FORM-1: "Incoming call: <number>", and in brackets the kind that Save creates, where it creates one.
import { useTranslation } from 'react-i18next';
import type { CallFormView } from '#shared/domain/call-form-view.ts';
import type { FormCall } from './form-call.ts';

/** Returns the way to put a form's title into words. */
export function useFormTitle(): (call: FormCall, form: CallFormView) => string {
  const { t } = useTranslation('form');
  const { t: common } = useTranslation();
  return ({ direction, remote }, { creates }) => {
    const number =
      remote.withheld || remote.number === null ? t('title.withheld') : remote.display || remote.number;
    return creates === null
      ? t(`title.${direction}`, { number })
      : t(`title.${direction}Kind`, { number, kind: common(`recordKind.${creates}`) });
  };
}
