// Practice mode: a scripted caller rings. Says beforehand where nobody could be rung.
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { practiceCallKind } from '#shared/desktop/settings-contract.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconSchool } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './practice-menu.module.css';

export function PracticeMenu() {
  const { t } = useTranslation();
  const session = useLive('session');
  const presence = useLive('presence');
  const phone = useLive('phone');
  const call = useCommand('practice.call');
  if (!session.practice) return null;
  return (
    <Menu position="bottom-start" width={272} closeOnItemClick={false} onOpen={call.forget}>
      <Menu.Target>
        <Button icon={IconSchool}>{t('practice.menu')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <p className={styles.hint}>{t('practice.menuHint')}</p>
        {practiceCallKind.options.map((kind) => (
          <Menu.Item key={kind} disabled={call.running} onClick={() => void call.run({ kind })}>
            {t(`practice.kind.${kind}`)}
          </Menu.Item>
        ))}
        {!phone.on ? (
          <Notice tone="warn">{t('practice.needPhone')}</Notice>
        ) : (
          presence.status !== 'available' && (
            <Notice tone="warn">
              {t('practice.needAvailable', { status: t(`presence.${presence.status}`) })}
            </Notice>
          )
        )}
        <RefusalNotice reason={call.refusal} />
      </Menu.Dropdown>
    </Menu>
  );
}
