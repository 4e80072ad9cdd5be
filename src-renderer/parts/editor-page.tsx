// A page of the admin window that is edited and saved as a whole: its sections, what it looks like to those whom it is for
// beside them, what somebody else has changed meanwhile, and the line with Save. What is edited is the page's.
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { ChangedMeanwhile, type ChangedMeanwhileProps } from './changed-meanwhile.tsx';
import styles from './editor-page.module.css';
import { SaveLine } from './save-line.tsx';

export interface EditorPageProps<V extends object> extends ChangedMeanwhileProps<V> {
  /** Above all else. */
  readonly intro?: string;
  /**
   * What it is called, where the role may look and change nothing: it is scrolled by keys then, though no field has them, and
   * there is no Save.
   */
  readonly lockedAs?: string | undefined;
  /** How much is wrong with what was typed; conflicts are counted by themselves. */
  readonly problems: number;
  readonly running: boolean;
  readonly refusal: string | null;
  /** Told whenever something is typed that is not saved, and when it is not so any more. */
  onTyped?(typed: boolean): void;
  /** @returns whether it was saved */
  onSave(): Promise<boolean>;
  onDiscard(): void;
  /** The sections: `EditorSection`. */
  readonly children: ReactNode;
  /** Beside them: `EditorPreview`. */
  readonly preview?: ReactNode;
}

export function EditorPage<V extends object>(props: EditorPageProps<V>) {
  const { edit, intro, preview } = props;
  const { typed } = edit;
  const [saved, setSaved] = useState(false);
  const tellTyped = useRef(props.onTyped);
  useEffect(() => {
    tellTyped.current = props.onTyped;
  });
  useEffect(() => tellTyped.current?.(typed), [typed]);
  const save = async () => {
    if (await props.onSave()) setSaved(true);
  };
  return (
    <div className={styles.page}>
      <div className={styles.columns} data-preview={preview !== undefined || undefined}>
        <div
          className={styles.sections}
          {...(props.lockedAs === undefined
            ? {}
            : { tabIndex: 0, role: 'group', 'aria-label': props.lockedAs })}
        >
          {intro !== undefined && <p className={styles.hint}>{intro}</p>}
          <ChangedMeanwhile edit={edit} label={props.label} show={props.show} />
          {props.children}
        </div>
        {preview}
      </div>
      {props.lockedAs === undefined && (
        <SaveLine
          typed={typed}
          inTheWay={props.problems + edit.conflicts.length > 0}
          saved={saved}
          running={props.running}
          refusal={props.refusal}
          onSave={() => void save()}
          onDiscard={props.onDiscard}
        />
      )}
    </div>
  );
}

export interface EditorSectionProps {
  readonly title: string;
  /** Below the title. */
  readonly hint?: string;
  readonly children: ReactNode;
}

export function EditorSection({ title, hint, children }: EditorSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      {children}
    </section>
  );
}

/** Fields side by side where there is room. */
export function EditorFields({ children }: { readonly children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>;
}

/** What agents will see, to be tried. */
export function EditorPreview({ title, hint, children }: EditorSectionProps) {
  return (
    <aside className={styles.preview} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      {children}
    </aside>
  );
}
