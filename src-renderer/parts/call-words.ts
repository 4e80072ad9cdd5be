// What became of a call, in a few words with an icon: the same in Inbox, History and the phone panel.
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#shared/desktop/history-contract.ts';
import type { Tone } from './chip.tsx';
import { type Icon, IconPhoneIncoming, IconPhoneOutgoing, IconPhoneX } from './icons.ts';

export interface CallWords {
  readonly icon: Icon;
  readonly tone: Tone;
  /** "Missed: rang out", "Failed: no such number", "Answered", … */
  readonly outcome: string;
}

export function useCallWords(): (
  entry: Pick<HistoryEntry, 'direction' | 'outcome' | 'missedReason' | 'endCause' | 'transferredTo'>,
) => CallWords {
  const { t } = useTranslation();
  return ({ direction, outcome, missedReason, endCause, transferredTo }) => {
    const missed = outcome === 'missed' || outcome === 'abandoned' || outcome === 'ignored';
    const turnedAway = outcome === 'declined' || outcome === 'rejected' || outcome === 'declinedElsewhere';
    const failed = outcome === 'failed' || outcome === 'busy' || outcome === 'noAnswer';
    const word = t(`outcome.${outcome}`);
    const why =
      outcome === 'missed' && missedReason !== null
        ? t(`missed.${missedReason}`)
        : outcome === 'failed' && endCause !== null
          ? t(`endCause.${endCause}`)
          : transferredTo !== null
            ? t('route.transferredTo', { name: transferredTo })
            : null;
    return {
      icon:
        missed || turnedAway ? IconPhoneX : direction === 'inbound' ? IconPhoneIncoming : IconPhoneOutgoing,
      tone: missed ? 'bad' : failed ? 'warn' : 'quiet',
      outcome: why === null ? word : `${word}: ${why}`,
    };
  };
}
