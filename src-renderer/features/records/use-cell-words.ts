// What the cells of a list need to be put into words, made once for all rows and drawings.
import type { TFunction } from 'i18next';
import { createContext, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../client/desktop-context.tsx';
import { useNow } from '../../client/use-now.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { CellWords } from './record-columns.ts';

export interface ListWords extends CellWords {
  /** Texts of records; `t` has those of all windows. */
  readonly own: TFunction<'records'>;
}

const WordsContext = createContext<ListWords | null>(null);
export const CellWordsProvider = WordsContext.Provider;

/** @throws Error outside a CellWordsProvider. */
export function useCellWords(): ListWords {
  const words = useContext(WordsContext);
  if (!words) throw new Error('A row of a list stands outside CellWordsProvider.');
  return words;
}

/** For the provider: the same object until language, minute or projects change. */
export function useListWords(): ListWords {
  const { t } = useTranslation();
  const { t: own } = useTranslation('records');
  const format = useFormat();
  const nowMs = useNow(60_000);
  const session = useLive('session');
  const projects = session.state === 'signedIn' ? session.projects : null;
  return useMemo(
    () => ({
      t,
      own,
      format,
      nowMs,
      projectNames: new Map((projects ?? []).map(({ id, name }) => [id, name])),
    }),
    [t, own, format, nowMs, projects],
  );
}
