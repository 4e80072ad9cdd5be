// A hub, started: its objects composed, its server listening. Called by practice-hub.ts and by tests.
import { randomBytes } from 'node:crypto';
import { composeHub } from './compose.ts';
import { type HubClock, systemClock } from './hub-clock.ts';
import type { HubLog } from './hub-log.ts';
import { createHubServer, listen } from './wire/http-listener.ts';
import { isLoopbackAddress } from './wire/loopback-guard.ts';
import { createUpgrades } from './wire/upgrades.ts';

export interface HubOptions {
  /** Made where it is missing. One hub at a time. */
  readonly dataDirectory: string;
  readonly host: '127.0.0.1';
  /** 0 for any; where it is taken, another is used. */
  readonly preferredPort: number;
  /** Sample accounts, sample project, scripted callers. */
  readonly practice: boolean;
  readonly log: HubLog;
  readonly clock?: HubClock;
  /** Where OFFHOOK_PRACTICE_SPEECH and OFFHOOK_PRACTICE_RECORDINGS are looked up; the process's own by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface RunningHub {
  /** ws://127.0.0.1:PORT; its paths are /hub and /sip. */
  readonly url: string;
  readonly port: number;
  /** Opens /hub to the command line of practice mode (`Authorization: Bearer`). */
  readonly operatorToken: string;
  /** Ends calls and connections, writes what is still to be written, closes the database. */
  close(): Promise<void>;
}

/** @throws where the host is not this computer; DatabaseTooNew; errors of SQLite and of the network. */
export async function startHub(options: HubOptions): Promise<RunningHub> {
  const { host, log } = options;
  // Sample accounts have known passwords, and /hub has no TLS: neither may be reached from elsewhere.
  if (!isLoopbackAddress(host)) throw new Error(`This hub listens on this computer only, not on ${host}`);
  const operatorToken = randomBytes(32).toString('base64url');
  const composed = await composeHub({
    dataDirectory: options.dataDirectory,
    practice: options.practice,
    log,
    clock: options.clock ?? systemClock,
    environment: options.environment ?? process.env,
  });
  const server = createHubServer();
  const upgrades = createUpgrades({
    log,
    operatorToken: options.practice ? operatorToken : null,
    hubConnected: composed.hubConnected,
    sipConnected: composed.sipConnected,
  });
  server.on('upgrade', upgrades.handle);
  try {
    const port = await listen(server, options, log);
    const url = `ws://${host}:${port}`;
    composed.listening(url);
    log.info('hub: listens', { port, practice: options.practice });
    return {
      url,
      port,
      operatorToken,
      async close() {
        server.close();
        await composed.close();
        server.closeAllConnections();
        log.info('hub: closed', { port });
      },
    };
  } catch (error) {
    await composed.close();
    throw error;
  }
}
