// Call mode on a database of its own: two projects, people with numbers, agents who ask for orders and end them as their
// desktops do, through the push that brings outcomes.
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { DialUpSettings, ModeSettings, OutcomeButton } from '#shared/domain/dial-up.ts';
import { usualDialUpSettings, usualOrderStatuses } from '#shared/domain/dial-up-usual.ts';
import {
  attemptId,
  type LeaseId,
  mutationId,
  type OrderId,
  orderStatusId,
  type ProjectId,
  recordId,
  type UserId,
} from '#shared/domain/ids.ts';
import type { Outcome } from '#shared/domain/order.ts';
import type { LeasedOrder } from '#shared/hub/dial-contract.ts';
import { AccountStore } from '../../../src-hub/accounts/account-store.ts';
import { BackgroundWork } from '../../../src-hub/background-work.ts';
import { buildCallMode } from '../../../src-hub/call-mode.ts';
import { createCompanyChanges } from '../../../src-hub/company-changes.ts';
import type { HubDatabase } from '../../../src-hub/database/open-database.ts';
import { nextOrdersAt } from '../../../src-hub/dial-up/dial-up.ts';
import { HandOut } from '../../../src-hub/dial-up/hand-out.ts';
import { EraStore } from '../../../src-hub/sync/era-store.ts';
import { PullService } from '../../../src-hub/sync/pull-service.ts';
import { PullStore } from '../../../src-hub/sync/pull-store.ts';
import { LiveConnections } from '../../../src-hub/wire/live-connections.ts';
import { pushesAt } from '../../support/pushes-at.ts';
import { annActs, content, number, recordsAtWork, support } from '../records/records-at-work.ts';
import { HandClock, KeptLog, temporaryFolder } from '../support.ts';

export const status = (text: string) => orderStatusId.parse(text);

/** The usual settings with some modes open and changed. */
export function settingsWith(
  modes: Partial<Record<ModeSettings['mode'], Partial<ModeSettings>>>,
  rest: Partial<DialUpSettings> = {},
): DialUpSettings {
  const usual = usualDialUpSettings(usualOrderStatuses);
  return {
    ...usual,
    ...rest,
    modes: usual.modes.map((each) => ({
      ...each,
      standardTimeMinutes: 0,
      ...(modes[each.mode] ? { open: true, ...modes[each.mode] } : {}),
    })),
  };
}

export interface Worker {
  readonly userId: UserId;
  readonly displayName: string;
  readonly username: string;
  readonly accountType: 'clerk';
  readonly extension: string;
}

/** @param second another hub on the same database: it makes nothing of its own. */
export async function callModeAtWork(db: HubDatabase, clock = new HandClock(), second = false) {
  const people = await recordsAtWork(db, (within, ids) => callMode.numbersChanged(within, ids));
  const log = new KeptLog();
  const background = new BackgroundWork(log);
  const changes = createCompanyChanges(log);
  const openOf = new Map<UserId, readonly ProjectId[]>();
  const callMode = buildCallMode({
    db,
    clock,
    log,
    background,
    live: new LiveConnections(),
    changes,
    users: people.users,
    projects: people.projects,
    open: {
      of(userId) {
        const [primaryId = null, ...secondaryIds] = openOf.get(userId) ?? [support];
        return { primaryId, secondaryIds };
      },
    },
    people,
    dataDirectory: await temporaryFolder(),
    scopeOf: () => Promise.resolve('all' as const),
    holdingChanged: () => undefined,
    counted: (within, order, attempt) => people.begun.happenings.orderOutcome(within, order, attempt),
  });
  await callMode.load();
  onTestFinished(async () => {
    await callMode.close();
    await background.settled();
  });
  const eras = new EraStore(db);
  await eras.begin(randomUUID());
  const pulls = new PullService(new PullStore(db), eras, () => true);
  const pushes = pushesAt(db, people.records, pulls, callMode.dialUp.outcomes);
  const handOut = new HandOut(db, nextOrdersAt(db), callMode.dialUp.book, clock);
  let workers = 0;
  let sequence = second ? 1_000_000 : 0;

  return {
    ...callMode,
    ...people,
    clock,
    log,
    changes,
    background,
    pushes,
    /** What is set for a project. */
    async set(projectId: ProjectId, settings: DialUpSettings): Promise<void> {
      const { version } = callMode.settings.get(projectId);
      await callMode.settings.set(annActs, projectId, version, settings);
      callMode.dialUp.book.forgetHours();
    },
    /** Somebody with this number, and an order of theirs. @param name also the ids'. */
    async order(
      name: string,
      statusName = 'new',
      phone: string | null = '+442079460111',
      projectId = support,
    ) {
      const id = recordId.parse(`person of ${name}`);
      await people.records.create(
        annActs,
        id,
        content({ lastName: name, projectId, numbers: phone === null ? [] : [number(phone)] }),
      );
      return await callMode.orders.create(annActs, 'person', {
        recordId: id,
        projectId,
        statusId: status(statusName),
        externalId: name,
        goods: 'A lamp',
        sumMinor: 4_990,
        currency: 'EUR',
        delivery: '',
        fields: {},
        timeZone: null,
      });
    },
    async worker(name: string, projectIds: readonly ProjectId[] = [support]): Promise<Worker> {
      workers += 1;
      const user: Worker = {
        userId: `user ${name}` as UserId,
        username: name,
        displayName: name,
        accountType: 'clerk',
        extension: String(400 + workers),
      };
      if (!second) {
        await new AccountStore(db).add({ user, passwordHash: 'unused' });
        for (const projectId of projectIds) {
          await db
            .insertInto('project_member')
            .values({ project_id: projectId, user_id: user.userId })
            .execute();
        }
      }
      await Promise.all([people.users.load(), people.projects.load()]);
      openOf.set(user.userId, projectIds);
      return user;
    },
    async take({ userId }: Worker, settling: readonly LeaseId[] = []) {
      return await handOut.take({
        userId,
        deviceId: `desk of ${userId}`,
        openProjects: openOf.get(userId) ?? [support],
        settling,
      });
    },
    /** As a desktop's outbox brings it. @returns what became of it. */
    async end(
      worker: Worker,
      leased: { leaseId: LeaseId; orderId: OrderId; mode?: LeasedOrder['mode'] },
      button: OutcomeButton,
      more: Partial<Pick<Outcome, 'callBack' | 'note' | 'buttonLabel'>> = {},
    ) {
      sequence += 1;
      const nowMs = clock.nowMs();
      const [pushed] = await pushes.push(worker, `desk of ${worker.userId}`, [
        {
          mutationId: mutationId.parse(randomUUID()),
          sequence,
          madeAtMs: nowMs,
          mutation: {
            kind: 'order.outcome',
            leaseId: leased.leaseId,
            recordId: recordId.parse('unread by the hub'),
            outcome: {
              attemptId: attemptId.parse(randomUUID()),
              orderId: leased.orderId,
              mode: leased.mode ?? 'newLeads',
              button,
              callBack: null,
              note: '',
              callId: null,
              startedAtMs: nowMs - 60_000,
              endedAtMs: nowMs,
              ...more,
            },
          },
        },
      ]);
      return pushed;
    },
  };
}

export type CallModeAtWork = Awaited<ReturnType<typeof callModeAtWork>>;
