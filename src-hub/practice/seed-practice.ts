// Puts the sample company into an empty practice hub. A hub that has accounts already keeps what it has.
import { noteId } from '#shared/domain/ids.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import type { PasswordHashing } from '../accounts/password-hashing.ts';
import type { CallFormService } from '../call-forms/call-form-service.ts';
import type { OpenProjectStore } from '../projects/open-project-store.ts';
import type { ProjectStore } from '../projects/project-store.ts';
import { usualRouting } from '../projects/stored-project.ts';
import type { RecordService } from '../records/record-service.ts';
import type { RecordStore } from '../records/record-store.ts';
import {
  sampleAccounts,
  sampleDispositions,
  sampleMembers,
  sampleProject,
  sampleQueueName,
  sampleRingTimeoutMs,
  sampleSecondDispositions,
  sampleSecondProject,
  sampleSecondQueueName,
  sampleUserId,
} from './sample-company.ts';
import { sampleCallForm, sampleRecords } from './sample-records.ts';

export interface PracticeStores {
  readonly accounts: AccountStore;
  readonly projects: ProjectStore;
  readonly openProjects: OpenProjectStore;
}

/** Each part is looked at by itself, so that a start that was cut off is completed by the next. */
export async function seedPractice(stores: PracticeStores, hashing: PasswordHashing): Promise<void> {
  const known = new Set((await stores.accounts.all()).map(({ username }) => username));
  for (const { password, ...account } of sampleAccounts) {
    if (known.has(account.username)) continue;
    await stores.accounts.add({
      user: { userId: sampleUserId(account.username), ...account },
      passwordHash: await hashing.hash(password),
    });
  }
  if ((await stores.projects.all()).length === 0) {
    const stored = {
      ...usualRouting,
      // All at once: whoever tries it alone, or in two windows, is rung at once.
      distribution: 'allAtOnce' as const,
      timeZone: 'Europe/London',
      project: sampleProject,
      queueName: sampleQueueName,
      ringTimeoutMs: sampleRingTimeoutMs,
      memberIds: sampleMembers.map(sampleUserId),
    };
    await stores.projects.add(stored, sampleDispositions);
    const second = {
      ...stored,
      project: sampleSecondProject,
      queueName: sampleSecondQueueName,
      distribution: 'longestIdle' as const,
    };
    await stores.projects.add(second, sampleSecondDispositions);
    // As if they had chosen: whoever only wants to try a call is asked nothing.
    for (const userId of stored.memberIds) {
      await stores.openProjects.set(userId, { primaryId: sampleProject.id, secondaryIds: [] });
    }
  }
}

/**
 * Once users and projects are known. A hub that knows anybody already keeps whom it knows.
 * @param nowMs what the notes' times are counted back from.
 */
export async function seedRecords(
  store: RecordStore,
  records: RecordService,
  forms: CallFormService,
  nowMs: number,
): Promise<void> {
  if ((await store.all()).length > 0) return;
  await forms.begin(sampleProject.id, sampleCallForm);
  const practice = { kind: 'console', id: 'practice', name: 'Practice' } as const;
  for (const { id, content, notes } of sampleRecords) {
    await records.create(practice, id, content);
    for (const [index, { username, text, daysAgo }] of notes.entries()) {
      const displayName = sampleAccounts.find((each) => each.username === username)?.displayName ?? '';
      const author = { kind: 'user', id: sampleUserId(username), name: displayName } as const;
      const writtenAtMs = nowMs - daysAgo * dayMs;
      await records.addNote(author, {
        id: noteId.parse(`${id}-note-${index + 1}`),
        recordId: id,
        callId: null,
        text,
        writtenAtMs,
      });
    }
  }
}

const dayMs = 24 * 3_600_000;
