// One number on the list: why, by whom and since when; and its way off the list, for super admins.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoNotCallEntry } from '#shared/admin/dial-up-contract.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useIsSuperAdmin, useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Drawer, DrawerAction, DrawerSection } from '../../parts/drawer.tsx';
import { FactList } from '../../parts/fact-list.tsx';
import { numberAsWritten } from '../../parts/number-as-written.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';

export interface EntryDrawerProps {
  readonly drawer: DrawerControl;
  readonly entry: DoNotCallEntry;
  onRemoved(): void;
}

export function EntryDrawer({ drawer, entry, onRemoved }: EntryDrawerProps) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const mayRemove = useIsSuperAdmin();
  const readOnly = useReadOnly();
  const command = useCommand('admin.doNotCall.remove');
  const [asking, setAsking] = useState(false);
  const number = numberAsWritten(entry.number);
  const remove = async () => {
    if ((await command.run({ number: entry.number })) === undefined) setAsking(false);
    else onRemoved();
  };
  return (
    <Drawer
      drawer={drawer}
      title={number}
      typed={false}
      saveWord={null}
      running={command.running}
      refusal={null}
      onSave={() => undefined}
      more={
        <DrawerSection title={t('doNotCall.remove')}>
          {asking ? (
            <Confirm
              title={t('doNotCall.removeSure', { number })}
              text={t('doNotCall.removeSureText')}
              word={t('doNotCall.removeYes')}
              running={command.running || readOnly}
              onYes={() => void remove()}
              onNo={() => setAsking(false)}
            />
          ) : (
            <DrawerAction
              label={number}
              hint={t(mayRemove ? 'doNotCall.removeHint' : 'doNotCall.removeLocked')}
            >
              {mayRemove && (
                <Button size="small" disabled={readOnly} onClick={() => setAsking(true)}>
                  {t('doNotCall.remove')}
                </Button>
              )}
            </DrawerAction>
          )}
          <RefusalNotice reason={command.refusal} />
        </DrawerSection>
      }
    >
      <FactList
        facts={[
          [t('doNotCall.reason'), entry.reason || '–'],
          [t('doNotCall.addedBy'), entry.addedBy],
          [t('doNotCall.addedAt'), format.dateTime(entry.addedAtMs)],
        ]}
      />
    </Drawer>
  );
}
