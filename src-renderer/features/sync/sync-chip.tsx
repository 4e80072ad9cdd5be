// OFF-3, at a glance: all saved and sent, how much waits and why, or that somebody has to decide something.
import { useTranslation } from 'react-i18next';
import type { SyncView } from '#shared/desktop/sync-view-contract.ts';
import { useLive } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import {
  type Icon,
  IconArrowsDiff,
  IconCloudCheck,
  IconCloudDown,
  IconCloudOff,
  IconCloudUp,
  IconCloudX,
} from '../../parts/icons.ts';
import { StateChip } from '../../parts/state-chip.tsx';

export interface SyncChipProps {
  onOpenPage(): void;
}

/** What the chip says first: what a person has to decide comes before what happens by itself. */
type Standing =
  | 'diskFull'
  | 'diskFailed'
  | 'conflict'
  | 'refused'
  | 'pulling'
  | 'sending'
  | 'undoOpen'
  | 'waiting'
  | 'same';

const shown: Record<Standing, { readonly icon: Icon; readonly tone: 'good' | 'warn' | 'bad' }> = {
  diskFull: { icon: IconCloudX, tone: 'bad' },
  diskFailed: { icon: IconCloudX, tone: 'bad' },
  conflict: { icon: IconArrowsDiff, tone: 'bad' },
  refused: { icon: IconCloudX, tone: 'bad' },
  pulling: { icon: IconCloudDown, tone: 'good' },
  sending: { icon: IconCloudUp, tone: 'good' },
  // After every call: nothing that anybody need look at.
  undoOpen: { icon: IconCloudUp, tone: 'good' },
  waiting: { icon: IconCloudOff, tone: 'warn' },
  same: { icon: IconCloudCheck, tone: 'good' },
};

const isOfDisk = (why: SyncView['why'] | Standing): why is 'diskFull' | 'diskFailed' =>
  why === 'diskFull' || why === 'diskFailed';

function standingOf({ waiting, conflicts, refused, pulling, why }: SyncView): Standing {
  if (isOfDisk(why)) return why;
  if (conflicts > 0) return 'conflict';
  if (refused > 0) return 'refused';
  if (waiting > 0) return why === 'sending' || why === 'undoOpen' ? why : 'waiting';
  return pulling ? 'pulling' : 'same';
}

export function SyncChip({ onOpenPage }: SyncChipProps) {
  const { t, i18n } = useTranslation('records');
  const format = useFormat();
  const sync = useLive('sync');
  const standing = standingOf(sync);
  const { icon, tone } = shown[standing];
  const count = { conflict: sync.conflicts, refused: sync.refused }[standing as 'conflict'] ?? sync.waiting;
  const { pulling, sameSinceMs } = sync;
  const percent = pulling ? Math.floor((100 * pulling.done) / Math.max(1, pulling.total)) : 0;
  const word =
    standing === 'same' || standing === 'pulling' || isOfDisk(standing)
      ? t(`sync.chip.${standing}`, { percent })
      : t(`sync.chip.${standing === 'undoOpen' ? 'waiting' : standing}`, { count });
  return (
    <StateChip
      icon={icon}
      tone={tone}
      word={word}
      actions={(close) => (
        <Button
          size="small"
          onClick={() => {
            close();
            onOpenPage();
          }}
        >
          {t('sync.details')}
        </Button>
      )}
    >
      {sync.conflicts > 0 && <p>{t('sync.conflictHint')}</p>}
      {sync.refused > 0 && <p>{t('sync.refusedHint')}</p>}
      {(sync.waiting > 0 || standing === 'same' || isOfDisk(standing)) && <p>{t(`sync.why.${sync.why}`)}</p>}
      {pulling && (
        <p>
          {t('sync.pullingHint', {
            done: pulling.done.toLocaleString(i18n.language),
            total: pulling.total.toLocaleString(i18n.language),
          })}
        </p>
      )}
      {standing === 'same' && sameSinceMs !== null && (
        <p>{t('sync.same', { time: format.dateTime(sameSinceMs) })}</p>
      )}
    </StateChip>
  );
}
