// The contract between a desktop and its hub, carried over a WebSocket (path /hub, JSON frames).
// What the admin window asks stands in src-shared/admin.
// A connection is signed out until `session.signIn`; every other command is then refused with 'signedOut'.
import { z } from 'zod';
import { adminCommands, adminEvents } from '../admin/admin-contract.ts';
import { superviseEvents } from '../admin/supervise-contract.ts';
import { accountType, userView } from '../desktop/session-contract.ts';
import { practiceCallKind } from '../desktop/settings-contract.ts';
import { missedReason } from '../domain/call-view.ts';
import { sipCallId, statusId, voicemailId } from '../domain/ids.ts';
import { people, personPresence } from '../domain/person.ts';
import { activity, choosableStatus, presenceStatus } from '../domain/presence.ts';
import { openProjects, work } from '../domain/work.ts';
import { iceServer } from '../media/media-contract.ts';
import { command, defineContract, nothing, topic } from '../wire/contract.ts';
import { accountCommands, typedCode } from './account-contract.ts';
import { dialCommands, dialEvents } from './dial-contract.ts';
import { recordLookupCommands } from './record-lookup-contract.ts';
import { syncCommands, syncEvents } from './sync-contract.ts';

/** What a device needs to register with the exchange (or a PBX). Made by the hub; nobody types it. */
export const sipAccount = z.strictObject({
  /** ws: or wss: URL of the SIP end. */
  webSocketUrl: z.string(),
  /** Address of record, sip:201@practice.offhook.invalid */
  uri: z.string(),
  authorizationUser: z.string(),
  password: z.string(),
  displayName: z.string(),
  /** Numbers that may always be dialled besides extensions and full numbers, such as the echo test. */
  echoExtension: z.string().nullable(),
});
export type SipAccount = z.output<typeof sipAccount>;

export const hubVoicemail = z.strictObject({
  voicemailId,
  projectName: z.string().nullable(),
  /** Null where withheld. */
  callerNumber: z.string().nullable(),
  callerName: z.string().nullable(),
  leftAtMs: z.number(),
  durationMs: z.number(),
  heard: z.boolean(),
});
export type HubVoicemail = z.output<typeof hubVoicemail>;

/** An offer that this user did not get to see: no device, or the device asleep. */
export const missedOffer = z.strictObject({
  sipCallId,
  callerNumber: z.string().nullable(),
  callerName: z.string().nullable(),
  projectName: z.string().nullable(),
  atMs: z.number(),
  reason: missedReason,
});
export type MissedOffer = z.output<typeof missedOffer>;

/** How one scripted caller fares, for whoever started it (command line, menu). `line` counts from 1: two at once are 1 and 2. */
export const practiceProgress = z.strictObject({
  line: z.number().int().positive(),
  /** Null where withheld. */
  callerNumber: z.string().nullable(),
  happened: z.discriminatedUnion('step', [
    z.strictObject({ step: z.literal('calling') }),
    z.strictObject({ step: z.literal('ringing') }),
    z.strictObject({ step: z.literal('answered'), by: z.enum(['person', 'voicemail']) }),
    /** The far end pressed a key; `digit` is 0-9, *, # or A-D. */
    z.strictObject({ step: z.literal('dtmfHeard'), digit: z.string().max(1) }),
    z.strictObject({
      step: z.literal('ended'),
      outcome: z.enum(['answered', 'voicemail', 'gaveUp', 'refused']),
      /** SIP status of a refusal; null otherwise. */
      status: z.number().int().nullable(),
    }),
  ]),
  /** True with the last progress of the last line. */
  allEnded: z.boolean(),
});
export type PracticeProgress = z.output<typeof practiceProgress>;

const hubPresence = z.strictObject({
  status: presenceStatus,
  sinceMs: z.number(),
  untilMs: z.number().nullable(),
  /** A status that a supervisor added; null for the usual ones. */
  labelId: statusId.nullable(),
});
const presence = topic('presence', hubPresence);
const voicemails = topic('voicemails', z.array(hubVoicemail));

export const signedInReply = z.strictObject({
  state: z.literal('signedIn'),
  /** Takes the session up again after the link was lost; opaque. */
  token: z.string(),
  /** Signs this device in at later starts; opaque. Null where that was not wished. */
  deviceToken: z.string().nullable(),
  user: userView,
  sip: sipAccount,
  work,
});
export type SignedInReply = z.output<typeof signedInReply>;

/** What is still due, or the session. The hub keeps how far a sign-in has come with its connection, for ten minutes. */
const signInStep = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('secondFactor') }),
  z.strictObject({ state: z.literal('newPassword') }),
  /** One must be set up before anything else; as 'account.proposeSecondFactor'. */
  z.strictObject({ state: z.literal('secondFactorSetUp'), secret: z.string(), address: z.string() }),
  signedInReply,
]);
export type SignInStepReply = z.output<typeof signInStep>;

