// What each action of a run did, or would do: the action in words, its state, and why.
import { useTranslation } from 'react-i18next';
import type { ActionResult } from '#shared/admin/automations-contract.ts';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { adminEn } from '../../i18n/admin/admin-en.ts';
import { Chip, type Tone } from '../../parts/chip.tsx';
import styles from './automations.module.css';
import { Sentence } from './sentence.tsx';
import type { RuleWords } from './use-rule-words.ts';

const tones: { readonly [S in ActionResult['state']]: Tone } = {
  done: 'good',
  nothingToDo: 'quiet',
  waiting: 'accent',
  sent: 'good',
  failed: 'bad',
  dead: 'bad',
};

export interface ResultListProps {
  readonly results: readonly ActionResult[];
  readonly words: RuleWords;
  readonly wording: 'done' | 'tried';
}

export function ResultList({ results, words, wording }: ResultListProps) {
  const { t } = useTranslation('admin');
  const reasonText = useReasonText();
  return (
    <ol className={styles.results} aria-label={t('automations.runs.results')}>
      {results.map(({ action, state, reason, detail }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: actions are known by their place
        <li key={place} className={styles.result}>
          <span className={styles.resultWords}>
            <Sentence text={words.action(action)} />
            {(reason !== null || detail !== null) && (
              <span className={styles.reason}>
                {[reason === null ? null : reasonText(reason), detail].filter(Boolean).join(' ')}
              </span>
            )}
          </span>
          <Chip tone={tones[state]}>
            {t(wording === 'tried' ? `automations.try.state.${state}` : `automations.result.${state}`)}
          </Chip>
        </li>
      ))}
    </ol>
  );
}

type Reason = keyof typeof adminEn.automations.reason;

function isReason(reason: string): reason is Reason {
  return Object.hasOwn(adminEn.automations.reason, reason);
}

/** A reason of ours as a sentence. */
function useReasonText(): (reason: string) => string {
  const { t } = useTranslation('admin');
  const refusal = useRefusalText('admin');
  return (reason) => (isReason(reason) ? t(`automations.reason.${reason}`) : refusal(reason));
}
