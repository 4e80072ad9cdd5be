// The part of an admin page in which one thing is made or changed: head, form, foot with Save and Cancel. It stands beside
// the table and shuts nobody out. Escape and Cancel discard; where something was typed they ask first, in the foot, and
// where it is being saved they wait for the answer (use-drawer.ts).
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useReadOnly } from './admin-read-only.ts';
import { AskDiscard } from './ask-discard.tsx';
import { Button, IconButton } from './button.tsx';
import styles from './drawer.module.css';
import { IconX } from './icons.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import { useUnsaved } from './unsaved.ts';
import type { DrawerControl } from './use-drawer.ts';

export interface DrawerProps {
  readonly drawer: DrawerControl;
  readonly title: string;
  /** A line below the title. */
  readonly about?: ReactNode;
  /** Something was typed that is not saved. */
  readonly typed: boolean;
  /** "Create", "Save"; null where there is nothing to save, only to look at. */
  readonly saveWord: string | null;
  /** Something is in the way of saving, such as a conflict to be decided. */
  readonly saveDisabled?: boolean;
  /** The role may look, and change nothing. */
  readonly locked?: boolean;
  readonly running: boolean;
  /** A refusal that belongs to no field. */
  readonly refusal: string | null;
  onSave(): void;
  /** The form. */
  readonly children: ReactNode;
  /** Below the form, with buttons that act at once. */
  readonly more?: ReactNode;
}

export function Drawer(props: DrawerProps) {
  const { drawer, title, typed, saveWord, running } = props;
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const form = useRef<HTMLFormElement>(null);
  const { setTyped, saveBegan, saveEnded } = drawer;
  useUnsaved(typed);
  useEffect(() => setTyped(typed), [setTyped, typed]);
  useEffect(() => () => setTyped(false), [setTyped]);
  const mayLeave = useRef(false);
  useLayoutEffect(() => {
    // Before the effect below ends. Where nothing can be saved any more, as with a key that is shown once, there is an answer to be read.
    mayLeave.current = !typed && saveWord !== null;
  });
  useEffect(() => {
    if (!running) return;
    saveBegan();
    return () => saveEnded(mayLeave.current);
  }, [running, saveBegan, saveEnded]);
  const asking = drawer.asking && !running;
  useEffect(() => {
    // Where the drawer was opened to be typed into, the first field has the keyboard.
    form.current?.querySelector<HTMLElement>('input:not([type=hidden]), textarea')?.focus();
  }, []);

  const saveIsNext = !running && !readOnly && !props.saveDisabled;
  const wayOut = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // A button that is pressed and can then be pressed no more lets go of the keyboard, and Escape would close nothing.
    const at = document.activeElement;
    const nowhere = at === document.body || (at instanceof HTMLButtonElement && at.disabled);
    if (!saveIsNext && !running && nowhere) wayOut.current?.focus();
  }, [saveIsNext, running]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (saveIsNext && saveWord !== null) props.onSave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    if (asking) drawer.keep();
    else drawer.close();
  };
  return (
    <section className={styles.drawer} aria-label={title} onKeyDown={onKeyDown}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h2 className={styles.title}>{title}</h2>
          {props.about && <div className={styles.about}>{props.about}</div>}
        </div>
        <IconButton icon={IconX} label={t('drawer.close')} onClick={drawer.close} />
      </header>
      <div
        className={styles.scroll}
        // Where no field can have the keyboard, what is scrolled must be able to.
        {...(readOnly || props.locked ? { tabIndex: 0, role: 'group', 'aria-label': title } : {})}
      >
        <form ref={form} id="drawer-form" className={styles.form} noValidate onSubmit={submit}>
          <fieldset className={styles.fields} disabled={readOnly || props.locked}>
            {props.children}
          </fieldset>
        </form>
        {props.more && <div className={styles.more}>{props.more}</div>}
      </div>
      <footer className={styles.foot}>
        <RefusalNotice reason={props.refusal} />
        {asking ? (
          <AskDiscard onKeep={drawer.keep} onDiscard={drawer.discard} />
        ) : (
          <div className={styles.buttons}>
            {saveWord !== null && (
              <Button
                type="submit"
                form="drawer-form"
                tone="accent"
                disabled={!saveIsNext}
                shortcut="Control+Enter"
              >
                {saveWord}
              </Button>
            )}
            <Button ref={wayOut} tone={saveWord === null ? 'soft' : 'plain'} onClick={drawer.close}>
              {t(saveWord === null || (props.saveDisabled && !typed) ? 'drawer.close' : 'drawer.cancel')}
            </Button>
          </div>
        )}
      </footer>
    </section>
  );
}

/** A titled part of a drawer. */
export function DrawerSection(props: {
  readonly title: string;
  readonly hint?: string | undefined;
  /** Beside the title. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-label={props.title}>
      <div className={styles.sectionHead}>
        <h3 className={styles.sectionTitle}>{props.title}</h3>
        {props.tools}
      </div>
      {props.hint && <p className={styles.hint}>{props.hint}</p>}
      {props.children}
    </section>
  );
}

/** Two fields side by side where there is room. */
export function FieldPair({ children }: { readonly children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>;
}

/** What can be done at once: a word about it, and its button. */
export function DrawerAction(props: {
  readonly label: string;
  readonly hint: string;
  readonly children?: ReactNode;
  /** What a button has opened or said, in the whole width. */
  readonly below?: ReactNode;
}) {
  return (
    <div className={styles.action}>
      <div className={styles.actionWords}>
        <div className={styles.actionLabel}>{props.label}</div>
        <p className={styles.hint}>{props.hint}</p>
      </div>
      {props.children && <div className={styles.actionButtons}>{props.children}</div>}
      {props.below && <div className={styles.actionBelow}>{props.below}</div>}
    </div>
  );
}
