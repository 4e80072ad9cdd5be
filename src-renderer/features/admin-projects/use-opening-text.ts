// Whether a project is open just now, in words: "Open until 17:30", "Closed until Monday, 09:00".
import { useTranslation } from 'react-i18next';
import type { Tone } from '../../parts/chip.tsx';
import { clock, type Weekday } from '../../parts/opening-week.ts';
import { weekdayName } from '../../parts/weekday-name.ts';
import { type Opening, type OpeningTimes, openingNow } from './opening-now.ts';

export interface OpeningText {
  readonly text: string;
  readonly tone: Tone;
}

export function useOpeningText(): (times: OpeningTimes, nowMs: number) => OpeningText {
  const { t, i18n } = useTranslation('admin');
  const closed = (opening: Extract<Opening, { open: false }>, nowMs: number): string => {
    const { holiday, opens } = opening;
    if (holiday !== null) {
      return holiday === ''
        ? t('projects.opening.holidayUnnamed')
        : t('projects.opening.holiday', { name: holiday });
    }
    if (!opens) return t('projects.opening.never');
    const time = clock(opens.minute);
    if (opens.daysAhead === 0) return t('projects.opening.opensAt', { time });
    if (opens.daysAhead < 7) {
      return t('projects.opening.opensDay', {
        day: weekdayName(i18n.language, opens.weekday as Weekday, 'short'),
        time,
      });
    }
    const locale = i18n.language === 'en' ? 'en-GB' : i18n.language;
    const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(
      nowMs + opens.daysAhead * 86_400_000,
    );
    return t('projects.opening.opensDate', { date });
  };
  return (times, nowMs) => {
    const opening = openingNow(times, nowMs);
    if (!opening) return { text: t('projects.opening.unknown'), tone: 'warn' };
    if (!opening.open) return { text: closed(opening, nowMs), tone: 'quiet' };
    const { until } = opening;
    if (!until) return { text: t('projects.opening.always'), tone: 'good' };
    const time = clock(until.minute);
    if (until.daysAhead === 0 || (until.daysAhead === 1 && until.minute < 720)) {
      return { text: t('projects.opening.until', { time }), tone: 'good' };
    }
    const day = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: times.timeZone }).format(
      nowMs + until.daysAhead * 86_400_000,
    );
    return { text: t('projects.opening.untilDay', { day, time }), tone: 'good' };
  };
}
