// The secret by which a webhook's receiver checks its signature: shown once, when it is made, and renewed when wanted.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomationRuleId } from '#shared/domain/ids.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Copyable } from '../../parts/copyable.tsx';
import { EditorSection } from '../../parts/editor-page.tsx';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './automations.module.css';

export function ShownSecret({ secret, onKept }: { readonly secret: string; onKept(): void }) {
  const { t } = useTranslation('admin');
  return (
    <Notice
      tone="warn"
      title={t('automations.secretTitle')}
      actions={
        <Button size="small" onClick={onKept}>
          {t('automations.secretKept')}
        </Button>
      }
    >
      <div className={styles.secret}>
        <p>{t('automations.secretText')}</p>
        <Copyable label={t('automations.secret')} value={secret} />
      </div>
    </Notice>
  );
}

export interface RenewSecretProps {
  readonly ruleId: AutomationRuleId;
  onRenewed(secret: string): void;
}

export function RenewSecret({ ruleId, onRenewed }: RenewSecretProps) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const renew = useCommand('admin.automations.renewSecret');
  const [asking, setAsking] = useState(false);
  const run = async () => {
    const answer = await renew.run({ id: ruleId });
    setAsking(false);
    if (answer) onRenewed(answer.webhookSecret);
  };
  return (
    <EditorSection title={t('automations.section.secret')} hint={t('automations.secretHint')}>
      <div className={styles.acts}>
        {asking ? (
          <Confirm
            title={t('automations.renewAsk')}
            text={t('automations.renewText')}
            word={t('automations.renewYes')}
            running={renew.running}
            onYes={() => void run()}
            onNo={() => setAsking(false)}
          />
        ) : (
          <Button disabled={readOnly} onClick={() => setAsking(true)}>
            {t('automations.renew')}
          </Button>
        )}
        <RefusalNotice reason={renew.refusal} before="admin" />
      </div>
    </EditorSection>
  );
}
