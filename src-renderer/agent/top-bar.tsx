// The top bar: which project, practice calls, search, how the links stand, one's status, and the phone at the far right.
import { useState } from 'react';
import { useMainEvent } from '../client/desktop-context.tsx';
import { DevicePickers } from '../features/devices/device-pickers.tsx';
import { LinkChips } from '../features/links/link-chips.tsx';
import { ProjectSwitcher } from '../features/open-projects/project-switcher.tsx';
import { PhoneButton } from '../features/phone-panel/phone-button.tsx';
import { PhonePanel } from '../features/phone-panel/phone-panel.tsx';
import { PracticeMenu } from '../features/practice-calls/practice-menu.tsx';
import { StatusPicker } from '../features/presence/status-picker.tsx';
import { SearchButton } from '../features/search/search-button.tsx';
import { SyncChip } from '../features/sync/sync-chip.tsx';
import { Mark } from '../parts/mark.tsx';
import styles from './top-bar.module.css';

export interface TopBarProps {
  onOpenSettings(): void;
  onOpenSync(): void;
  readonly searchOpen: boolean;
  onToggleSearch(): void;
}

export function TopBar({ onOpenSettings, onOpenSync, searchOpen, onToggleSearch }: TopBarProps) {
  const [phoneOpened, setPhoneOpened] = useState(false);
  const [dialTarget, setDialTarget] = useState('');
  useMainEvent('window.fillDialField', ({ target }) => {
    setDialTarget(target);
    setPhoneOpened(true);
  });
  return (
    <header className={styles.bar}>
      <Mark sizePx={24} />
      <ProjectSwitcher />
      <PracticeMenu />
      <SearchButton open={searchOpen} onToggle={onToggleSearch} />
      <div className={styles.end}>
        <LinkChips onOpenSettings={onOpenSettings} sync={<SyncChip onOpenPage={onOpenSync} />} />
        <span className={styles.rule} aria-hidden="true" />
        <StatusPicker onCheckMicrophone={onOpenSettings} />
        <PhoneButton
          opened={phoneOpened}
          onToggle={(opened) => {
            setPhoneOpened(opened);
            if (!opened) setDialTarget('');
          }}
        >
          <PhonePanel
            target={dialTarget}
            onDialled={() => {
              setPhoneOpened(false);
              setDialTarget('');
            }}
            devices={<DevicePickers />}
          />
        </PhoneButton>
      </div>
    </header>
  );
}
