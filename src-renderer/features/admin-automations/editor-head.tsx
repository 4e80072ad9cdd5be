// Above a rule's editor: the way back to all rules, which asks where something typed is not saved.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { IconArrowLeft } from '../../parts/icons.ts';
import styles from './automations.module.css';

export interface EditorHeadProps {
  readonly title: string;
  readonly typed: boolean;
  onBack(): void;
}

export function EditorHead({ title, typed, onBack }: EditorHeadProps) {
  const { t } = useTranslation('admin');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <div className={styles.bar}>
        <Button icon={IconArrowLeft} onClick={() => (typed ? setAsking(true) : onBack())}>
          {t('automations.back')}
        </Button>
        <h2 className={styles.ruleTitle}>{title}</h2>
      </div>
      {asking && typed && (
        <div className={styles.around}>
          <Confirm
            title={t('drawer.discardTitle')}
            text={t('drawer.discardText')}
            word={t('drawer.discard')}
            keepWord={t('drawer.keepEditing')}
            running={false}
            onYes={onBack}
            onNo={() => setAsking(false)}
          />
        </div>
      )}
    </>
  );
}
