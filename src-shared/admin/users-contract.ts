// Users as the admin window and REST see them: add, change, disable, reset, devices of another make, CSV. Part of the
// hub's contract and of the desktop's alike: main hands these commands on as they are. Who may do what stands in
// src-hub/permissions; 'notAllowed' is refused everywhere here.
import { z } from 'zod';
import { accountType } from '../desktop/session-contract.ts';
import { projectId, teamId, userId } from '../domain/ids.ts';
import { command, nothing } from '../wire/contract.ts';

const name = z.string().trim().min(1).max(100);
const username = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u);
const email = z.email().max(254);
const password = z.string().max(2_000);
const version = z.number().int().nonnegative();

export const adminUser = z.strictObject({
  userId,
  firstName: z.string(),
  lastName: z.string(),
  username: z.string(),
  /** Null where none was given. */
  email: z.string().nullable(),
  accountType,
  extension: z.string(),
  /** Null where the user is not disabled. */
  disabledAtMs: z.number().nullable(),
  mustChangePassword: z.boolean(),
  /** Whether a second factor is set up, whether the next sign-in asks to set one up, or neither. */
  secondFactor: z.enum(['on', 'due', 'off']),
  /** May call and transfer to numbers outside the company. */
  mayCallOutside: z.boolean(),
  teamIds: z.array(teamId),
  projectIds: z.array(projectId),
  /** Null where the user has never signed in. */
  lastSignedInAtMs: z.number().nullable(),
  /** Counts changes; whoever changes the user says which one they saw. */
  version,
});
export type AdminUser = z.output<typeof adminUser>;

export const newUser = z.strictObject({
  firstName: name,
  lastName: name,
  username,
  email: email.nullable(),
  password,
  accountType,
  mustChangePassword: z.boolean(),
  /** The next sign-in asks to set up a second factor. */
  secondFactorDue: z.boolean(),
  mayCallOutside: z.boolean(),
});
export type NewUser = z.output<typeof newUser>;

export const userChange = z.strictObject({
  userId,
  version,
  firstName: name,
  lastName: name,
  username,
  email: email.nullable(),
  accountType,
  mayCallOutside: z.boolean(),
});
export type UserChange = z.output<typeof userChange>;

/** A device that registers with a SIP credential of its own. */
export const userDevice = z.strictObject({
  deviceId: z.string(),
  /** Ours signs in and gets its credential by itself; another make's was made by hand, with this label. */
  make: z.enum(['offhook', 'other']),
  label: z.string().nullable(),
  authorizationUser: z.string(),
  registered: z.boolean(),
  /** When the credential was made or last rotated. */
  madeAtMs: z.number().nullable(),
});
export type UserDevice = z.output<typeof userDevice>;

/** Shown once: the hub keeps the password for digests, and tells it no second time. */
export const shownCredential = z.strictObject({
  authorizationUser: z.string(),
  password: z.string(),
  /** sip:201@example.com */
  uri: z.string(),
  webSocketUrl: z.string(),
  /** What the QR code holds. */
  qrText: z.string(),
});
export type ShownCredential = z.output<typeof shownCredential>;

/** An import's columns, in the order of a template; `teams` are names, separated by |. */
export const csvColumns = [
  'firstName',
  'lastName',
  'username',
  'email',
  'password',
  'accountType',
  'mustChangePassword',
  'secondFactorDue',
  'mayCallOutside',
  'teams',
] as const;

/** One line of an import that cannot be taken; `row` counts from 1 with the header as row 1. */
export const csvProblem = z.strictObject({
  row: z.number().int(),
  column: z.string().nullable(),
  reason: z.string(),
  message: z.string(),
});
export type CsvProblem = z.output<typeof csvProblem>;

/** How far an import is: passwords are judged, and then hashed. */
export const importProgress = z.strictObject({
  doing: z.enum(['judging', 'hashing']),
  done: z.number().int(),
  total: z.number().int(),
});
export type ImportProgress = z.output<typeof importProgress>;

/** To the connection that imports. */
export const adminUserEvents = {
  /** Now and then, while an import takes long. */
  'admin.users.importing': importProgress,
} as const;

/** Refused in common: 'noSuchUser', 'changedMeanwhile' where `version` is not the latest. */
export const adminUserCommands = {
  'admin.users.list': command(nothing, z.array(adminUser)),
  /** Refused: 'usernameTaken', 'emailTaken', 'noExtensionLeft', and as 'account.changePassword' for the password. */
  'admin.users.add': command(newUser, adminUser),
  /** Refused: 'usernameTaken', 'emailTaken', 'lastSuperAdmin'. */
  'admin.users.change': command(userChange, adminUser),
  /** Signs out everywhere within a second and stops the extension ringing. Refused: 'lastSuperAdmin'. */
  'admin.users.setDisabled': command(z.strictObject({ userId, version, disabled: z.boolean() }), adminUser),
  /** Ends all sessions of that user. Refused as 'account.changePassword' for the password. */
  'admin.users.resetPassword': command(
    z.strictObject({ userId, password, mustChangePassword: z.boolean() }),
    adminUser,
  ),
  /** The second factor is off; `due`: the next sign-in asks to set one up anew. Ends all sessions of that user. */
  'admin.users.resetSecondFactor': command(z.strictObject({ userId, due: z.boolean() }), adminUser),
  'admin.users.devices': command(z.strictObject({ userId }), z.array(userDevice)),
  /** A credential for a device of another make. */
  'admin.users.addDevice': command(
    z.strictObject({ userId, label: z.string().trim().min(1).max(100) }),
    shownCredential,
  ),
  /** The old password is worth nothing at once. Refused: 'noSuchDevice'. Ours get the new one by themselves (null). */
  'admin.users.rotateDevice': command(
    z.strictObject({ userId, deviceId: z.string() }),
    shownCredential.nullable(),
  ),
  /** Ends its registration, and the session where it is one of ours. Refused: 'noSuchDevice'. */
  'admin.users.removeDevice': command(z.strictObject({ userId, deviceId: z.string() }), z.null()),
  /**
   * All rows or none. `tryOnly` says what would happen. Columns: firstName, lastName, username, email, password,
   * accountType, mustChangePassword, secondFactorDue, mayCallOutside, teams (names, separated by |).
   */
  'admin.users.importCsv': command(
    // What fits into one frame to the hub (src-hub/wire/upgrades.ts), line breaks and quotation marks escaped.
    z.strictObject({ csv: z.string().max(4_000_000), tryOnly: z.boolean() }),
    z.strictObject({ rows: z.number().int(), added: z.number().int(), problems: z.array(csvProblem) }),
  ),
  /** The same columns but the password, and the extension; cells that begin with = + - @ are made harmless. */
  'admin.users.exportCsv': command(nothing, z.strictObject({ csv: z.string() })),
} as const;
