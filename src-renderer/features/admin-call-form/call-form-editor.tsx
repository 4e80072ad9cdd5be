// One project's call form: when it opens, what it creates, its greeting and fields, edited and saved as a whole, beside
// its preview. Where two supervisors edit it at the same time, the second decides what both have changed.
import { Select, Textarea } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { VersionedCallForm } from '#shared/admin/records-contract.ts';
import { type CreatableKind, creatableKind, type FormOpens, formOpens } from '#shared/domain/call-form.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import type { Versioned } from '../../client/use-versioned.ts';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.tsx';
import { LiveAnnouncement } from '../../parts/live-announcement.tsx';
import { SaveLine } from '../../parts/save-line.tsx';
import { useEdit } from '../../parts/use-edit.ts';
import { BuiltInFields } from './built-in-fields.tsx';
import styles from './call-form.module.css';
import { CallFormPreview } from './call-form-preview.tsx';
import { draftOf, type FormDraft, formOf, problemsOf } from './form-draft.ts';
import { OwnFields } from './own-fields.tsx';
import { useDraftWords } from './use-draft-words.tsx';

export interface CallFormEditorProps {
  readonly project: AdminProject;
  readonly latest: VersionedCallForm;
  readonly source: Pick<Versioned<VersionedCallForm>, 'again' | 'put'>;
  onTyped(typed: boolean): void;
}

/** Stands for null: a contact that belongs to no project. */
const forEverybody = 'everybody';

export function CallFormEditor({ project, latest, source, onTyped }: CallFormEditorProps) {
  const { t } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  const words = useDraftWords();
  const command = useCommand('admin.callForms.set');
  const draft = useMemo(() => draftOf(latest.form), [latest]);
  const edit = useEdit<FormDraft>(draft, latest.version);
  const [saved, setSaved] = useState(false);
  const [moved, setMoved] = useState('');
  const { values, typed } = edit;
  const problems = problemsOf(values.own);
  const taken = latest.form.customFields.map(({ key }) => key);

  const tellTyped = useRef(onTyped);
  useEffect(() => {
    tellTyped.current = onTyped;
  });
  useEffect(() => tellTyped.current(typed), [typed]);

  const set = <F extends keyof FormDraft & string>(field: F, value: FormDraft[F]) => {
    command.forget();
    edit.set(field, value);
  };
  const told = (name: string, place: number, count: number) =>
    setMoved(t('reorder.moved', { name, place, count }));
  const save = async () => {
    const answer = await command.run({
      projectId: project.id,
      version: edit.version,
      form: formOf(values, taken),
    });
    if (!answer) return source.again();
    source.put(answer);
    edit.saved(draftOf(answer.form), answer.version);
    setSaved(true);
  };
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
    <div className={styles.page}>
      <div className={styles.columns}>
        <div className={styles.editor}>
          <ChangedMeanwhile edit={edit} label={words.label} show={words.show} />
          <section aria-labelledby="form-opens">
            <h2 id="form-opens" className={styles.title}>
              {t('callForm.opensTitle')}
            </h2>
            <div className={styles.settings}>
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
            </div>
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
          </section>
          <section aria-labelledby="form-fields">
            <h2 id="form-fields" className={styles.title}>
              {t('callForm.fields')}
            </h2>
            <p className={styles.hint}>{t('callForm.fieldsHint')}</p>
            <BuiltInFields rows={values.builtIn} onChange={(rows) => set('builtIn', rows)} onMoved={told} />
          </section>
          <section aria-labelledby="form-own-fields">
            <h2 id="form-own-fields" className={styles.title}>
              {t('callForm.ownFields')}
            </h2>
            <p className={styles.hint}>{t('callForm.ownFieldsHint')}</p>
            <OwnFields
              rows={values.own}
              problems={problems}
              onChange={(rows) => set('own', rows)}
              onMoved={told}
            />
          </section>
        </div>
        <CallFormPreview form={formOf(values, taken)} />
      </div>
      <SaveLine
        typed={typed}
        inTheWay={problems.size + edit.conflicts.length > 0}
        saved={saved}
        running={command.running}
        refusal={command.refusal}
        onSave={() => void save()}
        onDiscard={() => {
          command.forget();
          edit.saved(draft, latest.version);
        }}
      />
      <LiveAnnouncement text={moved} />
    </div>
  );
}
