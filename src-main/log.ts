// The desktop's log: JSON lines by pino, to a file in the logs folder and, in development, to stderr.
// Facts are ids, counts, states and errors; never numbers, names, notes or credentials.
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';

export interface Log {
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts?: Record<string, unknown>): void;
}

/** One older file is kept beside the current one. */
const rotateAtBytes = 5_000_000;

/** @param folder made where missing. @param echo also writes to stderr. */
export function createLog(folder: string, echo: boolean): Log {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'main.log');
  if (existsSync(file) && statSync(file).size > rotateAtBytes)
    renameSync(file, path.join(folder, 'main.old.log'));
  const streams = [{ stream: pino.destination({ dest: file, sync: true, mode: 0o600 }) }];
  if (echo) streams.push({ stream: pino.destination({ dest: 2, sync: true }) });
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.multistream(streams));
  return {
    info: (message, facts) => logger.info(withError(facts), message),
    warn: (message, facts) => logger.warn(withError(facts), message),
    error: (message, facts) => logger.error(withError(facts), message),
  };
}

/** pino serialises an error only under the key `err`. */
function withError(facts: Record<string, unknown> = {}): Record<string, unknown> {
  if (!('error' in facts)) return facts;
  const { error, ...others } = facts;
  return { ...others, err: error };
}
