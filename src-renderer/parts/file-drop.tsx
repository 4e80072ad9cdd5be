// A place where a file is chosen or dropped: the first step of every import. What is done with it is the page's.
import { type ChangeEvent, type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from './button.tsx';
import styles from './file-drop.module.css';
import { IconUpload } from './icons.ts';

export interface FileDropProps {
  /** "Choose a file". */
  readonly word: string;
  /** Once one is chosen, "Choose another file". */
  readonly buttonWord?: string;
  /** As the input's `accept`. */
  readonly accept: string;
  readonly disabled: boolean;
  /** The next thing to do is to choose one: the button has the accent and the keyboard. */
  readonly first?: boolean;
  /** Beside the button: "or drop it here", the name of the file that is chosen. */
  readonly beside?: ReactNode;
  /** Below: which files are understood. */
  readonly below?: string;
  onFile(file: File): void;
}

export function FileDrop(props: FileDropProps) {
  const { word, disabled, first } = props;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (file: File | undefined) => {
    if (file && !disabled) props.onFile(file);
  };
  return (
    <section
      aria-label={word}
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        setOver(!disabled);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <input
        ref={input}
        className="oh-unseen"
        type="file"
        accept={props.accept}
        tabIndex={-1}
        aria-label={word}
        onChange={(event: ChangeEvent<HTMLInputElement>) => {
          const [file] = event.currentTarget.files ?? [];
          // The same file, corrected, must be taken again.
          event.currentTarget.value = '';
          take(file);
        }}
      />
      <Button
        {...(first ? { autoFocus: true, tone: 'accent' as const } : {})}
        icon={IconUpload}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {props.buttonWord ?? word}
      </Button>
      {props.beside}
      {props.below && <p className={styles.below}>{props.below}</p>}
    </section>
  );
}
