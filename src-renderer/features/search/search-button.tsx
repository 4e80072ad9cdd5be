// Opens the palette from the top bar, and says by which key.
import { useTranslation } from 'react-i18next';
import { IconSearch } from '../../parts/icons.ts';
import { KeyHint } from '../../parts/key-hint.tsx';
import { isMac } from '../../parts/keyboard.ts';
import styles from './search.module.css';

export interface SearchButtonProps {
  readonly open: boolean;
  onToggle(): void;
}

export function SearchButton({ open, onToggle }: SearchButtonProps) {
  const { t } = useTranslation('records');
  return (
    <button
      type="button"
      className={styles.button}
      aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}
      aria-expanded={open}
      title={t('search.title')}
      // Before the palette sees a press outside of it and closes.
      onPointerDown={(event) => event.stopPropagation()}
      onClick={onToggle}
    >
      <IconSearch size={16} stroke={1.75} aria-hidden="true" />
      <span className={styles.buttonWord}>{t('search.button')}</span>
      <KeyHint keys={t(isMac ? 'search.cmdK' : 'search.ctrlK')} />
    </button>
  );
}
