// What narrows a list at the moment, each to be taken away by itself.
import { useTranslation } from 'react-i18next';
import type { ListName, RecordRow } from '#shared/desktop/records-contract.ts';
import { useLive } from '../../client/desktop-context.tsx';
import { IconX } from '../../parts/icons.ts';
import { countFilters, kindsOf, type ListControl } from './list-state.ts';
import styles from './list-tools.module.css';

interface ActiveFiltersProps {
  readonly list: ListName;
  readonly control: ListControl;
  /** Any row in sight: it names the owner that is filtered by. */
  readonly sample: RecordRow | undefined;
}

export function ActiveFilters({ list, control, sample }: ActiveFiltersProps) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const session = useLive('session');
  const { filter, setFilter } = control;
  if (countFilters(list, filter) === 0) return null;
  const signedIn = session.state === 'signedIn' ? session : null;
  const chips: { key: string; word: string; away(): void }[] = [];
  const [kind] = filter.kinds;
  if (kind && filter.kinds.length < kindsOf[list].length) {
    chips.push({
      key: 'kind',
      word: common(`recordKind.${kind}`),
      away: () => setFilter({ kinds: kindsOf[list] }),
    });
  }
  if (filter.projectId !== null) {
    const name = signedIn?.projects.find(({ id }) => id === filter.projectId)?.name;
    chips.push({
      key: 'project',
      word: name ?? t('filter.project'),
      away: () => setFilter({ projectId: null }),
    });
  }
  if (filter.ownerId !== null) {
    const name =
      filter.ownerId === signedIn?.user.userId
        ? t('filter.mine')
        : sample?.ownerId === filter.ownerId
          ? sample.ownerName
          : null;
    chips.push({
      key: 'owner',
      word: `${t('filter.owner')}: ${name ?? '…'}`,
      away: () => setFilter({ ownerId: null }),
    });
  }
  if (filter.tag !== null) {
    chips.push({
      key: 'tag',
      word: `${t('filter.tag')}: ${filter.tag}`,
      away: () => setFilter({ tag: null }),
    });
  }
  return (
    <ul className={styles.chips}>
      {chips.map(({ key, word, away }) => (
        <li key={key}>
          <button
            type="button"
            className={styles.chip}
            aria-label={t('filter.remove', { name: word })}
            onClick={away}
          >
            <span className={styles.chipWord}>{word}</span>
            <IconX size={12} stroke={2.25} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
