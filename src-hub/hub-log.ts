// The hub's log: JSON lines on standard error. Facts carry ids and counts, never names, numbers or texts of people.
import { pino } from 'pino';

export interface HubLog {
  info(message: string, facts: Record<string, unknown>): void;
  warn(message: string, facts: Record<string, unknown>): void;
  error(message: string, facts: Record<string, unknown>): void;
}

export function createHubLog(): HubLog {
  // Synchronous: the last lines before an end are the ones that are looked for.
  const log = pino(
    { base: { part: 'hub' }, serializers: { error: pino.stdSerializers.err } },
    pino.destination({ dest: 2, sync: true }),
  );
  return {
    info: (message, facts) => log.info(facts, message),
    warn: (message, facts) => log.warn(facts, message),
    error: (message, facts) => log.error(facts, message),
  };
}

/** Of an error about rows that people gave: what a database says of them may name somebody, so that only its kind is logged. */
export function kindOfError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  return { kind: error.name, code: 'code' in error ? error.code : null };
}
