// What the tests of REST share: a hub with a key of some scopes, and requests that show it.

import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { ApiScope } from '#shared/admin/system-contract.ts';
import type { LoggedCall } from '../../../src-hub/calls/call-log-store.ts';
import type { restPermissions } from '../../../src-hub/permissions/rest-permissions.ts';
import { type Desktop, signInDesktop, superAdmin } from '../support.ts';

/** What the tests look at, of whatever was asked for; each says itself what it expects to be there. */
export interface RestBody extends AdminProject {
  readonly disabledAtMs: number | null;
  readonly calls: readonly LoggedCall[];
  readonly nextCursor: string | null;
  readonly callerNumber: string | null;
  readonly reason: string;
  readonly secondFactor: string;
  readonly devices: readonly { readonly deviceId: string; readonly make: string }[];
  readonly detail: string;
  readonly errors: readonly unknown[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
}

export interface DescribedOperation {
  readonly operationId: keyof typeof restPermissions;
  readonly responses: object;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: RestBody;
}

export interface RestClient {
  readonly key: string;
  readonly keyId: string;
  ask(method: string, path: string, options?: RestOptions): Promise<RestAnswer>;
}

export interface RestOptions {
  readonly body?: unknown;
  readonly ifMatch?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function askRest(
  hub: { port: number },
  key: string | null,
  method: string,
  path: string,
  { body, ifMatch, headers = {} }: RestOptions = {},
): Promise<RestAnswer> {
  const answer = await fetch(`http://127.0.0.1:${hub.port}/api/v1${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(ifMatch ? { 'if-match': ifMatch } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : null };
}

/** A key made as a super admin makes one. */
export async function keyFor(
  hub: { port: number },
  { client }: Pick<Desktop, 'client'>,
  name: string,
  scopes: ApiScope[],
): Promise<RestClient> {
  const { key, apiKey } = await client.call('admin.apiKeys.add', { name, scopes });
  return { key, keyId: apiKey.id, ask: (method, path, options) => askRest(hub, key, method, path, options) };
}

export const everyScope: ApiScope[] = [
  'users:read',
  'users:write',
  'teams:read',
  'teams:write',
  'projects:read',
  'projects:write',
  'calls:read',
  'records:read',
  'records:write',
  'records:erase',
  'orders:read',
  'orders:write',
];

/** A key for everything, made by a super admin who is signed in. */
export async function everythingKey(hub: { url: string; port: number }) {
  keys += 1;
  const boss = await signInDesktop(hub, superAdmin, 'boss-desk');
  return { boss, rest: await keyFor(hub, boss, `Everything ${keys}`, everyScope) };
}
let keys = 0;
