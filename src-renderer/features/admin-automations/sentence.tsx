// A sentence of use-rule-words.ts, with what was chosen or written in it set apart.
import styles from './automations.module.css';

export function Sentence({ text }: { readonly text: string }) {
  return text.split(/(\u2068[^\u2069]*\u2069)/).map((part, place) =>
    part.startsWith('\u2068') ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have nothing but their place
      <bdi key={place} className={styles.said}>
        {part.slice(1, -1)}
      </bdi>
    ) : (
      part
    ),
  );
}

/** For names that are only heard. */
export function plain(text: string): string {
  return text.replace(/[\u2068\u2069]/g, '');
}
