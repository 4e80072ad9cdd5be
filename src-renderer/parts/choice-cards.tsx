// A choice between a few ways of doing something, each with a word on what it means. Radio buttons: arrows move.
import { useId } from 'react';
import styles from './choice-cards.module.css';

export interface ChoiceCard<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint: string;
}

export interface ChoiceCardsProps<V extends string> {
  readonly label: string;
  /** False where a heading says the same right above. */
  readonly labelShown?: boolean;
  /** Below the cards: what holds for all of them. */
  readonly hint?: string | undefined;
  readonly cards: readonly ChoiceCard<V>[];
  readonly value: V;
  onChange(value: V): void;
}

export function ChoiceCards<V extends string>(props: ChoiceCardsProps<V>) {
  const { label, labelShown = true, hint, cards, value } = props;
  const name = useId();
  return (
    <fieldset className={styles.choice} aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend className={labelShown ? styles.label : 'oh-unseen'}>{label}</legend>
      <div className={styles.cards}>
        {cards.map((card) => (
          <label key={card.value} className={styles.card}>
            <input
              type="radio"
              className={styles.radio}
              name={name}
              checked={card.value === value}
              aria-label={card.label}
              aria-describedby={`${name}-${card.value}`}
              onChange={() => props.onChange(card.value)}
            />
            <span className={styles.words}>
              <span className={styles.word}>{card.label}</span>
              <span id={`${name}-${card.value}`} className={styles.hint}>
                {card.hint}
              </span>
            </span>
          </label>
        ))}
      </div>
      {hint && (
        <p id={`${name}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
