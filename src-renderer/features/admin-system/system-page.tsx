// System, for super admins: where extensions are taken from, and the API keys.
import { useTranslation } from 'react-i18next';
import { useAdminList } from '../../client/admin-lists.ts';
import { AdminPage } from '../../parts/admin-page.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { isTyping, useWindowKeys } from '../../parts/keyboard.ts';
import { useDrawer } from '../../parts/use-drawer.ts';
import { AddApiKey } from './add-api-key.tsx';
import { ApiKeys } from './api-keys.tsx';
import { ExtensionRange } from './extension-range.tsx';
import { PrivateTargets } from './private-targets.tsx';
import styles from './system.module.css';

export function SystemPage() {
  const { t } = useTranslation('admin');
  const settings = useAdminList('settings');
  const keys = useAdminList('apiKeys');
  const users = useAdminList('users').answer;
  const readOnly = useReadOnly();
  const drawer = useDrawer<'newKey'>();
  const add = () => drawer.open('newKey');
  useWindowKeys((event) => {
    if (event.key !== 'n' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || readOnly || drawer.choice) return;
    event.preventDefault();
    add();
  });
  return (
    <AdminPage
      title={t('nav.system')}
      refusal={settings.refusal ?? keys.refusal}
      onEscape={drawer.choice ? drawer.close : undefined}
      drawer={drawer.choice && <AddApiKey drawer={drawer} onDone={() => drawer.replace(null)} />}
    >
      <div className={styles.page}>
        {settings.answer && <ExtensionRange settings={settings.answer} users={users ?? []} />}
        {settings.answer && <PrivateTargets settings={settings.answer} />}
        {keys.answer && <ApiKeys keys={keys.answer} onAdd={add} />}
      </div>
    </AdminPage>
  );
}
