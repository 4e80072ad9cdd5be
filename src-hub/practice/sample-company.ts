// What a practice hub begins with: four accounts and two projects; sample-records.ts has the people. All numbers are from ranges that
// regulators keep for fiction (Ofcom's +44 20 7946 0xxx and 1632 960xxx, the 555-01xx of North America,
// Bundesnetzagentur's +49 30 23125 xxx): they ring nobody.
import type { AccountType } from '#shared/desktop/session-contract.ts';
import type { Disposition, Project } from '#shared/domain/disposition.ts';
import { dispositionId, projectId, userId } from '#shared/domain/ids.ts';

export const sampleAccounts: readonly {
  readonly username: string;
  readonly password: string;
  readonly displayName: string;
  readonly accountType: AccountType;
  readonly extension: string;
}[] = [
  {
    username: 'clerk',
    password: 'practice-clerk',
    displayName: 'Alex Morgan',
    accountType: 'clerk',
    extension: '201',
  },
  {
    username: 'clerk2',
    password: 'practice-clerk2',
    displayName: 'Sam Okafor',
    accountType: 'clerk',
    extension: '202',
  },
  {
    username: 'admin',
    password: 'practice-admin',
    displayName: 'Robin Castellanos',
    accountType: 'admin',
    extension: '203',
  },
  {
    username: 'superadmin',
    password: 'practice-superadmin',
    displayName: 'Jo Lindgren',
    accountType: 'superAdmin',
    extension: '204',
  },
];

export function sampleUserId(username: string) {
  return userId.parse(`sample-${username}`);
}

/** Kept here too because the scripted callers ring it. */
export const samplePracticeNumber = '+442079460100';

export const sampleProject: Project = {
  id: projectId.parse('northwind-support'),
  name: 'Northwind Support',
  numbers: [samplePracticeNumber],
  wrapUpMs: 120_000,
  dispositionRequired: true,
};
export const sampleQueueName = 'Northwind · first line';
export const sampleRingTimeoutMs = 20_000;
/** Who answers for the project; the super admin does not take calls. */
export const sampleMembers = ['clerk', 'clerk2', 'admin'];

export const sampleDispositions: readonly Disposition[] = (
  [
    ['resolved', 'Resolved', 'Support', 'green', '1', false],
    ['follow-up', 'Follow-up needed', 'Support', 'yellow', '2', false],
    ['complaint', 'Complaint', 'Support', 'red', '3', true],
    ['order-placed', 'Order placed', 'Sales', 'teal', '4', false],
    ['not-interested', 'Not interested', 'Sales', 'gray', '5', false],
    ['wrong-number', 'Wrong number', 'Not for us', 'gray', '6', false],
    ['spam', 'Spam', 'Not for us', 'orange', '7', false],
  ] as const
).map(([id, label, group, color, key, noteRequired]) => ({
  id: dispositionId.parse(`northwind-${id}`),
  projectId: sampleProject.id,
  label,
  group,
  color,
  key,
  noteRequired,
}));

/** A second client, which nobody has open at first. */
export const sampleSecondProject: Project = {
  id: projectId.parse('willow-dental'),
  name: 'Willow Dental',
  numbers: ['+442079460170'],
  wrapUpMs: 60_000,
  dispositionRequired: false,
};
export const sampleSecondQueueName = 'Willow Dental · reception';

export const sampleSecondDispositions: readonly Disposition[] = (
  [
    ['booked', 'Appointment booked', 'green', '1'],
    ['moved', 'Appointment moved', 'yellow', '2'],
    ['question', 'Question answered', 'teal', '3'],
  ] as const
).map(([id, label, color, key]) => ({
  id: dispositionId.parse(`willow-${id}`),
  projectId: sampleSecondProject.id,
  label,
  group: null,
  color,
  key,
  noteRequired: false,
}));
