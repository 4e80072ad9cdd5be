// A drawer whose settings are still being asked for, or could not be had.
import { useTranslation } from 'react-i18next';
import { Drawer } from '../../parts/drawer.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';

export interface LoadingDrawerProps {
  readonly drawer: DrawerControl;
  readonly title: string;
  readonly about: string;
  readonly refusal: string | null;
}

export function LoadingDrawer({ drawer, title, about, refusal }: LoadingDrawerProps) {
  const { t } = useTranslation('admin');
  return (
    <Drawer
      drawer={drawer}
      title={title}
      about={about}
      typed={false}
      saveWord={null}
      running={false}
      refusal={refusal}
      onSave={() => undefined}
    >
      {refusal === null && <p role="status">{t('page.loading')}</p>}
    </Drawer>
  );
}
