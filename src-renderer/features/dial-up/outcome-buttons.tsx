// The buttons that end an order, each with its key and what it leads to where that is a time.
import { useTranslation } from 'react-i18next';
import type { WorkedOrder } from '#shared/desktop/dial-up-contract.ts';
import type { OutcomeButton } from '#shared/domain/dial-up.ts';
import { useNow } from '../../client/use-now.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useOrderWords } from '../../parts/order-words.ts';
import styles from './outcome-buttons.module.css';
import { type KeyedButton, keyed } from './outcome-keys.ts';

const tones: Partial<Record<OutcomeButton, 'good' | 'bad' | 'later'>> = {
  confirmed: 'good',
  willCollect: 'good',
  collected: 'good',
  refused: 'bad',
  wrongNumber: 'bad',
  callBack: 'later',
  noAnswer: 'later',
  busy: 'later',
  hangUp: 'later',
};

export interface OutcomeButtonsProps {
  readonly order: WorkedOrder;
  readonly disabled: boolean;
  onEnd(button: OutcomeButton): void;
}

export function OutcomeButtons({ order, disabled, onEnd }: OutcomeButtonsProps) {
  const { t } = useTranslation('dialUp');
  const words = useOrderWords();
  const leadsTo = useLeadsTo(order);
  return (
    <fieldset className={styles.outcomes} disabled={disabled}>
      <legend className={styles.legend}>{t('outcome')}</legend>
      <div className={styles.grid}>
        {keyed(order.leased.buttons).map((each) => (
          <button
            key={each.button}
            type="button"
            className={styles.button}
            data-tone={tones[each.button]}
            aria-keyshortcuts={each.key === null ? undefined : `${each.key} Alt+${each.key}`}
            title={t('outcomeHint')}
            onClick={() => onEnd(each.button)}
          >
            {each.key !== null && <KeyHint keys={each.key} />}
            <span className={styles.words}>
              <span className={styles.word}>{words.button(each.button, each.label)}</span>{' '}
              <span className={`oh-figures ${styles.then}`}>{leadsTo(each)}</span>
            </span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** What a button that has a time does about it. */
function useLeadsTo({ leased, draft }: WorkedOrder): (button: KeyedButton) => string | null {
  const { t } = useTranslation('dialUp');
  const words = useOrderWords();
  const format = useFormat();
  const now = useNow(10_000);
  const at = draft.callBackAtMs;
  return ({ button }) => {
    if (button === 'callBack') return at === null ? null : format.when(at, now);
    if (button !== 'noAnswer' && button !== 'busy' && button !== 'hangUp') return null;
    if (leased.lastAttempt) return t('callBack.last');
    if (at !== null) return t('callBack.againAt', { time: format.when(at, now) });
    const minutes = leased.delayMinutes[button];
    return minutes === 0 ? t('callBack.atOnce') : t('callBack.again', { delay: words.delay(minutes) });
  };
}
