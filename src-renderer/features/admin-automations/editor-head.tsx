// Above a rule's editor: the way back to all rules, which asks where something would be lost.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskDiscard } from '../../parts/ask-discard.tsx';
import { Button } from '../../parts/button.tsx';
import { IconArrowLeft } from '../../parts/icons.ts';
import styles from './automations.module.css';

export interface EditorHeadProps {
  readonly title: string;
  /** Something typed is not saved, or a secret is on the screen that nobody has kept. */
  readonly held: boolean;
  onBack(): void;
}

export function EditorHead({ title, held, onBack }: EditorHeadProps) {
  const { t } = useTranslation('admin');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <div className={styles.bar}>
        <Button icon={IconArrowLeft} onClick={() => (held ? setAsking(true) : onBack())}>
          {t('automations.back')}
        </Button>
        <h2 className={styles.ruleTitle}>{title}</h2>
      </div>
      {asking && held && (
        <div className={styles.around}>
          <AskDiscard onKeep={() => setAsking(false)} onDiscard={onBack} />
        </div>
      )}
    </>
  );
}
