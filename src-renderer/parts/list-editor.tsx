// A list that is put together by hand: items with a name of their own, added below, put in order by their handle or with
// Alt and the arrow keys, changed in place, taken away. What an item has besides its name is the page's.
import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './button.tsx';
import { IconPlus, IconX } from './icons.ts';
import styles from './list-editor.module.css';
import { LiveAnnouncement } from './live-announcement.tsx';
import { placed } from './placed.ts';
import { ReorderHandle } from './reorder-handle.tsx';
import { type Reorder, useReorder } from './use-reorder.ts';

/** What an item can ask of its list. */
export interface ListItem<R, P> {
  /** Just added: its name has the keyboard. */
  readonly fresh: boolean;
  /** What is wrong with it; nothing is as long as it is fresh and has no name. */
  readonly problem: P | undefined;
  change(part: Partial<R>): void;
  /** Adds the next one. */
  next(): void;
  remove(): void;
}

export interface ListEditorProps<R, P> {
  readonly label: string;
  readonly rows: readonly R[];
  /** Of a new row what `add.make` was given. */
  rowKey(row: R): string;
  /** As typed. */
  nameOf(row: R): string;
  /** Said of one that has no name. */
  readonly unnamed?: string;
  readonly problems?: ReadonlyMap<string, P>;
  /** Of no use at the moment, such as a field that is not shown. */
  isDimmed?(row: R): boolean;
  /** Sets the columns after the handle, as `grid-template-columns` of all of them. */
  readonly rowClass: string;
  readonly add?: {
    readonly word: string;
    /** Said where there is none. */
    readonly noneText: string;
    readonly most: number;
    make(rowKey: string): R;
  };
  onChange(rows: readonly R[]): void;
  /** The item's cells, after its handle. */
  children(row: R, item: ListItem<R, P>): ReactNode;
}

let made = 0;

export function ListEditor<R, P = never>(props: ListEditorProps<R, P>) {
  const { rows, rowKey, nameOf, add, onChange } = props;
  const { t } = useTranslation('admin');
  const [fresh, setFresh] = useState<string | null>(null);
  const [moved, setMoved] = useState('');
  const placeOf = (key: string) => rows.findIndex((row) => rowKey(row) === key);
  const move = (key: string, to: number) => {
    const row = rows[placeOf(key)];
    if (row === undefined || to < 0 || to >= rows.length) return;
    onChange(placed(rows, placeOf(key), to));
    setMoved(t('reorder.moved', { name: nameOf(row), place: to + 1, count: rows.length }));
  };
  const step = (key: string, by: 1 | -1) => move(key, placeOf(key) + by);
  const reorder = useReorder({ onOver: (dragged, over) => move(dragged, placeOf(over)), onStep: step });
  const full = add !== undefined && rows.length >= add.most;
  const addOne = () => {
    if (!add || full) return;
    made += 1;
    const key = `new ${made}`;
    onChange([...rows, add.make(key)]);
    setFresh(key);
  };
  return (
    <>
      {add && rows.length === 0 && <p className={styles.none}>{add.noneText}</p>}
      <EditedList label={props.label}>
        {rows.map((row) => {
          const key = rowKey(row);
          const name = nameOf(row);
          const isFresh = fresh === key;
          return (
            <ListRow
              key={key}
              itemKey={key}
              name={name.trim() || (props.unnamed ?? '')}
              className={props.rowClass}
              dimmed={props.isDimmed?.(row) === true}
              reorder={reorder}
              onStep={(by) => step(key, by)}
            >
              {props.children(row, {
                fresh: isFresh,
                problem: isFresh && name === '' ? undefined : props.problems?.get(key),
                change: (part) => onChange(rows.map((each) => (each === row ? { ...each, ...part } : each))),
                next: addOne,
                remove: () => onChange(rows.filter((each) => each !== row)),
              })}
            </ListRow>
          );
        })}
      </EditedList>
      {add && (
        <ListTools>
          <Button icon={IconPlus} disabled={full} onClick={addOne}>
            {add.word}
          </Button>
        </ListTools>
      )}
      <LiveAnnouncement text={moved} />
    </>
  );
}

/** The list itself: of `ListRow`s. */
export function EditedList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ol className={styles.list} aria-label={label}>
      {children}
    </ol>
  );
}

/** Buttons below it, by which is added. */
export function ListTools({ children }: { readonly children: ReactNode }) {
  return <div className={styles.tools}>{children}</div>;
}

export interface ListRowProps {
  readonly itemKey: string;
  readonly name: string;
  readonly className: string;
  readonly dimmed?: boolean;
  readonly reorder: Reorder;
  /** Alt and an arrow key, wherever the keyboard is in the row. */
  onStep(step: 1 | -1): void;
  readonly children: ReactNode;
}

/** An item with its handle. Lists of another order than one after the other use it by itself. */
export function ListRow(props: ListRowProps) {
  const { itemKey, name, className, reorder, onStep, children } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step === 0 || !event.altKey) return;
    event.preventDefault();
    const { target } = event;
    onStep(step);
    // An element that was moved in its list may have lost the focus.
    if (target instanceof HTMLElement) requestAnimationFrame(() => target.focus());
  };
  return (
    <li
      className={`${styles.row} ${className}`}
      aria-label={name}
      data-dimmed={props.dimmed || undefined}
      onKeyDown={onKeyDown}
      {...reorder.itemProps(itemKey)}
    >
      <ReorderHandle name={name} {...reorder.handleProps(itemKey)} />
      {children}
    </li>
  );
}

export interface ListNameProps {
  /** "Name". */
  readonly label: string;
  readonly placeholder: string;
  readonly maxLength: number;
  readonly value: string;
  readonly error: string | undefined;
  readonly fresh: boolean;
  onChange(value: string): void;
  /** Enter: the next item. */
  onNext(): void;
}

/** The field for an item's name. */
export function ListName(props: ListNameProps) {
  return (
    <TextInput
      aria-label={props.label}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      autoFocus={props.fresh}
      value={props.value}
      error={props.error}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey) return;
        event.preventDefault();
        props.onNext();
      }}
    />
  );
}

export interface ListRemoveProps {
  /** "Remove Lunch". */
  readonly word: string;
  /** What stays. */
  readonly hint?: string;
  onRemove(): void;
}

export function ListRemove({ word, hint, onRemove }: ListRemoveProps) {
  return (
    <IconButton
      className={styles.remove ?? ''}
      icon={IconX}
      label={word}
      {...(hint === undefined ? {} : { hint: `${word}. ${hint}` })}
      onClick={onRemove}
    />
  );
}

/** Around a box to be ticked, so that it stands in the line of the fields. */
export function ListTick({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return <span className={`${styles.tick} ${className ?? ''}`}>{children}</span>;
}
