// Picks people out of all there are, thousands where need be: search, arrow keys, Space or a click. The chosen stand
// first when it is opened, and stay where they are while one picks.
// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus, and says which option is active
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the list has the keys
// biome-ignore-all lint/a11y/useSemanticElements: a group of two fields within a form's own fieldset
import { TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { IconCheck, IconSearch } from './icons.ts';
import styles from './people-picker.module.css';
import { matches } from './sort-rows.ts';

export interface PickablePerson {
  readonly id: string;
  readonly name: string;
  /** Extension, team: what tells two of the same name apart. */
  readonly detail: string;
}

export interface PeoplePickerProps<P extends PickablePerson> {
  readonly label: string;
  readonly people: readonly P[];
  readonly chosen: readonly P['id'][];
  onChange(chosen: P['id'][]): void;
  readonly disabled?: boolean;
}

const rowHeightPx = 32;

export function PeoplePicker<P extends PickablePerson>(props: PeoplePickerProps<P>) {
  const { label, people, chosen, disabled = false } = props;
  const { t, i18n } = useTranslation('admin');
  const id = useId();
  const [search, setSearch] = useState('');
  const [chosenOnly, setChosenOnly] = useState(false);
  const [first] = useState(() => new Set(chosen));
  const [activeAt, setActiveAt] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const isChosen = useMemo(() => new Set(chosen), [chosen]);

  const ordered = useMemo(() => {
    const collator = new Intl.Collator(i18n.language, { sensitivity: 'base' });
    return [...people].sort(
      (a, b) => Number(first.has(b.id)) - Number(first.has(a.id)) || collator.compare(a.name, b.name),
    );
  }, [people, first, i18n.language]);
  const shown = ordered.filter(
    (person) => (!chosenOnly || isChosen.has(person.id)) && matches(search, [person.name, person.detail]),
  );
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const active = shown[Math.min(activeAt, shown.length - 1)];

  const toggle = (person: P) => {
    if (disabled) return;
    // Kept in the order in which they were chosen, so that taking one away and giving it back is no change.
    props.onChange(
      isChosen.has(person.id) ? chosen.filter((each) => each !== person.id) : [...chosen, person.id],
    );
  };
  const goTo = (index: number) => {
    const at = Math.max(0, Math.min(shown.length - 1, index));
    setActiveAt(at);
    virtual.scrollToIndex(at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') goTo(activeAt + 1);
    else if (event.key === 'ArrowUp') goTo(activeAt - 1);
    else if (event.key === 'Home') goTo(0);
    else if (event.key === 'End') goTo(shown.length - 1);
    else if ((event.key === ' ' || event.key === 'Enter') && active) toggle(active);
    else return;
    event.preventDefault();
  };
  const optionId = (person: P) => `${id}-${person.id}`;
  return (
    <div className={styles.picker} role="group" aria-label={label}>
      <div className={styles.tools}>
        <TextInput
          type="search"
          className={styles.search}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
          aria-label={`${label}: ${t('picker.search')}`}
          placeholder={t('picker.search')}
          maxLength={200}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setActiveAt(0);
          }}
          onKeyDown={(event) => {
            // Enter takes the one that was found, rather than saving the form around it.
            if (event.key === 'Enter') {
              if (search !== '' && active) toggle(active);
            } else if (event.key === 'ArrowDown') scroller.current?.focus();
            else return;
            event.preventDefault();
          }}
        />
        <Button size="small" aria-pressed={chosenOnly} onClick={() => setChosenOnly(!chosenOnly)}>
          {t('picker.chosen', { count: chosen.length })}
        </Button>
      </div>
      <div
        ref={scroller}
        className={styles.list}
        role="listbox"
        aria-multiselectable="true"
        aria-label={label}
        aria-activedescendant={
          active && items.some((item) => shown[item.index] === active) ? optionId(active) : undefined
        }
        aria-disabled={disabled || undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {shown.length === 0 && (
          <div role="option" aria-selected="false" aria-disabled="true" className={styles.none}>
            {t('picker.none')}
          </div>
        )}
        <div role="presentation" className={styles.all} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const person = shown[item.index];
            if (!person) return null;
            return (
              <div
                key={person.id}
                id={optionId(person)}
                role="option"
                aria-selected={isChosen.has(person.id)}
                aria-setsize={shown.length}
                aria-posinset={item.index + 1}
                className={styles.person}
                data-active={person === active || undefined}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => {
                  setActiveAt(item.index);
                  toggle(person);
                }}
              >
                <span className={styles.box} aria-hidden="true">
                  {isChosen.has(person.id) && <IconCheck size={12} stroke={3} />}
                </span>
                <span className={styles.name}>{person.name}</span>
                <span className={`oh-figures ${styles.detail}`}>{person.detail}</span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
