// What the tests of REST share: a hub with a key of some scopes, and requests that show it.
import type { ApiScope } from '#shared/admin/system-contract.ts';
import { type Desktop, signInDesktop, startTestHub, superAdmin, type TestHub } from '../support.ts';

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of the body.
  readonly body: any;
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
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
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
];

export async function restHub(
  options: Parameters<typeof startTestHub>[0] = {},
): Promise<{ hub: TestHub; boss: Awaited<ReturnType<typeof signInDesktop>>; rest: RestClient }> {
  const hub = await startTestHub(options);
  const boss = await signInDesktop(hub, superAdmin, 'boss-desk');
  return { hub, boss, rest: await keyFor(hub, boss, 'Everything', everyScope) };
}
