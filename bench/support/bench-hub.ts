// One practice hub for a benchmark: the built one, in a process of its own, with desktops and callers signed in to it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';
import { type HubContract, hubContract, type SipAccount } from '#shared/hub/hub-contract.ts';
import { contractHeader, contractVersion } from '#shared/hub/hub-handshake.ts';
import { type Client, connect } from '#shared/wire/connect.ts';
import { sampleAccounts, sampleProject } from '../../src-hub/practice/sample-company.ts';
import { webSocketPort } from '../../src-hub/wire/web-socket-port.ts';
import { practiceHubEnvironment } from '../../src-main/windows/practice-hub-environment.ts';
import { eventually } from '../../tests/support/eventually.ts';
import type { HubStamp } from './hub-process.ts';
import { addPeople } from './people-in-hub.ts';

export interface BenchHub {
  readonly url: string;
  readonly pid: number;
  /** Waits for the stamp of the next INVITE to or from this user. */
  nextInvite(happened: 'sent' | 'received', user: string, withinMs?: number): Promise<HubStamp>;
  /** Waits until this user's next REGISTER is granted. */
  nextRegistered(user: string): Promise<HubStamp>;
  close(): Promise<void>;
}

/** @param given its data directory, which stays when it ends; one of its own, removed at the end, where there is none */
export async function startBenchHub(
  environment: Readonly<Record<string, string>> = {},
  given: string | null = null,
): Promise<BenchHub> {
  const folder = given ?? mkdtempSync(path.join(tmpdir(), 'offhook-bench-hub-'));
  const child = fork(path.join(import.meta.dirname, 'hub-process.ts'), [`--data-directory=${folder}`], {
    env: { ...process.env, ...practiceHubEnvironment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let said = '';
  child.stdout?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  child.stderr?.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-20_000);
    if (process.env.OFFHOOK_BENCH_HUB_LOG) process.stderr.write(data.toString());
  });
  const waiting = new Set<(stamp: HubStamp) => void>();
  const known = new Set<string>();
  child.on('message', (stamp: HubStamp) => {
    // The same INVITE again: with credentials, or to whom it goes next.
    const name = `${stamp.happened} ${stamp.callId}`;
    if (stamp.happened !== 'registered' && known.has(name)) return;
    known.add(name);
    for (const each of [...waiting]) each(stamp);
  });
  const url = await eventually(
    'the hub listens',
    () => {
      if (child.exitCode !== null) throw new Error(`The hub ended: ${said}`);
      return /ws:\/\/127\.0\.0\.1:\d+(?=\n)/.exec(said)?.[0];
    },
    20_000,
  );
  const next = (happened: HubStamp['happened'], user: string, withinMs = 10_000) =>
    new Promise<HubStamp>((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`Nothing ${happened} for ${user} within ${withinMs} ms.\n${said.slice(-3000)}`));
      }, withinMs);
      const look = (stamp: HubStamp) => {
        if (stamp.happened !== happened || stamp.user !== user) return;
        clearTimeout(late);
        waiting.delete(look);
        resolve(stamp);
      };
      waiting.add(look);
    });
  return {
    url,
    pid: child.pid ?? -1,
    nextInvite: next,
    nextRegistered: (user) => next('registered', user),
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      if (given === null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** With so many people of the sample project, whom every desktop that signs in pulls first. */
export async function startHubWithPeople(count: number): Promise<BenchHub> {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-hub-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    // It makes its company itself.
    await (await startBenchHub({}, folder)).close();
    await addPeople({ sqlite: path.join(folder, 'hub.sqlite') }, folder, sampleProject.id, count);
    const hub = await startBenchHub({}, folder);
    return {
      ...hub,
      async close() {
        await hub.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

export type SampleName = 'clerk' | 'clerk2' | 'admin' | 'superadmin';

export interface SignedIn {
  readonly client: Client<HubContract>;
  readonly sip: SipAccount;
  readonly extension: string;
  close(): void;
}

/** A desktop's link to the hub without a desktop: signed in, Available. */
export async function signIn(hub: BenchHub, username: SampleName): Promise<SignedIn> {
  const account = sampleAccounts.find((each) => each.username === username);
  if (!account) throw new Error(`There is no sample account ${username}.`);
  const headers = { [contractHeader]: String(contractVersion) };
  const ws = new WebSocket(`${hub.url}/hub`, { headers });
  await once(ws, 'open');
  const complain = (message: string) => process.stderr.write(`bench: ${message}\n`);
  const client = connect(hubContract, webSocketPort(ws), { warn: complain, error: complain });
  const { password, accountType, extension } = account;
  const step = await client.call('session.signIn', {
    username,
    password,
    accountType,
    deviceId: `bench-${username}`,
  });
  if (step.state !== 'signedIn') throw new Error(`${username} cannot sign in: ${step.state} is due.`);
  const { sip } = step;
  await client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
  return { client, sip, extension, close: () => ws.close() };
}
