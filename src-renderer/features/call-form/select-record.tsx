// FORM-5: a record found by type and name, or created. Inline, so that the call and what was typed stay in sight; Escape
// leads back to the form.
import { Select, TextInput } from '@mantine/core';
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordKind, recordKind } from '#shared/domain/disposition.ts';
import type { ProjectId, RecordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type RecordContent } from '#shared/domain/record.ts';
import { useClient, useCommand } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Chip } from '../../parts/chip.tsx';
import { IconPlus, IconSearch, IconUser, IconX } from '../../parts/icons.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './call-form.module.css';
import { shortened } from './shortened.ts';

export interface SelectRecordProps {
  readonly title: string;
  /** What is created where somebody is. */
  readonly createKind: RecordKind;
  /** Where a new one goes. */
  readonly projectId: ProjectId | null;
  onChosen(recordId: RecordId): void;
  onClose(): void;
}

/** More would be read by nobody. */
const mostShown = 8;

export function SelectRecord({ title, createKind, projectId, onChosen, onClose }: SelectRecordProps) {
  const { t } = useTranslation('form');
  const { t: common } = useTranslation();
  const client = useClient();
  const create = useCommand('records.create');
  const [kind, setKind] = useState<RecordKind | null>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const found = useAsked(
    useCallback(
      () =>
        client.call('records.list', {
          filter: { text, kinds: kind === null ? [] : [kind], projectId: null, ownerId: null, tag: null },
          sort: { by: text.trim() === '' ? 'lastCallAt' : 'name', descending: text.trim() === '' },
          offset: 0,
          limit: mostShown,
        }),
      [client, text, kind],
    ),
  );
  const rows = found.answer?.rows ?? [];
  const name = text.trim();
  const newKind = kind ?? createKind;
  const active = rows[Math.min(at, rows.length - 1)];
  const createOne = async () => {
    if (name === '' || create.running) return;
    const page = await create.run({ content: named(name, newKind, projectId) });
    if (page) onChosen(page.record.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, rows.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && active) onChosen(active.id);
    else return;
    event.preventDefault();
  };
  return (
    <fieldset
      className={styles.panel}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <div className={styles.headingLine}>
        <h4 className={styles.heading}>{title}</h4>
        <IconButton icon={IconX} size="small" label={t('select.back')} onClick={onClose} />
      </div>
      <div className={styles.search}>
        <Select
          aria-label={t('select.type')}
          value={kind ?? ''}
          data={[
            { value: '', label: t('select.anyType') },
            ...recordKind.options.map((each) => ({ value: each, label: common(`recordKind.${each}`) })),
          ]}
          onChange={(chosen) => {
            const read = recordKind.safeParse(chosen);
            setKind(read.success ? read.data : null);
            setAt(0);
          }}
        />
        <TextInput
          ref={field}
          role="combobox"
          aria-label={t('select.name')}
          aria-expanded={rows.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
          placeholder={t('select.name')}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          dir="auto"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
            create.forget();
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <RefusalNotice before="records" reason={found.refusal ?? create.refusal} />
      <div id={listId} role="listbox" aria-label={t('select.results')} className={styles.results}>
        {rows.map((row) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the keyboard, Enter chooses.
          <div
            key={row.id}
            id={`${listId}-${row.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={row === active}
            className={styles.result}
            onClick={() => onChosen(row.id)}
          >
            <span className={styles.matchName} dir="auto">
              {row.name}
            </span>
            <Chip icon={IconUser}>{common(`recordKind.${row.kind}`)}</Chip>
            <span className={`oh-figures ${styles.quiet}`}>
              {[row.numberShown, row.city].filter(Boolean).join(' · ')}
            </span>
          </div>
        ))}
      </div>
      {found.answer && rows.length === 0 && <p className={styles.hint}>{t('select.none')}</p>}
      {found.answer && found.answer.total > rows.length && <p className={styles.hint}>{t('select.more')}</p>}
      {name !== '' && (
        <Button icon={IconPlus} disabled={create.running} onClick={() => void createOne()}>
          {t('select.create', { name: shortened(name), kind: common(`recordKind.${newKind}`) })}
        </Button>
      )}
    </fieldset>
  );
}

/** A firm has one name; of a person's, the last word is the last name. */
function named(name: string, kind: RecordKind, projectId: ProjectId | null): RecordContent {
  const content: RecordContent = { ...emptyRecordContent, kind, projectId };
  if (kind === 'company') return { ...content, companyName: name };
  const words = name.split(/\s+/);
  return { ...content, firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? name };
}
