// Times that go on by themselves: how long since, how long until, and when something was.
import { useTranslation } from 'react-i18next';
import { useNow } from '../client/use-now.ts';
import { formatDuration, useFormat } from '../i18n/use-format.ts';

/** m:ss since then, counting. */
export function Elapsed({ sinceMs }: { readonly sinceMs: number }) {
  const now = useNow();
  return (
    <span className="oh-figures" role="timer">
      {formatDuration(now - sinceMs)}
    </span>
  );
}

/** "12 min. ago" up to an hour, then absolute; the whole date on hover. */
export function When({ atMs }: { readonly atMs: number }) {
  const now = useNow(10_000);
  const format = useFormat();
  return (
    <time className="oh-figures" dateTime={new Date(atMs).toISOString()} title={format.full(atMs)}>
      {format.when(atMs, now)}
    </time>
  );
}

/** "Since 14:05." today, with the day before; to the second on hover. For how a link stands. */
export function Since({ atMs }: { readonly atMs: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = new Date(atMs).toDateString() === new Date(useNow(60_000)).toDateString();
  return (
    <time className="oh-figures" dateTime={new Date(atMs).toISOString()} title={format.full(atMs)}>
      {t('chip.since', { time: today ? format.time(atMs) : format.dateTime(atMs) })}
    </time>
  );
}

/** "Next attempt in 8 s.", counting: for what is tried again by itself. */
export function NextAttempt({ atMs }: { readonly atMs: number }) {
  const { t } = useTranslation();
  const seconds = useSecondsLeft(atMs);
  return <span className="oh-figures">{t('chip.nextAttempt', { seconds })}</span>;
}

const clockStepMs = 250;

/** Whole seconds that are left, never below 0. */
export function useSecondsLeft(untilMs: number): number {
  const now = useNow(clockStepMs);
  // The clock's step lies up to one step back: without taking it off, ten seconds would begin with eleven.
  return Math.max(0, Math.ceil((untilMs - now - clockStepMs) / 1000));
}
