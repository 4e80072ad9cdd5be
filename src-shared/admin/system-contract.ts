// The audit log, API keys and the settings of the whole hub.
import { z } from 'zod';
import { apiKeyId, projectId, userId } from '../domain/ids.ts';
import { command, nothing } from '../wire/contract.ts';

export const auditEntry = z.strictObject({
  id: z.number().int(),
  atMs: z.number(),
  /** Who did it: a user, an API key (its name), the hub's own console, or an automation (its rule's name). */
  actor: z.strictObject({
    kind: z.enum(['user', 'apiKey', 'console', 'automation']),
    id: z.string(),
    name: z.string(),
  }),
  /** Such as 'user.add', 'project.change'. */
  action: z.string(),
  subject: z.strictObject({ kind: z.string(), id: z.string(), name: z.string() }),
  /** Null where it is told no more, since what it named was erased; otherwise what differs, by field. */
  changes: z.array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() })).nullable(),
});
export type AuditEntry = z.output<typeof auditEntry>;

export const apiScope = z.enum([
  'users:read',
  'users:write',
  'teams:read',
  'teams:write',
  'projects:read',
  'projects:write',
  'calls:read',
  'records:read',
  'records:write',
  /** Erasing for good is more than writing. */
  'records:erase',
  'orders:read',
  'orders:write',
]);
export type ApiScope = z.output<typeof apiScope>;

export const apiKey = z.strictObject({
  id: apiKeyId,
  name: z.string(),
  scopes: z.array(apiScope),
  madeAtMs: z.number(),
  lastUsedAtMs: z.number().nullable(),
});
export type ApiKey = z.output<typeof apiKey>;

export const hubSettings = z.strictObject({
  version: z.number().int().nonnegative(),
  /** Extensions for new users are taken from here, lowest free first. */
  extensionFirst: z.number().int().min(10).max(999_999),
  extensionLast: z.number().int().min(10).max(999_999),
  /** Where webhooks may go besides public addresses: `host:port`, or a network such as 10.1.0.0/16. */
  privateTargets: z.array(z.string().trim().min(1).max(300)).max(100).default([]),
});
export type HubSettings = z.output<typeof hubSettings>;

/** Refused in common: 'notAllowed'. */
export const adminSystemCommands = {
  /** Newest first. A supervisor sees what concerns their teams and projects. */
  'admin.audit.list': command(
    z.strictObject({
      /** Entries older than this one; null for the newest. */
      beforeId: z.number().int().nullable(),
      limit: z.number().int().min(1).max(500),
      text: z.string().max(200),
      actorId: userId.nullable(),
      projectId: projectId.nullable(),
      /** Beginning of the action, such as 'user.'; all where there is none. */
      what: z.string().max(60).nullish(),
    }),
    z.strictObject({ entries: z.array(auditEntry), more: z.boolean() }),
  ),
  'admin.apiKeys.list': command(nothing, z.array(apiKey)),
  /** The key is told this once. Refused: 'nameTaken'. */
  'admin.apiKeys.add': command(
    z.strictObject({ name: z.string().trim().min(1).max(100), scopes: z.array(apiScope).min(1) }),
    z.strictObject({ key: z.string(), apiKey }),
  ),
  /** Worth nothing from now on. Refused: 'noSuchKey'. */
  'admin.apiKeys.remove': command(z.strictObject({ id: apiKeyId }), z.null()),
  'admin.settings.get': command(nothing, hubSettings),
  /** Refused: 'changedMeanwhile', 'rangeMalformed', 'rangeTaken' (a service or emergency number lies in it), 'targetMalformed'. */
  'admin.settings.set': command(hubSettings, hubSettings),
} as const;
