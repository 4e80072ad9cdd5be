// FORM-3 and FORM-7: the second section, about the record that Save makes or keeps: its kind, its project, its fields.
import { Select } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { creatableKind, usualCallForm } from '#shared/domain/call-form.ts';
import type { CallFormView } from '#shared/domain/call-form-view.ts';
import { customKey, fieldsOf, orphanedIn } from '#shared/domain/form-fields.ts';
import type { ProjectId, RecordId } from '#shared/domain/ids.ts';
import { type RecordContent, recordName } from '#shared/domain/record.ts';
import { useClient, useLive, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { OpenRecordButton } from '../../parts/open-record.tsx';
import { RecordFields } from '../../parts/record-fields.tsx';
import { valueShown } from '../../parts/record-values.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './call-form.module.css';
import type { FormCall, FormDraftControl } from './form-call.ts';
import { shortened } from './shortened.ts';
import { type Target, withTyped } from './typed-fields.ts';

export interface AboutRecordProps {
  readonly call: FormCall;
  readonly form: CallFormView;
  readonly control: FormDraftControl;
  readonly showMissing: boolean;
}

export function AboutRecord(props: AboutRecordProps) {
  const { t } = useTranslation('form');
  const { form, control } = props;
  if (form.does === 'keeps' && form.contact)
    return <KeptRecord key={form.contact.recordId} {...props} recordId={form.contact.recordId} />;
  if (form.does === 'creates' && form.creates) return <NewRecord {...props} kind={form.creates} />;
  return (
    <p className={styles.nothing}>
      {t('about.nothing')}{' '}
      <Button tone="plain" size="small" onClick={() => control.change({ contact: { choice: 'new' } })}>
        {t('about.createAfterAll')}
      </Button>
    </p>
  );
}

function useFormOf(projectId: ProjectId | null) {
  const forms = useLive('callForms');
  return forms.find((each) => each.projectId === projectId)?.form ?? usualCallForm;
}

function NewRecord({
  call,
  form,
  control,
  showMissing,
  kind,
}: AboutRecordProps & { readonly kind: NonNullable<CallFormView['creates']> }) {
  const { t } = useTranslation('form');
  const { t: common } = useTranslation();
  const session = useLive('session');
  const projects = session.state === 'signedIn' ? session.projects : [];
  const { projectId } = form;
  const given = (field: string) =>
    field === 'number' && call.remote.number !== null ? call.remote.display || call.remote.number : '';
  return (
    <section className={styles.section} aria-label={t(`about.${kind}`)}>
      <h3 className={styles.heading}>{t(`about.${kind}`)}</h3>
      <div className={styles.two}>
        <Select
          label={t('about.kind')}
          value={kind}
          data={creatableKind.options.map((each) => ({ value: each, label: common(`recordKind.${each}`) }))}
          onChange={(chosen) => {
            const read = creatableKind.safeParse(chosen);
            if (read.success) control.change({ kind: read.data });
          }}
        />
        <Select
          label={t('about.project')}
          value={projectId ?? ''}
          data={[
            ...projects.map(({ id, name }) => ({ value: id as string, label: name })),
            { value: '', label: t('about.noProject') },
          ]}
          onChange={(chosen) =>
            control.change({
              project: { projectId: projects.find(({ id }) => id === chosen)?.id ?? null },
              // The kind is that project's to say again.
              kind: null,
            })
          }
        />
      </div>
      <Fields
        target="new"
        content={null}
        given={given}
        kind={kind}
        form={form}
        control={control}
        showMissing={showMissing}
      />
    </section>
  );
}

function KeptRecord({
  form,
  control,
  showMissing,
  recordId,
}: AboutRecordProps & { readonly recordId: RecordId }) {
  const { t } = useTranslation('form');
  const client = useClient();
  const page = useAsked(useCallback(() => client.call('records.get', { recordId }), [client, recordId]));
  useMainEvent('records.changed', ({ recordIds }) => {
    if (recordIds === null || recordIds.includes(recordId)) page.again();
  });
  const record = page.answer?.record;
  const kind = record?.kind ?? form.contact?.kind ?? 'contact';
  const title = t(`about.${kind}`);
  const changed = Object.keys(control.draft.typed[recordId] ?? {}).length > 0;
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.headingLine}>
        <h3 className={styles.heading}>{title}</h3>
        <OpenRecordButton recordId={recordId} />
      </div>
      <RefusalNotice before="records" reason={page.refusal} />
      {record ? (
        <Fields
          target={recordId}
          content={record}
          given={() => ''}
          kind={kind}
          form={form}
          control={control}
          showMissing={showMissing}
        />
      ) : (
        <p className={styles.nothing}>{t('about.loading')}</p>
      )}
      {record && changed && (
        <p className={styles.hint}>
          {t('about.changed', { name: shortened(recordName(record) || (form.contact?.name ?? '')) })}
        </p>
      )}
    </section>
  );
}

interface FieldsProps extends Omit<AboutRecordProps, 'call'> {
  readonly target: Target;
  /** Null for a record that is to be made. */
  readonly content: RecordContent | null;
  /** What a new record has already. */
  given(field: string): string;
  readonly kind: RecordContent['kind'];
}

function Fields({ target, content, given, kind, form, control, showMissing }: FieldsProps) {
  const { t, i18n } = useTranslation('form');
  const settings = useFormOf(form.projectId);
  const { draft } = control;
  const typed = draft.typed[target] ?? {};
  const fields = fieldsOf(settings, kind);
  const shown = (field: string) =>
    content ? valueShown(content, field, fields, i18n.language, form.numberAt) : given(field);
  const orphaned = orphanedIn(typed, settings);
  return (
    <>
      <RecordFields
        fields={fields}
        valueOf={(field) => typed[field] ?? shown(field)}
        problems={form.problems}
        showMissing={showMissing}
        onChange={(field, text) => control.change(withTyped(draft, target, field, text, shown(field)))}
      />
      {orphaned.length > 0 && (
        <Notice>
          {t('about.orphaned', { count: orphaned.length, fields: orphaned.map(customKey).join(', ') })}
        </Notice>
      )}
    </>
  );
}
