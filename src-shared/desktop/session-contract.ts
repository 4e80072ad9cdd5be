// Signing in and out, one's own presence, the phone being on or off, and how the links stand.
import { z } from 'zod';
import { project } from '../domain/disposition.ts';
import { statusId, userId } from '../domain/ids.ts';
import { choosableStatus, presenceView, statusLabel } from '../domain/presence.ts';
import { openProjects } from '../domain/work.ts';
import { command, nothing, topic } from '../wire/contract.ts';

export const accountType = z.enum(['clerk', 'admin', 'superAdmin']);
export type AccountType = z.output<typeof accountType>;

export const userView = z.strictObject({
  userId,
  username: z.string(),
  displayName: z.string(),
  accountType,
  extension: z.string(),
});
export type UserView = z.output<typeof userView>;

export const signedInView = z.strictObject({
  state: z.literal('signedIn'),
  /**
   * False where somebody who is remembered works with what this computer has kept, because the hub has not been reached
   * since Offhook was started: no call can be made or taken until then (OFF-1).
   */
  atHub: z.boolean(),
  practice: z.boolean(),
  user: userView,
  /** All that the agent is a member of. */
  projects: z.array(project),
  open: openProjects,
  /** Those to choose besides the usual ones. */
  statuses: z.array(statusLabel),
  mayCallOutside: z.boolean(),
});

export const sessionView = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('signedOut'),
    /** True where the hub on this computer answers with sample accounts. */
    practice: z.boolean(),
    /** Shown on the sign-in screen of practice mode, so that anyone can try it. */
    sampleAccounts: z.array(z.strictObject({ username: z.string(), password: z.string(), accountType })),
    /** What the sign-in asks for now: 'password' at its beginning, the others after the password was right. */
    due: z.enum(['password', 'secondFactor', 'newPassword', 'secondFactorSetUp']),
    /** What an authenticator takes up where 'secondFactorSetUp' is due; `address` is for a QR code. */
    setUp: z.strictObject({ secret: z.string(), address: z.string() }).optional(),
    /** False where this computer has no safe place for a device token: then only the username is remembered. */
    canRemember: z.boolean(),
    /** Why the last session ended by itself, or the last sign-in ('tooLong'); null where neither did. */
    ended: z.enum(['byHub', 'tooLong']).nullable(),
  }),
  signedInView,
]);
export type SessionView = z.output<typeof sessionView>;

/** A link's state: never a boolean, always with since when. */
export const linkView = z.strictObject({
  state: z.enum(['online', 'connecting', 'offline', 'off']),
  sinceMs: z.number(),
  /** When it is tried again; null where nothing is planned. */
  retryAtMs: z.number().nullable(),
  /** For the log and the chip's detail; English, no personal data. */
  reason: z.string().nullable(),
});
export type LinkView = z.output<typeof linkView>;

export const phoneView = z.strictObject({
  on: z.boolean(),
  extension: z.string().nullable(),
  registration: linkView,
});
export type PhoneView = z.output<typeof phoneView>;

const session = topic('session', sessionView);
const presence = topic('presence', presenceView);
const phone = topic('phone', phoneView);
const network = topic('network', linkView);

export const sessionCommands = {
  ...session.commands,
  ...presence.commands,
  ...phone.commands,
  ...network.commands,
  /** What is due then stands in the session. Refused: 'wrongCredentials' (never says which part), 'hubAway', 'slowDown'. */
  'session.signIn': command(
    z.strictObject({
      username: z.string().max(200),
      password: z.string().max(500),
      accountType,
      /** Be let in at the next start without being asked, where this computer can keep a secret. */
      remember: z.boolean(),
    }),
    z.null(),
  ),
  /** Also a recovery code. Refused: 'codeWrong', 'codeUsed', 'clockOff', 'slowDown', 'signInOver', 'hubAway'. */
  'session.secondFactor': command(z.strictObject({ code: z.string().max(100) }), z.null()),
  /** Refused as 'account.changePassword', and 'signInOver'. */
  'session.newPassword': command(z.strictObject({ password: z.string().max(2_000) }), z.null()),
  /**
   * The codes are told this once; the sign-in goes on with 'session.goOn'. Refused as 'session.secondFactor', but for
   * 'codeUsed'.
   */
  'session.setUpSecondFactor': command(
    z.strictObject({ code: z.string().max(100) }),
    z.strictObject({ recoveryCodes: z.array(z.string()) }),
  ),
  /** The recovery codes are in safety. Refused: 'signInOver'. */
  'session.goOn': command(nothing, z.null()),
  /** Back to the beginning of the sign-in. */
  'session.giveUp': command(nothing, z.null()),
  'session.signOut': command(nothing, z.null()),
  /**
   * Refused: 'microphoneNotReady' when becoming available with a microphone that is refused, missing or silent,
   * unless `knowingly`; 'noSuchStatus', 'notInFuture', 'hubAway'.
   */
  'presence.set': command(
    z.strictObject({
      status: choosableStatus,
      /** One of the session's statuses, which acts as `status`; null for the usual ones. */
      labelId: statusId.nullable(),
      untilMs: z.number().nullable(),
      knowingly: z.boolean(),
    }),
    z.null(),
  ),
  /** TEAM-6. Refused: 'notAMember', 'hubAway'. */
  'projects.open': command(openProjects, z.null()),
  /** Refused: 'stillAvailable' when turned off while Available, unless `knowingly` (CALL-21). */
  'phone.turn': command(z.strictObject({ on: z.boolean(), knowingly: z.boolean() }), z.null()),
} as const;

export const sessionEvents = {
  ...session.events,
  ...presence.events,
  ...phone.events,
  ...network.events,
} as const;
