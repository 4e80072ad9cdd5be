// How far something is that takes a while, as a bar with its words below.
import styles from './progress-bar.module.css';

export function ProgressBar(props: { readonly text: string; readonly done: number; readonly total: number }) {
  return (
    <div className={styles.progress}>
      <progress max={Math.max(1, props.total)} value={props.done} aria-label={props.text} />
      <p className={`oh-figures ${styles.text}`}>{props.text}</p>
    </div>
  );
}
