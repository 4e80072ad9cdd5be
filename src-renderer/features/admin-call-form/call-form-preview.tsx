// The form as an agent will see it for a number that nobody has yet, to be tried; nothing that is typed here is kept.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallForm } from '#shared/domain/call-form.ts';
import { fieldsOf } from '#shared/domain/form-fields.ts';
import { EditorPreview } from '../../parts/editor-page.tsx';
import { Notice } from '../../parts/notice.tsx';
import { RecordFields } from '../../parts/record-fields.tsx';
import styles from './call-form.module.css';

/** From the range that Ofcom keeps for drama: it will never be anybody's. */
const sampleNumber = '020 7946 0123';

export function CallFormPreview({ form }: { readonly form: CallForm }) {
  const { t } = useTranslation('admin');
  const { t: tForm } = useTranslation('form');
  const { t: tAll } = useTranslation();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const kind = form.creates ?? 'contact';
  const when = form.opens === 'never' ? t('callForm.previewNever') : t(`callForm.preview.${form.opens}`);
  return (
    <EditorPreview title={t('callForm.previewTitle')} hint={when}>
      <div className={styles.sheet}>
        <h3 className={styles.sheetTitle}>
          {tForm('title.inboundKind', { number: sampleNumber, kind: tAll(`recordKind.${kind}`) })}
        </h3>
        {form.greeting !== '' && <Notice title={tForm('greeting')}>{form.greeting}</Notice>}
        <h4 className={styles.aboutTitle}>{tForm(`about.${kind}`)}</h4>
        <RecordFields
          fields={fieldsOf(form, kind)}
          valueOf={(field) => typed[field] ?? (field === 'number' ? sampleNumber : '')}
          problems={[]}
          showMissing={false}
          onChange={(field, text) => setTyped((before) => ({ ...before, [field]: text }))}
        />
      </div>
    </EditorPreview>
  );
}
