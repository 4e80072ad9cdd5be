// The team's hub as a process of its own: `npm run hub`. Reads its settings, starts, prints the set-up code where there
// is no super admin yet, and stops in order. Logs are JSON lines on standard error; what is meant for the operator's
// eyes stands on standard output. Ends with 0 (stopped), 1 (could not start, or failed) or 2 (a setting is wrong).
import { DatabaseTooNew, DatabaseUnusable } from './database/database-errors.ts';
import { type RunningHub, startHub } from './hub.ts';
import { createHubLog } from './hub-log.ts';
import { readServerSettings, type ServerSettings, usage } from './server-settings.ts';
import { SettingWrong } from './setting-wrong.ts';

/** Beyond the grace: closing connections and the database. */
const closeWithinMs = 5_000;

const log = createHubLog();
process.on('uncaughtException', (error) => fail('an error that nobody caught', error));
process.on('unhandledRejection', (error) => fail('a rejection that nobody caught', error));

try {
  const settings = readServerSettings(process.argv.slice(2), process.env);
  if (settings) stopOnSignals(await start(settings), settings);
  else process.stdout.write(usage);
} catch (error) {
  process.exitCode = error instanceof SettingWrong ? 2 : 1;
  sayWhyNot(error);
}

async function start(settings: ServerSettings): Promise<RunningHub> {
  const hub = await startHub({ ...settings.hub, log });
  const lines = [`Offhook hub: ${hub.url}`];
  if (hub.setupCode) {
    const address = (settings.hub.publicUrl ?? hub.url).replace(/^ws/, 'http');
    lines.push(
      'There is no super admin yet. Open this page, or POST to it, with this code. It works once:',
      `  ${address}/setup`,
      `  ${hub.setupCode}`,
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  return hub;
}

function stopOnSignals(hub: RunningHub, { graceMs, readTls }: ServerSettings): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) {
      log.warn('hub: told to stop again, ends at once', { signal });
      process.exit(1);
    }
    stopping = true;
    log.info('hub: stops', { signal, graceMs });
    setTimeout(() => {
      log.error('hub: did not stop in time', {});
      process.exit(1);
    }, graceMs + closeWithinMs).unref();
    hub.close(graceMs).then(
      () => process.exit(0),
      (error: unknown) => fail('stopping', error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // A renewed certificate is taken up without a restart.
  process.on('SIGHUP', () => {
    if (!readTls) return log.warn('hub: SIGHUP reads the certificate anew, but there is none', {});
    try {
      hub.renewCertificate(readTls());
      log.info('hub: the certificate was read anew', {});
    } catch (error) {
      log.error('hub: the certificate could not be read anew, the former one stays', { error });
    }
  });
}

function sayWhyNot(error: unknown): void {
  if (error instanceof SettingWrong || error instanceof DatabaseTooNew || error instanceof DatabaseUnusable) {
    process.stderr.write(`${error.message}\n`);
    return;
  }
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    process.stderr.write(
      `The port is taken (${message}). Another hub may run already; or give another --port.\n`,
    );
  } else if (code === 'EACCES' && syscall === 'listen') {
    process.stderr.write(`The port may not be used (${message}). Give one above 1023 with --port.\n`);
  } else if (code?.startsWith('ERR_OSSL') || code === 'ERR_SSL_KEY_VALUES_MISMATCH') {
    process.stderr.write(`The certificate and its key cannot be used together (${message}).\n`);
  } else {
    process.stderr.write(`The hub could not start: ${message}\n`);
    log.error('hub: could not start', { error });
  }
}

function fail(what: string, error: unknown): void {
  log.error(`hub: ${what}`, { error });
  process.exit(1);
}
