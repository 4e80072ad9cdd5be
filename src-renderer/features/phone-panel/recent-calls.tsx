// The last few people spoken to or missed; a click calls them.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import { useClient, useCommand, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { useCallWords } from '../../parts/call-words.ts';
import { usePartyText } from '../../parts/party.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { When } from '../../parts/time.tsx';
import styles from './phone-panel.module.css';

const shown = 5;
/** Enough to find five different numbers among repeated calls. */
const asked = 30;

export function RecentCalls({ onDialled }: { onDialled(): void }) {
  const { t } = useTranslation();
  const client = useClient();
  const party = usePartyText();
  const words = useCallWords();
  const dial = useCommand('calls.dial');
  const { answer, refusal, again } = useAsked(
    useCallback(() => client.call('history.search', { text: '', beforeMs: null, limit: asked }), [client]),
  );
  useMainEvent('history.changed', again);
  const recent = differentNumbers(answer?.entries ?? []).slice(0, shown);
  const call = async (target: string) => {
    if ((await dial.run({ target })) !== undefined) onDialled();
  };
  if (refusal) return <RefusalNotice reason={refusal} />;
  if (!answer) return null;
  if (recent.length === 0) return <p className={styles.none}>{t('phone.recentEmpty')}</p>;
  return (
    <>
      <ul className={styles.recent}>
        {recent.map(({ entry, number }) => {
          const { title } = party(entry.remote);
          const { icon: IconShown, tone, outcome } = words(entry);
          return (
            <li key={entry.callId}>
              <button
                type="button"
                className={styles.recentCall}
                title={outcome}
                disabled={dial.running}
                onClick={() => void call(number)}
              >
                <IconShown size={16} stroke={1.75} aria-hidden="true" data-tone={tone} />
                <span className="oh-unseen">{t('phone.dial')}:</span>{' '}
                <span className={styles.recentName}>{title}</span>{' '}
                <span className={styles.recentTime}>
                  <When atMs={entry.startedAtMs} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <RefusalNotice reason={dial.refusal} />
    </>
  );
}

function differentNumbers(entries: readonly HistoryEntry[]): { entry: HistoryEntry; number: string }[] {
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const { number } = entry.remote;
    if (number === null || seen.has(number)) return [];
    seen.add(number);
    return [{ entry, number }];
  });
}