export const hubContract = defineContract({
  name: 'hub',
  version: 8,
  commands: {
    ...presence.commands,
    ...voicemails.commands,
    ...accountCommands,
    ...adminCommands,
    ...syncCommands,
    ...recordLookupCommands,
    ...dialCommands,
    /** Before sign-in. `practice` hubs tell their sample accounts. */
    'hub.describe': command(
      nothing,
      z.strictObject({
        contractVersion: z.number().int(),
        practice: z.boolean(),
        sampleAccounts: z.array(z.strictObject({ username: z.string(), password: z.string(), accountType })),
      }),
    ),
    /** Refused: 'wrongCredentials', 'slowDown'. `deviceId` stays the same across starts of one desktop. */
    'session.signIn': command(
      z.strictObject({
        username: z.string().max(200),
        password: z.string().max(2_000),
        accountType,
        deviceId: z.string().min(1).max(100),
        /** For a device token. */
        remember: z.boolean().optional(),
      }),
      signInStep,
    ),
    /** Refused: 'codeWrong', 'codeUsed', 'clockOff', 'slowDown', 'signInOver'. Also takes a recovery code. */
    'session.secondFactor': command(z.strictObject({ code: typedCode }), signInStep),
    /**
     * Refused: 'passwordSame', 'passwordTooShort', 'passwordTooLong', 'passwordBreached', 'passwordGuessable',
     * 'secondFactorDue', 'signInOver'.
     */
    'session.newPassword': command(z.strictObject({ password: z.string().max(2_000) }), signInStep),
    /** The recovery codes are told this once. Refused: 'codeWrong', 'clockOff', 'slowDown', 'signInOver'. */
    'session.setUpSecondFactor': command(
      z.strictObject({ code: typedCode }),
      z.strictObject({ recoveryCodes: z.array(z.string()), next: signInStep }),
    ),
    /** Refused: 'wrongCredentials' where the device is remembered no more. */
    'session.signInRemembered': command(
      z.strictObject({ deviceToken: z.string().max(500), deviceId: z.string().min(1).max(100) }),
      signInStep,
    ),
    /** Refused: 'wrongCredentials' where the token is no longer good. */
    'session.resume': command(
      z.strictObject({ token: z.string().max(500), deviceId: z.string().max(100) }),
      userView,
    ),
    'session.signOut': command(nothing, z.null()),
    /** Refused: 'notInFuture' where the end time has passed. A timed status ends in Available (or Inactive, unseen). */
    'presence.set': command(
      z.strictObject({
        status: choosableStatus,
        /** Must act as `status`. Refused: 'noSuchStatus'. */
        labelId: statusId.nullable(),
        untilMs: z.number().nullable(),
      }),
      z.null(),
    ),
    'work.get': command(nothing, work),
    /** TEAM-6. Refused: 'notAMember'. */
    'projects.open': command(openProjects, z.null()),
    /** The directory, with presence as it is now. */
    'people.get': command(nothing, people),
    /** While watched, `people.presence` tells what changed, at most ten times a second. */
    'people.watch': command(z.strictObject({ on: z.boolean() }), z.null()),
    /** What this device does now, so that no call is offered on top of another. `asleep`: it is about to be. */
    'device.report': command(z.strictObject({ activity, asleep: z.boolean() }), z.null()),
    /**
     * STUN and TURN servers for calls; the credentials end at `untilMs` and are then asked for anew. `relayOnly`: sound
     * goes through the TURN servers and no other way.
     */
    'ice.servers': command(
      nothing,
      z.strictObject({
        servers: z.array(iceServer),
        untilMs: z.number().nullable(),
        relayOnly: z.boolean(),
      }),
    ),
    /** The agent chose Ignore: their other devices fall silent; one-at-a-time routing offers the next agent. */
    'offers.ignore': command(z.strictObject({ sipCallId }), z.null()),
    /** Offers missed while no device was there; each is told once, then acknowledged. */
    'offers.takeMissed': command(nothing, z.array(missedOffer)),
    /** Refused: 'noSuchVoicemail' (also where it is somebody else's), 'audioMissing'. */
    'voicemail.audio': command(
      z.strictObject({ voicemailId }),
      z.strictObject({ oggOpusBase64: z.string() }),
    ),
    'voicemail.markHeard': command(z.strictObject({ voicemailId, heard: z.boolean() }), z.null()),
    /**
     * Practice hubs only; a scripted caller rings the practice project. Replies when the first INVITE is sent; what
     * follows is told to this connection as `practice.progress`. Allowed signed in, and to the command line, which
     * shows the token of practice-hub.json on the upgrade (`Authorization: Bearer`). Refused: 'notPractice',
     * 'mediaAway'.
     */
    'practice.call': command(z.strictObject({ kind: practiceCallKind }), z.null()),
  },
  events: {
    ...presence.events,
    ...voicemails.events,
    ...adminEvents,
    ...superviseEvents,
    ...syncEvents,
    ...dialEvents,
    'work.changed': work,
    /** Someone came, went, or was renamed: ask `people.get` anew. */
    'people.changed': z.null(),
    'people.presence': z.array(personPresence),
    /** This device's SIP credential was rotated. */
    'sip.changed': sipAccount,
    /** An offer that no device of this user saw was missed: ask `offers.takeMissed`. */
    'offers.missed': z.null(),
    /** Another device of this user ignored the call: stop ringing. */
    'offers.silenced': z.strictObject({ sipCallId }),
    'practice.progress': practiceProgress,
    /** Somebody has changed the account of whoever is signed in: their name, or what they may do. */
    'session.userChanged': userView,
    /** The session has ended: the same person signed in anew as the same device, or ended it from another one. */
    'session.ended': z.null(),
    /** The hub is about to restart: the link will close and can be had again soon; calls go on without it. */
    'hub.stopping': z.null(),
  },
});
export type HubContract = typeof hubContract;
