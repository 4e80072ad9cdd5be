// The rows of the history; only those in sight are in the page, and the next ones are asked for near the end.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { Button } from '../../parts/button.tsx';
import { useCallWords } from '../../parts/call-words.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconHistory, IconSearch } from '../../parts/icons.ts';
import { moveByArrow } from '../../parts/list-keys.ts';
import { ListRow } from '../../parts/list-row.tsx';
import { useOrderWords } from '../../parts/order-words.ts';
import { usePartyText } from '../../parts/party.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { When } from '../../parts/time.tsx';
import styles from './history-list.module.css';
import type { HistorySearch } from './use-history-search.ts';

const rowHeightPx = 56;
const aheadRows = 10;

export interface HistoryListProps {
  readonly search: HistorySearch;
  readonly text: string;
  readonly chosen: CallId | null;
  onChoose(callId: CallId): void;
}

export function HistoryList({ search, text, chosen, onChoose }: HistoryListProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const entries = search.entries ?? [];
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: aheadRows,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { next } = search;
  useEffect(() => {
    if (entries.length > 0 && last >= entries.length - aheadRows) next();
  });

  if (search.refusal) {
    return (
      <div className={styles.refusal}>
        <RefusalNotice
          reason={search.refusal}
          actions={
            <Button size="small" onClick={search.again}>
              {t('common.tryAgain')}
            </Button>
          }
        />
      </div>
    );
  }
  if (search.entries === null) return null;
  if (entries.length === 0) {
    return text.trim() === '' ? (
      <EmptyState icon={IconHistory} title={t('history.emptyTitle')} text={t('history.empty')} />
    ) : (
      <EmptyState
        icon={IconSearch}
        title={t('history.noneTitle')}
        text={t('history.none', { text: text.trim() })}
      />
    );
  }
  return (
    <div ref={scroller} className={styles.scroller}>
      <ul
        aria-label={t('history.listLabel')}
        className={styles.all}
        style={{ height: rows.getTotalSize() }}
        onKeyDown={moveByArrow}
      >
        {items.map((item) => {
          const entry = entries[item.index];
          if (!entry) return null;
          return (
            <li
              key={entry.callId}
              aria-setsize={search.more ? -1 : entries.length}
              aria-posinset={item.index + 1}
              className={styles.place}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <HistoryRow entry={entry} selected={entry.callId === chosen} onChoose={onChoose} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface HistoryRowProps {
  readonly entry: HistoryEntry;
  readonly selected: boolean;
  onChoose(callId: CallId): void;
}

function HistoryRow({ entry, selected, onChoose }: HistoryRowProps) {
  const { t } = useTranslation();
  const party = usePartyText()(entry.remote);
  const words = useCallWords()(entry);
  const orderWords = useOrderWords();
  const { disposition, orderOutcome, transferredTo } = entry;
  const came =
    disposition?.label ?? (orderOutcome && orderWords.button(orderOutcome.button, orderOutcome.label));
  // The outcome says it, too, where it is shown.
  const given =
    came !== null && transferredTo !== null ? t('route.transferredTo', { name: transferredTo }) : '';
  const told = [came ?? words.outcome, given, firstLine(entry.note)].filter((part) => part !== '');
  return (
    <ListRow
      icon={words.icon}
      tone={words.tone}
      title={party.title}
      time={<When atMs={entry.startedAtMs} />}
      detail={entry.state === 'toFinish' ? t('history.toFinish') : told.join(' · ')}
      selected={selected}
      onSelect={() => onChoose(entry.callId)}
    />
  );
}

function firstLine(note: string): string {
  return note.trim().split('\n', 1)[0] ?? '';
}
