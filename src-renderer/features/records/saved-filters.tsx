// Filters that were given a name: applied, renamed, removed, and the one that is set now kept under a name.
import { Popover, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedFilter } from '#shared/desktop/records-contract.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { IconBookmark, IconPencil, IconTrash } from '../../parts/icons.ts';
import type { ListControl } from './list-state.ts';
import styles from './list-tools.module.css';
import { ToolButton } from './tool-button.tsx';
import type { ListSettingsControl } from './use-list-settings.ts';

const mostFilters = 50;

interface SavedFiltersProps {
  readonly control: ListControl;
  readonly settings: ListSettingsControl;
}

export function SavedFilters({ control, settings }: SavedFiltersProps) {
  const { t } = useTranslation('records');
  const [opened, setOpened] = useState(false);
  const filters = settings.settings?.filters;
  if (!filters) return null;
  return (
    <Popover opened={opened} onChange={setOpened} width={300} position="bottom-end" trapFocus>
      <Popover.Target>
        <ToolButton
          icon={IconBookmark}
          word={t('saved.button')}
          label={t('saved.button')}
          onClick={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('saved.title')}>
        <h2 className={styles.dropdownTitle}>{t('saved.title')}</h2>
        {filters.length === 0 && <p className={styles.hint}>{t('saved.none')}</p>}
        <ul className={styles.savedList}>
          {filters.map((saved) => (
            <SavedRow
              key={saved.id}
              saved={saved}
              taken={(name) => filters.some((each) => each.id !== saved.id && each.name === name)}
              onApply={() => {
                control.apply(saved);
                setOpened(false);
              }}
              onRename={(name) =>
                settings.change({
                  filters: filters.map((each) => (each.id === saved.id ? { ...each, name } : each)),
                })
              }
              onRemove={() => settings.change({ filters: filters.filter((each) => each.id !== saved.id) })}
            />
          ))}
        </ul>
        {filters.length >= mostFilters ? (
          <p className={styles.hint}>{t('saved.full')}</p>
        ) : (
          <NameForm
            label={t('saved.name')}
            word={t('saved.save')}
            first=""
            taken={(name) => filters.some((each) => each.name === name)}
            onDone={(name) => {
              const { filter, sort } = control;
              settings.change({ filters: [...filters, { id: crypto.randomUUID(), name, filter, sort }] });
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface SavedRowProps {
  readonly saved: SavedFilter;
  taken(name: string): boolean;
  onApply(): void;
  onRename(name: string): void;
  onRemove(): void;
}

function SavedRow({ saved, taken, onApply, onRename, onRemove }: SavedRowProps) {
  const { t } = useTranslation('records');
  const [renaming, setRenaming] = useState(false);
  const { name } = saved;
  if (renaming) {
    return (
      <li>
        <NameForm
          label={t('saved.renameField')}
          word={t('saved.renameDone')}
          first={name}
          taken={taken}
          onDone={(next) => {
            onRename(next);
            setRenaming(false);
          }}
        />
      </li>
    );
  }
  return (
    <li className={styles.saved}>
      <button type="button" className={styles.savedName} title={t('saved.apply', { name })} onClick={onApply}>
        {name}
      </button>
      <IconButton
        icon={IconPencil}
        size="small"
        label={t('saved.rename', { name })}
        onClick={() => setRenaming(true)}
      />
      <IconButton icon={IconTrash} size="small" label={t('saved.remove', { name })} onClick={onRemove} />
    </li>
  );
}

interface NameFormProps {
  readonly label: string;
  readonly word: string;
  readonly first: string;
  taken(name: string): boolean;
  onDone(name: string): void;
}

function NameForm({ label, word, first, taken, onDone }: NameFormProps) {
  const { t } = useTranslation('records');
  const [name, setName] = useState(first);
  const given = name.trim();
  const isTaken = taken(given);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (given === '' || isTaken) return;
    onDone(given);
    setName('');
  };
  return (
    <form className={styles.nameForm} onSubmit={submit}>
      <TextInput
        label={label}
        maxLength={60}
        value={name}
        error={isTaken ? t('saved.taken') : null}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={given === '' || isTaken}>
        {word}
      </Button>
    </form>
  );
}
