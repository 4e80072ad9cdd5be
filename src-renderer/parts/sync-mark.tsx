// OFF-3: whether something is on this computer only, sent, in conflict, or was not accepted. Icon, word and colour.
import { useTranslation } from 'react-i18next';
import type { SyncState } from '#shared/desktop/records-contract.ts';
import { Chip, type Tone } from './chip.tsx';
import { type Icon, IconArrowsDiff, IconCloudCheck, IconCloudX, IconDeviceDesktop } from './icons.ts';
import styles from './sync-mark.module.css';

export const syncIcons: Record<SyncState, Icon> = {
  sent: IconCloudCheck,
  here: IconDeviceDesktop,
  conflict: IconArrowsDiff,
  refused: IconCloudX,
};

const tones: Record<SyncState, Tone> = { sent: 'quiet', here: 'accent', conflict: 'warn', refused: 'bad' };

export function SyncMark({ state }: { readonly state: SyncState }) {
  const { t } = useTranslation('records');
  return (
    <span className={styles.mark} title={t(`state.${state}Hint`)}>
      <Chip icon={syncIcons[state]} tone={tones[state]}>
        {t(`state.${state}`)}
      </Chip>
    </span>
  );
}
