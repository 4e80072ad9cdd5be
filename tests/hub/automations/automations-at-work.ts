// Automations on a database of their own: call mode beside them, a receiver of webhooks on loopback (allowed as a super admin
// would), and a small SMTP server that keeps what it is sent.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import type {
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished } from 'vitest';
import { usualCallForm } from '#shared/domain/call-form.ts';
import { mutationId, sipCallId, type UserId } from '#shared/domain/ids.ts';
import type { CallReport } from '#shared/hub/sync-contract.ts';
import {
  type AutomationParts,
  type BegunAutomations,
  buildAutomations,
} from '../../../src-hub/automations/automations.ts';
import type { DeliveryTimes } from '../../../src-hub/automations/delivery-worker.ts';
import type { MailSettings } from '../../../src-hub/automations/mail-sender.ts';
import type { EditedRule } from '../../../src-hub/automations/rule-checks.ts';
import { BackgroundWork } from '../../../src-hub/background-work.ts';
import { createCompanyChanges } from '../../../src-hub/company-changes.ts';
import type { HubDatabase } from '../../../src-hub/database/open-database.ts';
import { type HubClock, systemClock } from '../../../src-hub/hub-clock.ts';
import { RecordStore } from '../../../src-hub/records/record-store.ts';
import { OfferStore } from '../../../src-hub/routing/offer-store.ts';
import { type Received, startWebhookReceiver } from '../../support/webhook-receiver.ts';
import { callModeAtWork } from '../dial-up/call-mode-at-work.ts';
import { ann, annActs, id, support } from '../records/records-at-work.ts';
import { HandClock, KeptLog } from '../support.ts';

/** Fast enough for a test; the order of things is the usual one. */
const quickly: Partial<DeliveryTimes> = { answerWithinMs: 400, againAfterMs: [20, 20] };

export interface AtWorkOptions {
  readonly privateTargets?: readonly string[];
  readonly mail?: MailSettings | null;
  readonly times?: Partial<DeliveryTimes>;
  readonly customFields?: typeof usualCallForm.customFields;
}

export async function automationsAtWork(db: HubDatabase, options: AtWorkOptions = {}) {
  const clock = new HandClock();
  // From where the others' clocks stand, with timers that run.
  const beganMs = Date.now();
  const running: HubClock = {
    nowMs: () => clock.nowMs() + Date.now() - beganMs,
    after: (delayMs, task) => systemClock.after(delayMs, task),
  };
  const work = await callModeAtWork(db, clock);
  const log = new KeptLog();
  const background = new BackgroundWork(log);
  const privateTargets = [...(options.privateTargets ?? ['127.0.0.0/8'])];
  const parts: AutomationParts = {
    ...{ db, log, background, begun: work.begun, clock: running },
    changes: createCompanyChanges(log),
    users: work.users,
    projects: work.projects,
    forms: { formOf: () => ({ ...usualCallForm, customFields: options.customFields ?? [] }) },
    people: work,
    callMode: work,
    settings: {
      current: () => Promise.resolve({ version: 1, extensionFirst: 201, extensionLast: 599, privateTargets }),
    },
    scopeOf: () => Promise.resolve('all' as const),
    mail: options.mail ?? null,
    deliveryTimes: options.times ?? quickly,
  };
  const automations = buildAutomations(parts);
  await work.begun.book.load();
  await automations.load();
  onTestFinished(async () => {
    await automations.close();
    await background.settled();
  });
  let sequence = 5_000;
  return {
    ...work,
    ...automations,
    ...{ parts, privateTargets },
    hubLog: log,
    /** As a desktop's outbox brings it, once its undo is over. */
    async report(call: CallReport, by: UserId = ann) {
      sequence += 1;
      const user = { userId: by, displayName: 'Ann Archer', username: 'ann', accountType: 'clerk' as const };
      const [pushed] = await work.pushes.push({ ...user, extension: '301' }, 'desk of ann', [
        {
          ...{ mutationId: mutationId.parse(randomUUID()), sequence, madeAtMs: 1 },
          mutation: { kind: 'call.report', call },
        },
      ]);
      return pushed;
    },
    async rule(part: Partial<EditedRule> & Pick<EditedRule, 'actions'>) {
      return await automations.rules.add(annActs, {
        ...{ projectId: support, name: `Rule ${sequence}`, on: true, conditions: [] },
        trigger: { on: 'disposition', dispositionIds: [] },
        ...part,
      });
    },
    async runsOf() {
      const question = { projectId: support, ruleId: null, limit: 200 };
      return (await automations.watch.runsOf(question, null)).runs;
    },
    async deliveriesOf() {
      const question = { projectId: support, state: null, limit: 200 };
      return (await automations.watch.deliveriesOf(question, null)).deliveries;
    },
  };
}

