// What keeps Save from being done, by the fields' own names. Used beside Save.
import { useTranslation } from 'react-i18next';
import { usualCallForm } from '#shared/domain/call-form.ts';
import type { CallFormView } from '#shared/domain/call-form-view.ts';
import { customKey } from '#shared/domain/form-fields.ts';
import { useLive } from '../../client/desktop-context.tsx';
import type { formEn } from '../../i18n/form/form-en.ts';

type OwnName = keyof typeof formEn.field;

/** Null where nothing does. */
export function useMissingText(form: CallFormView): string | null {
  const { t } = useTranslation('form');
  const forms = useLive('callForms');
  if (form.problems.length === 0) return null;
  const settings = forms.find(({ projectId }) => projectId === form.projectId)?.form ?? usualCallForm;
  const nameOf = (field: string) =>
    field.startsWith('fields.')
      ? (settings.customFields.find(({ key }) => key === customKey(field))?.label ?? customKey(field))
      : t(`field.${field as OwnName}`);
  const wrong = form.problems.filter(({ problem }) => problem !== 'required');
  const named = wrong.length > 0 ? wrong : form.problems;
  const fields = named.map(({ field }) => nameOf(field)).join(', ');
  return t(wrong.length > 0 ? 'invalid' : 'missing', { fields });
}
