// Records of a hub on a database of their own, with two projects and a user, and what was stamped for those who pull.
import { usualCallForm } from '#shared/domain/call-form.ts';
import type { RecordId } from '#shared/domain/ids.ts';
import { callId, projectId, recordId, userId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type RecordContent, type RecordNumber } from '#shared/domain/record.ts';
import type { CallReport } from '#shared/hub/sync-contract.ts';
import { AccountStore } from '../../../src-hub/accounts/account-store.ts';
import { UserDirectory } from '../../../src-hub/accounts/user-directory.ts';
import type { Actor } from '../../../src-hub/audit/audit-store.ts';
import { beginAutomations } from '../../../src-hub/automations/automations.ts';
import type { HubDatabase } from '../../../src-hub/database/open-database.ts';
import { sampleProject, sampleSecondProject } from '../../../src-hub/practice/sample-company.ts';
import { ProjectService } from '../../../src-hub/projects/project-service.ts';
import { ProjectStore } from '../../../src-hub/projects/project-store.ts';
import { usualRouting } from '../../../src-hub/projects/stored-project.ts';
import { buildRecords } from '../../../src-hub/records/records.ts';

export const ann = userId.parse('ann');
export const annActs: Actor = { kind: 'user', id: ann, name: 'Ann Archer' };
export const erasureSecret = new Uint8Array(32).fill(7);
export const support = sampleProject.id;
export const dental = sampleSecondProject.id;
export const noProject = projectId.parse('no-such-project');

/** @param numbersChanged see RecordServiceParts. */
export async function recordsAtWork(
  db: HubDatabase,
  numbersChanged: Parameters<typeof buildRecords>[0]['numbersChanged'] = () => Promise.resolve(),
) {
  const accounts = new AccountStore(db);
  // A backup has them.
  const fresh = (await accounts.all()).length === 0;
  if (fresh) {
    await accounts.add({
      user: {
        userId: ann,
        username: 'ann',
        displayName: 'Ann Archer',
        accountType: 'clerk',
        extension: '301',
      },
      passwordHash: 'unused',
    });
  }
  const users = new UserDirectory(accounts);
  const projectStore = new ProjectStore(db);
  for (const project of fresh ? [sampleProject, sampleSecondProject] : []) {
    const stored = { ...usualRouting, project, queueName: 'Queue', ringTimeoutMs: 20_000, memberIds: [ann] };
    await projectStore.add(stored, []);
  }
  const projects = new ProjectService(projectStore);
  await Promise.all([users.load(), projects.load()]);
  const clock = { nowMs: 1_800_000_000_000 };
  const begun = beginAutomations({ db, clock: { nowMs: () => clock.nowMs, after: () => () => undefined } });
  const built = buildRecords({
    db,
    clock: { nowMs: () => clock.nowMs, after: () => () => undefined },
    users,
    projects,
    forms: { formOf: () => usualCallForm },
    erasureSecret,
    numbersChanged,
    erased: async () => undefined,
    happened: begun.happenings,
  });
  /** What pulls tell, in its order. */
  const stamped = async () => {
    const rows = await db.selectFrom('sync_entry').selectAll().orderBy('seq').execute();
    return rows.map(
      ({ entity, entity_id, scope, gone }) =>
        `${entity} ${entity_id} in ${scope || 'none'}${gone ? `: ${gone}` : ''}`,
    );
  };
  return { ...built, begun, db, users, projects, clock, stamped };
}

export function content(part: Partial<RecordContent> = {}): RecordContent {
  return { ...emptyRecordContent, lastName: 'Marlow', ...part };
}

export function number(written: string, extension = ''): RecordNumber {
  return { number: written, extension, label: 'main' };
}

export function report(part: Partial<CallReport> & { id: string }): CallReport {
  const { id, ...rest } = part;
  return {
    callId: callId.parse(id),
    sipCallId: null,
    direction: 'inbound',
    number: '+442079460123',
    redirectedFrom: null,
    projectId: support,
    recordId: null,
    customerId: null,
    subject: '',
    startedAtMs: 1_000,
    answeredAtMs: 2_000,
    endedAtMs: 3_000,
    outcome: 'accepted',
    missedReason: null,
    note: '',
    dispositionId: null,
    dispositionLabel: null,
    orderOutcome: null,
    finished: true,
    corrections: [],
    ...rest,
  };
}

export const id = (text: string): RecordId => recordId.parse(text);
