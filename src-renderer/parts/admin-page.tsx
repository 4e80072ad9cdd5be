// What every page of the admin window has in common: title, search, what can be added, the table, and the drawer beside
// it. Keys: / searches, n adds, arrows down leads from the search into the table, Escape closes the drawer.
import { TextInput } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './admin-page.module.css';
import { useReadOnly } from './admin-read-only.ts';
import { Button } from './button.tsx';
import { IconPlus, IconSearch } from './icons.ts';
import { isTyping, useWindowKeys } from './keyboard.ts';
import { RefusalNotice } from './refusal-notice.tsx';

export interface AdminPageProps {
  readonly title: string;
  /** "24 users", "3 of 24 users". */
  readonly count?: string | undefined;
  readonly search?: {
    readonly text: string;
    readonly label: string;
    onChange(text: string): void;
    /** The arrow leads into the table. */
    onLeave?(): void;
  };
  /** Beside the search. */
  readonly filters?: ReactNode;
  /** Null where the role may not add. */
  readonly add?: { readonly word: string; onAdd(): void } | null;
  /** Further buttons, left of the one that adds. */
  readonly tools?: ReactNode;
  /** Why the list could not be had. */
  readonly refusal?: string | null;
  /** What was done just now, above the table. */
  readonly notice?: ReactNode;
  readonly children: ReactNode;
  readonly drawer?: ReactNode;
  /** For forms of many sections. */
  readonly wideDrawer?: boolean;
  /** Escape, where the focus is outside the drawer. */
  onEscape?: (() => void) | undefined;
}

export function AdminPage(props: AdminPageProps) {
  const { title, count, search, add } = props;
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const field = useRef<HTMLInputElement>(null);
  useWindowKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && props.onEscape) props.onEscape();
    else if (isTyping(event.target)) return;
    else if (event.key === '/' && search) {
      field.current?.focus();
      field.current?.select();
    } else if (event.key === 'n' && add && !readOnly) add.onAdd();
    else return;
    event.preventDefault();
  });
  return (
    <div
      className={styles.page}
      data-drawer={props.drawer ? (props.wideDrawer ? 'wide' : 'usual') : undefined}
    >
      <section className={styles.main} aria-label={title}>
        <header className={styles.head}>
          <h1 className={styles.title}>{title}</h1>
          {count !== undefined && <span className={`oh-figures ${styles.count}`}>{count}</span>}
          <div className={styles.tools}>
            {props.tools}
            {add && (
              <Button
                tone="accent"
                icon={IconPlus}
                keys="N"
                shortcut="n"
                disabled={readOnly}
                onClick={add.onAdd}
              >
                {add.word}
              </Button>
            )}
          </div>
        </header>
        {(search || props.filters) && (
          <div className={styles.filters}>
            {search && (
              <TextInput
                ref={field}
                type="search"
                className={styles.search}
                leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
                aria-label={search.label}
                placeholder={search.label}
                maxLength={200}
                value={search.text}
                onChange={(event) => search.onChange(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === 'ArrowDown') search.onLeave?.();
                  else if (event.key === 'Escape' && search.text !== '') search.onChange('');
                  else return;
                  event.preventDefault();
                }}
              />
            )}
            {props.filters}
          </div>
        )}
        {readOnly && (
          <p className={styles.away} role="status">
            {t('page.away')}
          </p>
        )}
        {props.refusal && props.refusal !== 'hubAway' && (
          <div className={styles.refusal}>
            <RefusalNotice reason={props.refusal} />
          </div>
        )}
        {props.notice && <div className={styles.refusal}>{props.notice}</div>}
        <div className={styles.body}>
          {props.children ||
            (!props.refusal && !readOnly && (
              <p className={styles.waiting} role="status">
                {t('page.loading')}
              </p>
            ))}
        </div>
      </section>
      {props.drawer && <div className={styles.drawer}>{props.drawer}</div>}
    </div>
  );
}
