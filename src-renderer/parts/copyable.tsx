// A value that must go elsewhere as it is: selectable, and copied with one click. The page may not use the clipboard by
// itself (lock-down.ts); what a person has selected may be copied.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './copyable.module.css';

export function Copyable({ label, value }: { readonly label: string; readonly value: string }) {
  const { t } = useTranslation('admin');
  const text = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = () => {
    const selection = window.getSelection();
    if (!text.current || !selection) return;
    selection.selectAllChildren(text.current);
    setCopied(document.execCommand('copy'));
    selection.removeAllRanges();
  };
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <div className={styles.label}>{label}</div>
        <code ref={text} className={styles.value}>
          {value}
        </code>
      </div>
      <Button size="small" aria-label={`${t('common.copy')}: ${label}`} onClick={copy}>
        {t(copied ? 'common.copied' : 'common.copy')}
      </Button>
    </div>
  );
}
