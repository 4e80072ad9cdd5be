// What is known of the order: goods, sum, delivery, the project's own fields, the script, and what was tried before.
import { useTranslation } from 'react-i18next';
import type { WorkedOrder } from '#shared/desktop/dial-up-contract.ts';
import type { TheirClocks } from '#shared/hub/dial-contract.ts';
import { useNow } from '../../client/use-now.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { customText } from '../../parts/custom-text.ts';
import { DetailSection, Facts } from '../../parts/detail-page.tsx';
import { useOrderWords } from '../../parts/order-words.ts';
import { When } from '../../parts/time.tsx';
import styles from './order-facts.module.css';
import { timesIn } from './their-time.ts';

export function OrderFacts({ order }: { readonly order: WorkedOrder }) {
  const { t, i18n } = useTranslation('dialUp');
  const words = useOrderWords();
  const format = useFormat();
  const theirTime = useTheirTime(order.leased.clocks);
  const { order: content, orderFields, script, attempts } = order.leased;
  const fieldWords = { yes: t('yes'), no: t('no'), language: i18n.language };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and whoever has no pointer does so by keys.
    <section className={styles.facts} aria-label={t('about')} tabIndex={0}>
      <DetailSection title={t('card')}>
        <Facts
          facts={[
            [t('goods'), content.goods === '' ? '' : <Lines key="goods" text={content.goods} />],
            [t('sum'), words.sum(content) && <strong className="oh-figures">{words.sum(content)}</strong>],
            [t('delivery'), content.delivery === '' ? '' : <Lines key="delivery" text={content.delivery} />],
            [t('orderNumber'), content.externalId],
            [t('theirTime'), theirTime],
            [t('waitsSince'), format.dateTime(content.statusSinceMs)],
            ...orderFields.map(
              (field) => [field.label, customText(field, content.fields[field.key], fieldWords)] as const,
            ),
          ]}
        />
      </DetailSection>
      {script !== '' && (
        <DetailSection title={t('script')}>
          <p className={styles.script}>{script}</p>
        </DetailSection>
      )}
      <DetailSection title={t('earlier')}>
        {attempts.length === 0 && <p className={styles.none}>{t('noEarlier')}</p>}
        <ol className={styles.attempts}>
          {attempts.map((attempt) => (
            <li key={attempt.attemptId} className={styles.attempt}>
              <span className={styles.first}>
                <span className={styles.outcome}>{words.button(attempt.button, attempt.buttonLabel)}</span>
                {attempt.effect !== 'moved' && attempt.effect !== 'conflictApplied' && (
                  <span className={styles.by}>{t('late')}</span>
                )}
                <span className={styles.by}>
                  {attempt.userName} · <When atMs={attempt.endedAtMs} />
                </span>
              </span>
              {attempt.note !== '' && <span className={styles.note}>{attempt.note}</span>}
            </li>
          ))}
        </ol>
      </DetailSection>
    </section>
  );
}

function Lines({ text }: { readonly text: string }) {
  return <span className={styles.lines}>{text}</span>;
}

/** What the clocks show by which the person may be called; '' where there is no number to call. */
function useTheirTime(clocks: TheirClocks | null): string {
  const { t, i18n } = useTranslation('dialUp');
  const now = useNow(10_000);
  if (!clocks) return '';
  const [from, ...others] = timesIn(clocks.zones, now, i18n.language === 'en' ? 'en-GB' : i18n.language);
  if (from === undefined) return '';
  if (clocks.from === 'project') return t('theirTimeOfProject', { time: from });
  const to = others.at(-1);
  return to === undefined ? from : t('theirTimeFromTo', { from, to });
}
