// Stands in for the drawer of something that somebody else has removed, or has taken out of one's sight.
import { useTranslation } from 'react-i18next';
import { Drawer } from './drawer.tsx';
import { Notice } from './notice.tsx';
import type { DrawerControl } from './use-drawer.ts';

export function GoneDrawer({ drawer, text }: { readonly drawer: DrawerControl; readonly text: string }) {
  const { t } = useTranslation('admin');
  return (
    <Drawer
      drawer={drawer}
      title={t('drawer.goneTitle')}
      typed={false}
      saveWord={null}
      running={false}
      refusal={null}
      onSave={() => undefined}
    >
      <Notice tone="warn">{text}</Notice>
    </Drawer>
  );
}
