// How somebody stands, as a chip: what keeps a call from them first, else their status. For rows of people.
import { useTranslation } from 'react-i18next';
import type { PersonPresence } from '#shared/domain/person.ts';
import type { StatusLabel } from '#shared/domain/presence.ts';
import { useFormat } from '../i18n/use-format.ts';
import { Chip, type Tone } from './chip.tsx';
import {
  type Icon,
  IconCircleCheckFilled,
  IconCircleFilled,
  IconCircleMinus,
  IconClockFilled,
  IconMoon,
  IconPencil,
  IconPhoneCall,
  IconPhoneOff,
} from './icons.ts';

type Standing = PersonPresence['status'] | 'onCall' | 'wrapUp' | 'noPhone';

const signs: Record<Standing, { readonly icon: Icon; readonly tone: Tone }> = {
  available: { icon: IconCircleCheckFilled, tone: 'good' },
  away: { icon: IconClockFilled, tone: 'warn' },
  busy: { icon: IconCircleFilled, tone: 'bad' },
  offline: { icon: IconCircleMinus, tone: 'quiet' },
  inactive: { icon: IconMoon, tone: 'quiet' },
  onCall: { icon: IconPhoneCall, tone: 'accent' },
  wrapUp: { icon: IconPencil, tone: 'accent' },
  noPhone: { icon: IconPhoneOff, tone: 'quiet' },
};

/** What decides whether a call would ring there now. */
export function standingOf({ status, activity, reachable }: PersonPresence): Standing {
  if (status !== 'available' && status !== 'away') return status;
  if (!reachable) return 'noPhone';
  return activity === 'free' ? status : activity;
}

export interface PresenceChipProps {
  readonly presence: PersonPresence;
  /** Those that a supervisor added. */
  readonly labels: readonly StatusLabel[];
}

export function PresenceChip({ presence, labels }: PresenceChipProps) {
  const { t } = useTranslation();
  const standing = standingOf(presence);
  const own = standing === presence.status && labels.find(({ id }) => id === presence.labelId);
  return (
    <Chip icon={signs[standing].icon} tone={signs[standing].tone}>
      {own ? own.label : t(`people.standing.${standing}`)}
    </Chip>
  );
}

/** Since when, as a time of day; the day with it where that was before today. */
export function StandingSince({ presence }: { readonly presence: PersonPresence }) {
  const { t } = useTranslation();
  const format = useFormat();
  const standing = standingOf(presence);
  // Nobody is told since when a phone is off.
  if (standing === 'noPhone') return null;
  const atMs = standing === 'onCall' || standing === 'wrapUp' ? presence.activitySinceMs : presence.sinceMs;
  const today = new Date(atMs).toDateString() === new Date().toDateString();
  return (
    <time className="oh-figures" dateTime={new Date(atMs).toISOString()} title={format.full(atMs)}>
      {t('people.since', { time: today ? format.time(atMs) : format.when(atMs, Date.now()) })}
    </time>
  );
}
