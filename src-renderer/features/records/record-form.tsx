// The fields of a record, for changing one and for writing a new one: kind and project, names, numbers, e-mails, address,
// owner, tags, the project's own fields. Control and Enter save; Escape asks before it takes typed text away.
import { Select, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordKind } from '#shared/domain/disposition.ts';
import { projectId } from '#shared/domain/ids.ts';
import type { RecordChanges, RecordContent } from '#shared/domain/record.ts';
import { useLive } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconCheck } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { CustomFields } from './custom-fields.tsx';
import { EmailLines, NumberLines } from './line-fields.tsx';
import { OwnerField } from './owner-field.tsx';
import styles from './record-form.module.css';
import { useCustomFields } from './use-custom-fields.ts';

export interface RecordFormProps {
  readonly values: RecordContent;
  /** Something was typed that is not saved. */
  readonly typed: boolean;
  readonly saveWord: string;
  /** Why it cannot be saved as it is; null where it can. */
  readonly problem: string | null;
  readonly running: boolean;
  readonly refusal: string | null;
  onChange(changes: RecordChanges): void;
  onSave(): void;
  onCancel(): void;
}

export function RecordForm(props: RecordFormProps) {
  const { values, typed, problem, running, onChange } = props;
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-first]')?.focus(), []);
  const cancel = () => (typed ? setAsksToDiscard(true) : props.onCancel());
  const save = () => {
    setTried(true);
    if (problem === null && !running) props.onSave();
  };
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
      <NameFields values={values} onChange={onChange} />
      <NumberLines numbers={values.numbers} onChange={(numbers) => onChange({ numbers })} />
      <EmailLines emails={values.emails} onChange={(emails) => onChange({ emails })} />
      <AddressFields values={values} onChange={onChange} />
      <BelongsTo values={values} onChange={onChange} />
      <CustomFields
        fields={useCustomFields(values.projectId)}
        values={values.fields}
        onChange={(fields) => onChange({ fields })}
      />
      <Textarea
        label={t('record.description')}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={100_000}
        value={values.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      {tried && problem !== null && <Notice tone="bad">{problem}</Notice>}
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

interface PartProps {
  readonly values: RecordContent;
  onChange(changes: RecordChanges): void;
}

function NameFields({ values, onChange }: PartProps) {
  const { t } = useTranslation('records');
  const person = (
    <div className={styles.two}>
      {(['firstName', 'lastName'] as const).map((field, at) => (
        <TextInput
          key={field}
          label={t(`record.${field}`)}
          data-first={at === 0 && values.kind !== 'company' ? true : undefined}
          maxLength={10_000}
          autoComplete="off"
          value={values[field]}
          onChange={(event) => onChange({ [field]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
  const company = (
    <TextInput
      label={t('record.companyName')}
      data-first={values.kind === 'company' ? true : undefined}
      maxLength={10_000}
      autoComplete="off"
      value={values.companyName}
      onChange={(event) => onChange({ companyName: event.currentTarget.value })}
    />
  );
  return values.kind === 'company' ? (
    <>
      {company}
      {person}
    </>
  ) : (
    <>
      {person}
      {company}
    </>
  );
}

function AddressFields({ values, onChange }: PartProps) {
  const { t } = useTranslation('records');
  const field = (name: 'street' | 'houseNumber' | 'zipCode' | 'city' | 'country', maxLength: number) => (
    <TextInput
      label={t(`record.${name}`)}
      maxLength={maxLength}
      autoComplete="off"
      value={values[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <div className={styles.wideNarrow}>
        {field('street', 500)}
        {field('houseNumber', 50)}
      </div>
      <div className={styles.narrowWide}>
        {field('zipCode', 50)}
        {field('city', 200)}
      </div>
      {field('country', 100)}
    </>
  );
}

function BelongsTo({ values, onChange }: PartProps) {
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
