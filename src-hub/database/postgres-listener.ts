// Hears what other hubs on the same PostgreSQL say (LISTEN/NOTIFY), on a connection of its own, which is made anew when it
// is lost. What was said meanwhile is not heard: whoever listens is told that it was away, and reads for itself.
import pg from 'pg';
import type { HubLog } from '../hub-log.ts';

export interface Heard {
  /** Something was said; null: something may have been said while nobody listened. */
  heard(payload: string | null): void;
  readonly log: HubLog;
}

const againMs = 1_000;

/** @param channel a name of small letters and _. @returns ends it. */
export function listenToPostgres(url: string, channel: string, { heard, log }: Heard): () => Promise<void> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const lost = (which: pg.Client) => {
    if (client !== which || closed) return;
    client = null;
    log.warn('database: no longer hears what other hubs say, and tries again', { channel });
    timer = setTimeout(open, againMs);
    timer.unref();
  };
  const open = () => {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'offhook-hub-listener',
      keepAlive: true,
    });
    client = fresh;
    fresh.on('error', () => lost(fresh));
    fresh.on('end', () => lost(fresh));
    fresh.on('notification', ({ payload }) => heard(payload ?? ''));
    connecting = fresh
      .connect()
      .then(() => fresh.query(`listen ${channel}`))
      .then(() => heard(null))
      .catch(() => {
        lost(fresh);
        fresh.end().catch(() => {});
      });
  };
  let connecting: Promise<void> = Promise.resolve();
  open();
  return async () => {
    closed = true;
    if (timer) clearTimeout(timer);
    await connecting;
    await client?.end();
  };
}
