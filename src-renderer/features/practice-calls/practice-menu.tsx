// Practice mode: a scripted caller rings. Says beforehand where nobody could be rung.
import { Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PracticeCallKind, practiceCallKind } from '#shared/desktop/settings-contract.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconSchool } from '../../parts/icons.ts';
import { moveByArrow } from '../../parts/list-keys.ts';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './practice-menu.module.css';

export function PracticeMenu() {
  const { t } = useTranslation();
  const session = useLive('session');
  const presence = useLive('presence');
  const phone = useLive('phone');
  const call = useCommand('practice.call');
  const [opened, setOpened] = useState(false);
  if (!session.practice) return null;
  const choose = async (kind: PracticeCallKind) => {
    if ((await call.run({ kind })) !== undefined) setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Button
          className={styles.target}
          icon={IconSchool}
          onClick={() => {
            call.forget();
            setOpened(!opened);
          }}
        >
          {t('practice.menu')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('practice.menu')}>
        <p className={styles.hint}>{t('practice.menuHint')}</p>
        <div role="menu" aria-label={t('practice.menu')} tabIndex={-1} onKeyDown={moveByArrow}>
          {practiceCallKind.options.map((kind) => (
            <button
              key={kind}
              type="button"
              role="menuitem"
              data-item
              className={styles.item}
              disabled={call.running}
              onClick={() => void choose(kind)}
            >
              {t(`practice.kind.${kind}`)}
            </button>
          ))}
        </div>
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
      </Popover.Dropdown>
    </Popover>
  );
}
