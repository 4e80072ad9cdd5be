// Takes a rule away, after asking.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomationRule } from '#shared/domain/automation.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { EditorSection } from '../../parts/editor-page.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './automations.module.css';

export interface RemoveRuleProps {
  readonly rule: AutomationRule;
  onRemoved(id: AutomationRule['id']): void;
  onRefused(): void;
}

export function RemoveRule({ rule, onRemoved, onRefused }: RemoveRuleProps) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const remove = useCommand('admin.automations.remove');
  const [asking, setAsking] = useState(false);
  const run = async () => {
    const done = await remove.run({ id: rule.id, version: rule.version });
    setAsking(false);
    if (done === undefined) onRefused();
    else onRemoved(rule.id);
  };
  return (
    <EditorSection title={t('automations.section.remove')} hint={t('automations.removeHint')}>
      <div className={styles.acts}>
        {asking ? (
          <Confirm
            title={t('automations.removeAsk', { name: rule.name })}
            text={t('automations.removeText')}
            word={t('automations.removeYes')}
            running={remove.running}
            onYes={() => void run()}
            onNo={() => setAsking(false)}
          />
        ) : (
          <Button disabled={readOnly} onClick={() => setAsking(true)}>
            {t('automations.remove')}
          </Button>
        )}
        <RefusalNotice reason={remove.refusal} before="admin" />
      </div>
    </EditorSection>
  );
}
