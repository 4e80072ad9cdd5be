// History: find a call by number, name or text, and read what was written about it.
import { TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '#shared/domain/ids.ts';
import { IconButton } from '../../parts/button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconHistory, IconSearch, IconX } from '../../parts/icons.ts';
import { ListAndDetail } from '../../parts/list-and-detail.tsx';
import { HistoryDetail } from './history-detail.tsx';
import { HistoryList } from './history-list.tsx';
import { useHistorySearch } from './use-history-search.ts';

export interface HistoryViewProps {
  readonly chosen: CallId | null;
  onChoose(callId: CallId | null): void;
  /** Opens a call that is still to finish where it can be finished. */
  onFinish(callId: CallId): void;
}

export function HistoryView({ chosen, onChoose, onFinish }: HistoryViewProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useHistorySearch(text);
  const clear = useCallback(() => setText(''), []);
  return (
    <ListAndDetail
      title={t('history.title')}
      chosen={chosen !== null}
      onBack={() => onChoose(null)}
      tools={
        <TextInput
          type="search"
          aria-label={t('history.search')}
          placeholder={t('history.search')}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
          rightSection={
            text === '' ? null : (
              <IconButton icon={IconX} size="small" label={t('history.clear')} onClick={clear} />
            )
          }
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') {
              event.preventDefault();
              clear();
            }
          }}
        />
      }
      list={<HistoryList search={search} text={text} chosen={chosen} onChoose={onChoose} />}
      detail={
        chosen === null ? (
          <EmptyState icon={IconHistory} title={t('history.pickTitle')} text={t('history.pick')} />
        ) : (
          <HistoryDetail key={chosen} callId={chosen} onFinish={onFinish} />
        )
      }
    />
  );
}