/** As the exchange's word on a call is kept. */
export async function routedCall(
  db: HubDatabase,
  { happenings }: BegunAutomations,
  name: string,
  outcome: 'abandoned' | 'voicemail' | 'answered',
): Promise<void> {
  const store = new OfferStore(db);
  const id = sipCallId.parse(name);
  const request = {
    ...{ sipCallId: id, fromUser: 'trunk', requestUser: '100', callerNumber: '+442079460188' },
    ...{ callerName: null, redirectedFrom: null, transferredBy: null },
  };
  await db.transaction().execute(async (within) => {
    await store.addCall(request, { destination: 'project', projectId: support }, 1, within);
    const end = { outcome, answeredBy: null, answeredAtMs: null, endedAtMs: 2 };
    await store.routingEnded(id, end, within);
    await happenings.callOver(within, id, outcome);
  });
}

/** A process that dies at its nth statement: nothing comes after it, and its transaction is rolled back. */
export class DiesAt implements KyselyPlugin {
  #left: number;

  constructor(statements: number) {
    this.#left = statements;
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    this.#left -= 1;
    if (this.#left < 0) throw new Died();
    return node;
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }
}

class Died extends Error {}

/** What runs rules, on a connection that may die. */
export function runServiceOn(db: HubDatabase, parts: AutomationParts) {
  const { runs } = buildAutomations({
    ...parts,
    db,
    people: { ...parts.people, store: new RecordStore(db) },
  });
  return {
    /** @returns whether it ran, null where it died. */
    async runOnce(): Promise<boolean | null> {
      try {
        return await runs.runNext();
      } catch (error) {
        if (error instanceof Died) return null;
        throw error;
      }
    },
  };
}

/** What rules have done, whatever they say of it. */
export async function effectsOf(db: HubDatabase) {
  const orders = await db.selectFrom('dial_order').select('id').execute();
  const runs = await db.selectFrom('automation_run').select('id').execute();
  const deliveries = await db.selectFrom('automation_delivery').select('id').execute();
  const [record] = await db.selectFrom('record').select('tags').where('id', '=', id('maya')).execute();
  return {
    ...{ orders: orders.length, runs: runs.length },
    ...{ deliveries: deliveries.length, tags: record?.tags },
  };
}

/** As `startWebhookReceiver`, until the test has finished. */
export async function receiver(answer?: Parameters<typeof startWebhookReceiver>[0]) {
  const there = await startWebhookReceiver(answer);
  onTestFinished(() => there.close());
  return there;
}

/** What a webhook says, its signature checked. The hub's clock of a test is ahead of this computer's. */
export function verified(hook: Received | undefined, secret: string | null): unknown {
  if (!hook || secret === null) throw new Error('No webhook, or no secret');
  const { 'webhook-id': hookId, 'webhook-timestamp': at, 'webhook-signature': signature } = hook.headers;
  const expected = new Webhook(secret).sign(String(hookId), new Date(Number(at) * 1_000), hook.body);
  expect(String(signature).split(' ')).toContain(expected);
  return JSON.parse(hook.body);
}

/** RFC 5321 as far as one e-mail needs it. @param refusals how many e-mails are refused for now, first. */
export async function mailServer(refusals = 0) {
  const mails: { from: string; to: string[]; text: string }[] = [];
  const logins: string[] = [];
  let left = refusals;
  const server = createTcpServer((socket) => {
    let buffer = '';
    let inData = false;
    let mail = { from: '', to: [] as string[], text: '' };
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 mail.example ready');
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      buffer += data.toString('utf8');
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (inData && line !== '.') {
          mail.text += `${line}\n`;
        } else if (inData) {
          inData = false;
          left -= 1;
          if (left >= 0) say('451 try again later');
          else {
            mails.push(mail);
            say('250 kept');
          }
          mail = { from: '', to: [], text: '' };
        } else if (/^EHLO|^HELO/i.test(line)) say('250-mail.example\r\n250 AUTH PLAIN');
        else if (/^AUTH PLAIN /i.test(line)) {
          // RFC 4616: an identity to act as, the user and the password, with NUL between them.
          const [, user, password] = Buffer.from(line.slice(11), 'base64').toString('utf8').split('\0');
          logins.push(`${user} / ${password}`);
          say('235 welcome');
        } else if (/^MAIL FROM:/i.test(line)) {
          mail.from = /<(.*?)>/.exec(line)?.[1] ?? '';
          say('250 fine');
        } else if (/^RCPT TO:/i.test(line)) {
          mail.to.push(/<(.*?)>/.exec(line)?.[1] ?? '');
          say('250 fine');
        } else if (/^DATA/i.test(line)) {
          inData = true;
          say('354 go on');
        } else if (/^QUIT/i.test(line)) {
          say('221 bye');
          socket.end();
        } else say('250 fine');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const settings = { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Northwind <no-reply@northwind.example>' };
  return { settings, mails, logins };
}
