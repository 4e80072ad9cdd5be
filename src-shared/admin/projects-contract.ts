// Projects as a supervisor sets them: numbers, members, who is rung and for how long, waiting, opening hours,
// dispositions; and the statuses that agents may choose besides the usual ones.
import { z } from 'zod';
import { disposition } from '../domain/disposition.ts';
import { dispositionId, projectId, statusId, userId } from '../domain/ids.ts';
import { statusLabel } from '../domain/presence.ts';
import { command, nothing } from '../wire/contract.ts';

const version = z.number().int().nonnegative();
const minuteOfDay = z.number().int().min(0).max(1_440);

export const openingHours = z.strictObject({
  /** ISO 8601: 1 is Monday, 7 is Sunday. */
  weekday: z.number().int().min(1).max(7),
  /** Minutes after midnight in the project's zone; `closesAt` is 1440 for midnight and greater than `opensAt`. */
  opensAtMinute: minuteOfDay,
  closesAtMinute: minuteOfDay,
});
export type OpeningHours = z.output<typeof openingHours>;

export const holiday = z.strictObject({ date: z.iso.date(), name: z.string().trim().max(100) });
export type Holiday = z.output<typeof holiday>;

/** Where a call goes that finds nobody, waits too long, or comes when the project is closed. */
export const overflow = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('voicemail') }),
  z.strictObject({ to: z.literal('project'), projectId }),
]);
export type Overflow = z.output<typeof overflow>;

/** Everything of a project that a form sets. */
export const projectSettings = z.strictObject({
  name: z.string().trim().min(1).max(200),
  /** Shown in the pop. */
  queueName: z.string().trim().min(1).max(200),
  /** As typed; kept as E.164 where they could be parsed. */
  numbers: z.array(z.string().max(40)).max(500),
  memberIds: z.array(userId).max(10_000),
  /** Who is rung: the one idle longest, then the next, or all who are free at once. Primary before secondary in both. */
  distribution: z.enum(['longestIdle', 'allAtOnce']),
  ringTimeoutMs: z.number().int().min(5_000).max(120_000),
  /** What an agent's Decline does (CALL-17). */
  onDecline: z.enum(['voicemail', 'nextAgent']),
  /** 0 = no wrap-up. */
  wrapUpMs: z.number().int().min(0).max(3_600_000),
  dispositionRequired: z.boolean(),
  /** 0 = nobody waits. */
  mostWaiting: z.number().int().min(0).max(1_000),
  longestWaitMs: z.number().int().min(0).max(3_600_000),
  overflow,
  /** IANA name. */
  timeZone: z.string().min(1).max(100),
  /** Empty: always open. */
  openingHours: z.array(openingHours).max(100),
  holidays: z.array(holiday).max(500),
});
export type ProjectSettings = z.output<typeof projectSettings>;

export const adminProject = z.strictObject({ id: projectId, version, settings: projectSettings });
export type AdminProject = z.output<typeof adminProject>;

/** A disposition as edited; one without an id is new. Its place in the list is its order. */
export const editedDisposition = disposition
  .omit({ id: true, projectId: true })
  .extend({ id: dispositionId.nullable() });
export type EditedDisposition = z.output<typeof editedDisposition>;

/** Refused in common: 'notAllowed', 'noSuchProject', 'changedMeanwhile'. */
export const adminProjectCommands = {
  'admin.projects.list': command(nothing, z.array(adminProject)),
  /**
   * Refused: 'numberTaken' (by a project or as somebody's extension), 'numberMalformed', 'numberReserved' (an emergency
   * number, or the hub's own), 'nameTaken', 'noSuchUser', 'noSuchProject' (to send calls on to), 'overflowCircle'
   * (projects that send each other their calls), 'hoursMalformed', 'timeZoneUnknown'.
   */
  'admin.projects.add': command(z.strictObject({ settings: projectSettings }), adminProject),
  /** Refused as 'add'. A member taken away in mid-call keeps the call and gets no new ones. */
  'admin.projects.change': command(
    z.strictObject({ id: projectId, version, settings: projectSettings }),
    adminProject,
  ),
  'admin.projects.remove': command(z.strictObject({ id: projectId, version }), z.null()),
  'admin.dispositions.get': command(
    z.strictObject({ projectId }),
    z.strictObject({ version, dispositions: z.array(disposition) }),
  ),
  /** All of a project's at once, in their order. Refused: 'labelTaken', 'keyTaken', 'noSuchDisposition'. */
  'admin.dispositions.set': command(
    z.strictObject({ projectId, version, dispositions: z.array(editedDisposition).max(200) }),
    z.strictObject({ version, dispositions: z.array(disposition) }),
  ),
  'admin.statuses.get': command(nothing, z.strictObject({ version, statuses: z.array(statusLabel) })),
  /** All at once, in their order; one without an id is new. Whoever is in one taken away stays as it acts. Refused: 'labelTaken'. */
  'admin.statuses.set': command(
    z.strictObject({
      version,
      statuses: z.array(statusLabel.extend({ id: statusId.nullable() })).max(50),
    }),
    z.strictObject({ version, statuses: z.array(statusLabel) }),
  ),
} as const;
