// What the hub's tests share: a hub in a folder of its own, desktops that connect to it, a clock that is turned by
// hand, and a log that keeps what was logged. All real but the clock.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { AccountType } from '#shared/desktop/session-contract.ts';
import {
  type HubContract,
  hubContract,
  type SignedInReply,
  type SignInStepReply,
} from '#shared/hub/hub-contract.ts';
import { contractHeader, contractVersion } from '#shared/hub/hub-handshake.ts';
import { type Client, connect } from '#shared/wire/connect.ts';
import type { EventName, EventOf } from '#shared/wire/contract.ts';
import { type HubDatabase, openHubDatabase } from '../../src-hub/database/open-database.ts';
import { type HubOptions, type RunningHub, startHub } from '../../src-hub/hub.ts';
import type { HubClock } from '../../src-hub/hub-clock.ts';
import type { HubLog } from '../../src-hub/hub-log.ts';
import { webSocketPort } from '../../src-hub/wire/web-socket-port.ts';

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'offhook-hub-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The database of a hub that does not run, closed when the test has finished. */
export async function openTestDatabase(folder: string): Promise<HubDatabase> {
  const db = await openHubDatabase({ sqlite: join(folder, 'hub.sqlite') });
  onTestFinished(() => db.destroy());
  return db;
}

interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly facts: Record<string, unknown>;
}

export class KeptLog implements HubLog {
  readonly lines: LogLine[] = [];
  info(message: string, facts: Record<string, unknown>): void {
    this.lines.push({ level: 'info', message, facts });
  }
  warn(message: string, facts: Record<string, unknown>): void {
    this.lines.push({ level: 'warn', message, facts });
  }
  error(message: string, facts: Record<string, unknown>): void {
    this.lines.push({ level: 'error', message, facts });
  }
  has(message: string): boolean {
    return this.lines.some((line) => line.message.includes(message));
  }
  errors(): LogLine[] {
    return this.lines.filter(({ level }) => level === 'error');
  }
}

export class HandClock implements HubClock {
  #nowMs: number;
  #waiting: { dueMs: number; task: () => void }[] = [];

  constructor(startMs = 1_800_000_000_000) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): () => void {
    const entry = { dueMs: this.#nowMs + delayMs, task };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== entry);
    };
  }

  /** Runs what falls due, in order. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const [next] = this.#waiting.filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs);
      if (!next) break;
      this.#waiting = this.#waiting.filter((each) => each !== next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.task();
    }
    this.#nowMs = untilMs;
  }
}

export interface TestHub extends RunningHub {
  readonly log: KeptLog;
  readonly dataDirectory: string;
}

/** A practice hub of its own for one test, closed when the test has finished (or before, by hand). */
export async function startTestHub(options: Partial<HubOptions> = {}): Promise<TestHub> {
  const dataDirectory = options.dataDirectory ?? (await temporaryFolder());
  const log = new KeptLog();
  const hub = await startHub({
    host: '127.0.0.1',
    preferredPort: 0,
    practice: true,
    log,
    environment: {},
    ...options,
    dataDirectory,
  });
  let closing: Promise<void> | null = null;
  const close = (graceMs?: number) => {
    closing ??= hub.close(graceMs);
    return closing;
  };
  onTestFinished(() => close());
  return { ...hub, close, log, dataDirectory };
}

/** What every desktop of today says in its handshake. */
export const ourVersion = { [contractHeader]: String(contractVersion) };

export interface Desktop {
  readonly ws: WebSocket;
  readonly client: Client<HubContract>;
  /** Raw texts as they arrived. */
  readonly heard: string[];
  readonly closed: Promise<number>;
}

export async function openDesktop(
  hub: { url: string },
  options: { headers?: Record<string, string> } = {},
): Promise<Desktop> {
  const ws = new WebSocket(`${hub.url}/hub`, { headers: { ...ourVersion, ...options.headers } });
  const heard: string[] = [];
  ws.on('message', (data: Buffer) => heard.push(data.toString('utf8')));
  const closed = new Promise<number>((resolve) => ws.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve);
    ws.once('error', reject);
  });
  onTestFinished(() => ws.terminate());
  return { ws, client: connect(hubContract, webSocketPort(ws), new KeptLog()), heard, closed };
}

export const clerk = { username: 'clerk', password: 'practice-clerk', accountType: 'clerk' } as const;
export const clerk2 = { username: 'clerk2', password: 'practice-clerk2', accountType: 'clerk' } as const;
export const admin = { username: 'admin', password: 'practice-admin', accountType: 'admin' } as const;
export const superAdmin = {
  username: 'superadmin',
  password: 'practice-superadmin',
  accountType: 'superAdmin',
} as const;

export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly accountType: AccountType;
}

export async function signInDesktop(hub: { url: string }, who: Credentials = clerk, deviceId = 'desktop-1') {
  const desktop = await openDesktop(hub);
  const session = wholeSignIn(await desktop.client.call('session.signIn', { ...who, deviceId }));
  return { ...desktop, session };
}

/** Where nothing else was due. */
export function wholeSignIn(step: SignInStepReply): SignedInReply {
  if (step.state !== 'signedIn') throw new Error(`The sign-in is not done: ${step.state} is due.`);
  return step;
}

/** Everything that was told under one name, from now on. */
export function listenTo<N extends EventName<HubContract>>(
  client: Client<HubContract>,
  name: N,
): EventOf<HubContract, N>[] {
  const told: EventOf<HubContract, N>[] = [];
  client.on(name, (payload) => told.push(payload));
  return told;
}

/** The HTTP status with which an upgrade was refused, or 101. */
export function upgradeStatus(
  url: string,
  options: { headers?: Record<string, string>; protocols?: string[]; origin?: string } = {},
): Promise<number> {
  const { protocols = [], headers, ...rest } = options;
  const ws = new WebSocket(url, protocols, { ...rest, headers: { ...ourVersion, ...headers } });
  return new Promise((resolve, reject) => {
    ws.once('open', () => {
      ws.close();
      resolve(101);
    });
    ws.once('unexpected-response', (_, response) => {
      response.resume();
      ws.terminate();
      resolve(response.statusCode ?? 0);
    });
    ws.on('error', (error) => reject(error));
  });
}
