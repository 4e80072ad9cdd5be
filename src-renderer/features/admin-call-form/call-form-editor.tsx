// One project's call form: when it opens, what it creates, its greeting and fields, edited and saved as a whole, beside
// its preview. Where two supervisors edit it at the same time, the second decides what both have changed.
import { Select, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VersionedCallForm } from '#shared/admin/records-contract.ts';
import { type CreatableKind, creatableKind, type FormOpens, formOpens } from '#shared/domain/call-form.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { problemsOf } from '../../parts/custom-field-rows.ts';
import { CustomFieldsEditor } from '../../parts/custom-fields-editor.tsx';
import { EditorFields, EditorPage, EditorSection } from '../../parts/editor-page.tsx';
import type { EditedOfProject } from '../../parts/project-page.tsx';
import { useVersionedEdit } from '../../parts/use-versioned-edit.ts';
import { BuiltInFields } from './built-in-fields.tsx';
import styles from './call-form.module.css';
import { CallFormPreview } from './call-form-preview.tsx';
import { draftOf, type FormDraft, formOf } from './form-draft.ts';
import { useDraftWords } from './use-draft-words.tsx';

/** Stands for null: a contact that belongs to no project. */
const forEverybody = 'everybody';

function draftOfLatest({ form }: VersionedCallForm): FormDraft {
  return draftOf(form);
}

export function CallFormEditor(props: EditedOfProject<VersionedCallForm>) {
  const { project, latest, source, onTyped } = props;
  const { t } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  const words = useDraftWords();
  const command = useCommand('admin.callForms.set');
  const { edit, set, save, discard } = useVersionedEdit({ latest, draftOf: draftOfLatest, command, source });
  const { values } = edit;
  const problems = problemsOf(values.own);
  const taken = latest.form.customFields.map(({ key }) => key);

  const opens = (field: 'opens' | 'opensInternal') => (
    <Select
      label={t(`callForm.${field}`)}
      description={t(`callForm.${field}Hint`)}
      allowDeselect={false}
      data={formOpens.options.map((each) => ({ value: each, label: t(`callForm.when.${each}`) }))}
      value={values[field]}
      onChange={(when) => when !== null && set(field, when as FormOpens)}
    />
  );
  return (
    <EditorPage
      edit={edit}
      label={words.label}
      show={words.show}
      problems={problems.size}
      running={command.running}
      refusal={command.refusal}
      onTyped={onTyped}
      onSave={() => save({ projectId: project.id, version: edit.version, form: formOf(values, taken) })}
      onDiscard={discard}
      preview={<CallFormPreview form={formOf(values, taken)} />}
    >
      <EditorSection title={t('callForm.opensTitle')}>
        <EditorFields>
          {opens('opens')}
          {opens('opensInternal')}
          <Select
            label={t('callForm.creates')}
            description={t('callForm.createsHint')}
            allowDeselect={false}
            data={[
              ...creatableKind.options.map((kind) => ({
                value: kind,
                label: tAll(`recordKind.${kind}`),
              })),
              { value: forEverybody, label: t('callForm.createsForEverybody') },
            ]}
            value={values.creates ?? forEverybody}
            onChange={(kind) =>
              kind !== null && set('creates', kind === forEverybody ? null : (kind as CreatableKind))
            }
          />
        </EditorFields>
        <Textarea
          className={styles.greeting}
          label={t('callForm.greeting')}
          description={t('callForm.greetingHint')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2_000}
          value={values.greeting}
          onChange={(event) => set('greeting', event.currentTarget.value)}
        />
      </EditorSection>
      <EditorSection title={t('callForm.fields')} hint={t('callForm.fieldsHint')}>
        <BuiltInFields rows={values.builtIn} onChange={(rows) => set('builtIn', rows)} />
      </EditorSection>
      <EditorSection title={t('callForm.ownFields')} hint={t('callForm.ownFieldsHint')}>
        <CustomFieldsEditor rows={values.own} problems={problems} onChange={(rows) => set('own', rows)} />
      </EditorSection>
    </EditorPage>
  );
}
