// The fields of a record, for changing one and for writing a new one: kind and project, names, numbers, e-mails, address,
// owner, tags, the project's own fields. Control and Enter save; Escape asks before it takes typed text away.
import { Select, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomField } from '#shared/domain/call-form.ts';
import type { FieldProblem } from '#shared/domain/call-form-view.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import type { FormField } from '#shared/domain/form-fields.ts';
import { projectId } from '#shared/domain/ids.ts';
import type { RecordChanges } from '#shared/domain/record.ts';
import type { NewRecordDraft } from '#shared/domain/record-draft.ts';
import { useLive } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconCheck } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { RecordFields } from '../../parts/record-fields.tsx';
import { valueShown } from '../../parts/record-values.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { EmailLines, NumberLines } from './line-fields.tsx';
import { OwnerField } from './owner-field.tsx';
import styles from './record-form.module.css';
import { fieldGroups } from './record-form-fields.ts';

export interface RecordFormProps {
  readonly draft: NewRecordDraft;
  /** Those of the draft's project. */
  readonly customFields: readonly CustomField[];
  /** What cannot be saved as it was typed; said at its field. */
  readonly problems: readonly FieldProblem[];
  /** Something was typed that is not saved. */
  readonly typed: boolean;
  readonly saveWord: string;
  /** Why it cannot be saved as it is; null where it can. */
  readonly problem: string | null;
  readonly running: boolean;
  readonly refusal: string | null;
  onChange(changed: Partial<NewRecordDraft>): void;
  onSave(): void;
  onCancel(): void;
}

export function RecordForm(props: RecordFormProps) {
  const { draft, customFields, problems, typed, problem, running } = props;
  const { values } = draft;
  const { t } = useTranslation('records');
  const { t: common, i18n } = useTranslation();
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  const [tries, setTries] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), []);
  const cancel = () => (typed ? setAsksToDiscard(true) : props.onCancel());
  const save = () => {
    setTries(tries + 1);
    if (problem === null && problems.length === 0 && !running) props.onSave();
  };
  useEffect(() => {
    // What is wrong may stand far above the button.
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);
  const onValues = (changes: RecordChanges) => props.onChange({ values: { ...values, ...changes } });
  const groups = fieldGroups(values.kind, customFields);
  const shown = (field: string) => valueShown(values, field, groups.all, i18n.language);
  const fields = (of: readonly FormField[]) =>
    of.length > 0 && (
      <RecordFields
        fields={of}
        valueOf={(field) => draft.typed[field] ?? shown(field)}
        problems={problems}
        showMissing={tries > 0}
        onChange={(field, text) => {
          const { [field]: _before, ...others } = draft.typed;
          props.onChange({ typed: text === shown(field) ? others : { ...others, [field]: text } });
        }}
      />
    );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
    else if (event.key === 'Escape') cancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={onKeyDown}
    >
      {fields(groups.names)}
      <NumberLines numbers={values.numbers} onChange={(numbers) => onValues({ numbers })} />
      <EmailLines emails={values.emails} onChange={(emails) => onValues({ emails })} />
      {fields(groups.address)}
      <BelongsTo values={values} onChange={onValues} />
      {fields(groups.own)}
      {fields(groups.description)}
      {tries > 0 && problem !== null && <Notice tone="bad">{problem}</Notice>}
      <RefusalNotice before="records" reason={props.refusal} />
      <div className={styles.foot}>
        {asksToDiscard ? (
          <Notice
            tone="warn"
            title={t('record.unsavedTitle')}
            actions={
              <>
                <Button size="small" tone="stop" onClick={props.onCancel}>
                  {t('record.discard')}
                </Button>
                <Button size="small" autoFocus onClick={() => setAsksToDiscard(false)}>
                  {t('record.keep')}
                </Button>
              </>
            }
          >
            {t('record.unsaved')}
          </Notice>
        ) : (
          <div className={styles.buttons}>
            <Button
              type="submit"
              tone="accent"
              icon={IconCheck}
              keys={`${common('keys.ctrl')} ${common('keys.enter')}`}
              shortcut="Control+Enter"
              disabled={running}
            >
              {props.saveWord}
            </Button>
            <Button tone="plain" onClick={cancel}>
              {t('record.cancel')}
            </Button>
          </div>
        )}
      </div>
    </form>
  );
}

interface BelongsToProps {
  readonly values: NewRecordDraft['values'];
  onChange(changes: RecordChanges): void;
}

function BelongsTo({ values, onChange }: BelongsToProps) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const session = useLive('session');
  const projects = session.state === 'signedIn' ? session.projects : [];
  const [tagText, setTagText] = useState(values.tags.join(', '));
  return (
    <>
      <div className={styles.two}>
        <Select
          label={t('record.kind')}
          value={values.kind}
          data={recordKind.options.map((kind) => ({ value: kind, label: common(`recordKind.${kind}`) }))}
          onChange={(chosen) => onChange({ kind: recordKind.parse(chosen) })}
        />
        <Select
          label={t('record.project')}
          value={values.projectId ?? ''}
          data={[
            { value: '', label: t('record.noProject') },
            ...projects.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(chosen) => onChange({ projectId: chosen ? projectId.parse(chosen) : null })}
        />
      </div>
      <div className={styles.two}>
        <OwnerField ownerId={values.ownerId} onChange={(ownerId) => onChange({ ownerId })} />
        <TextInput
          label={t('record.tags')}
          placeholder={t('record.tagsHint')}
          maxLength={2_000}
          autoComplete="off"
          value={tagText}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTagText(text);
            onChange({
              tags: text
                .split(',')
                .map((tag) => tag.trim().slice(0, 100))
                .filter((tag) => tag !== '')
                .slice(0, 100),
            });
          }}
        />
      </div>
    </>
  );
}
