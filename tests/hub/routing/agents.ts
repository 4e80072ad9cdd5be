// What the scenario tests of routing share: agents with a SIP phone and a connection of their own to a real practice hub,
// scripted callers with what they heard, and what is kept of calls.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { PracticeCallKind } from '#shared/desktop/settings-contract.ts';
import type { ChoosableStatus } from '#shared/domain/presence.ts';
import type { PracticeProgress } from '#shared/hub/hub-contract.ts';
import type { HubDatabase } from '../../../src-hub/database/open-database.ts';
import { openHubDatabase } from '../../../src-hub/database/open-database.ts';
import type { MediaEndAccount } from '../../../src-hub/media/media-ports.ts';
import { eventually } from '../../support/eventually.ts';
import { startTestAgent } from '../../support/test-agent.ts';
import { makeToneOpus } from '../../support/tone.ts';
import {
  type Credentials,
  clerk,
  KeptLog,
  listenTo,
  openDesktop,
  signInDesktop,
  type TestHub,
} from '../support.ts';

export const wholeCallMs = 60_000;
export const northwind = 'northwind-support';

/** Signed in, registered and available: what a desktop is after a minute of work. */
export async function agentAtWork(hub: TestHub, who: Credentials = clerk, deviceId: string = randomUUID()) {
  const desktop = await signInDesktop(hub, who, deviceId);
  const phone = await phoneOf(desktop.session.sip, deviceId);
  const reports = (activity: 'free' | 'onCall' | 'wrapUp') =>
    desktop.client.call('device.report', { activity, asleep: false });
  const become = (status: ChoosableStatus) =>
    desktop.client.call('presence.set', { status, labelId: null, untilMs: null });
  await reports('free');
  await become('available');
  return { ...desktop, phone, deviceId, reports, become };
}
export type AgentAtWork = Awaited<ReturnType<typeof agentAtWork>>;

export async function phoneOf(account: MediaEndAccount, instanceId: string) {
  const phone = await startTestAgent({ ...account, instanceId }, makeToneOpus(440, 1), new KeptLog());
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= phone.close();
    return closing;
  };
  onTestFinished(close);
  return { ...phone, close };
}

/** Starts a scripted call as the command line does, and follows it. */
export async function practiceCall(hub: TestHub, kind: PracticeCallKind) {
  const { client } = await openDesktop(hub, { headers: { authorization: `Bearer ${hub.operatorToken}` } });
  const told = listenTo(client, 'practice.progress');
  await client.call('practice.call', { kind });
  const until = (what: string, look: (progress: PracticeProgress) => boolean) =>
    eventually(what, () => told.find(look), 45_000);
  return {
    told,
    answered: () => until('the caller is answered', ({ happened }) => happened.step === 'answered'),
    ended: () => until('the end of the call', ({ happened }) => happened.step === 'ended'),
  };
}

/** What a running hub keeps, looked at beside it. */
export async function databaseOf(hub: TestHub): Promise<HubDatabase> {
  const db = await openHubDatabase({ sqlite: join(hub.dataDirectory, 'hub.sqlite') });
  onTestFinished(() => db.destroy());
  return db;
}

/** Of all calls, in the order in which they came: who was offered each, and how that ended. */
export async function offersKept(db: HubDatabase): Promise<string[]> {
  const rows = await db
    .selectFrom('offer')
    .innerJoin('account', 'account.user_id', 'offer.user_id')
    .select(['account.extension', 'offer.attempt', 'offer.outcome', 'offer.missed_reason'])
    .orderBy('offer.began_at_ms')
    .orderBy('account.extension')
    .execute();
  return rows.map(({ extension, outcome, missed_reason }) =>
    [extension, outcome, missed_reason].filter(Boolean).join(' '),
  );
}
