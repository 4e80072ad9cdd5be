// Sends one webhook, signed as Standard Webhooks 1.0 says (webhook-id, webhook-timestamp, webhook-signature), to an address that
// was looked at, without following redirects, within a limit of time. What the other side answers beside its status is not
// read, but for how long it asks to be left alone. Called by delivery-worker.ts.
import { randomBytes } from 'node:crypto';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { RuleSecrets } from './rule-store.ts';
import { type AllowedTargets, hostOf, portOf, resolvedOnce } from './webhook-address.ts';

/** How one attempt ended. */
export type SentHow =
  | { readonly how: 'sent'; readonly detail: string | null }
  | {
      readonly how: 'failed';
      readonly reason: string;
      readonly detail: string;
      /** Nobody knows whether it arrived. */
      readonly unanswered: boolean;
      /** Another attempt would end the same. */
      readonly forGood: boolean;
      /** It asks not to be tried again before so much has passed (RFC 9110 10.2.3); absent where it asks nothing. */
      readonly notBeforeMs?: number;
    };

export interface WebhookToSend {
  readonly id: string;
  readonly url: string;
  readonly body: string;
  readonly secrets: RuleSecrets;
}

export interface SendingLimits {
  readonly allowed: AllowedTargets;
  readonly nowMs: number;
  readonly withinMs: number;
}

const secretBytes = 32;

export function newWebhookSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

/** One signature for each secret that counts now, with spaces between (Standard Webhooks, "Signature scheme"). */
export function signatureOf({ id, body, secrets }: WebhookToSend, nowMs: number): string {
  const { now, former, formerUntilMs } = secrets;
  const current = [now, formerUntilMs !== null && nowMs < formerUntilMs ? former : null];
  return current
    .flatMap((secret) => (secret === null ? [] : [new Webhook(secret).sign(id, new Date(nowMs), body)]))
    .join(' ');
}

export async function sendWebhook(webhook: WebhookToSend, limits: SendingLimits): Promise<SentHow> {
  const url = new URL(webhook.url);
  let address: string;
  try {
    const resolved = await resolvedOnce(url, limits.allowed);
    if ('refused' in resolved) {
      const detail = 'Not a public address';
      return { how: 'failed', reason: 'addressNotAllowed', detail, unanswered: false, forGood: true };
    }
    address = resolved.address;
  } catch (error) {
    return { how: 'failed', reason: 'noAnswer', detail: codeOf(error), unanswered: false, forGood: false };
  }
  return await post(webhook, url, address, limits);
}

function post(
  webhook: WebhookToSend,
  url: URL,
  address: string,
  { nowMs, withinMs }: SendingLimits,
): Promise<SentHow> {
  const body = Buffer.from(webhook.body, 'utf8');
  const isSecure = url.protocol === 'https:';
  const host = hostOf(url);
  return new Promise((resolve) => {
    let begun = false;
    const failed = (detail: string) =>
      resolve({ how: 'failed', reason: 'noAnswer', detail, unanswered: begun, forGood: false });
    const request = (isSecure ? overHttps : overHttp)({
      host: address,
      port: portOf(url),
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      agent: false,
      // The certificate is the name's, whatever the address.
      ...(isSecure && isIP(host) === 0 ? { servername: host } : {}),
      headers: {
        host: url.host,
        'content-type': 'application/json',
        'content-length': body.length,
        'user-agent': 'Offhook',
        'webhook-id': webhook.id,
        'webhook-timestamp': String(Math.floor(nowMs / 1_000)),
        'webhook-signature': signatureOf(webhook, nowMs),
      },
    });
    const timer = setTimeout(() => {
      failed(`Timeout (${withinMs / 1_000} s)`);
      request.destroy();
    }, withinMs);
    request.on('socket', (socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        begun = true;
      });
    });
    request.on('response', (response) => {
      clearTimeout(timer);
      const status = response.statusCode ?? 0;
      const detail = `HTTP ${status}`;
      if (status >= 200 && status < 300) resolve({ how: 'sent', detail });
      else {
        // Standard Webhooks: who answers "gone" wants no more of it.
        const forGood = status === 410;
        const notBeforeMs = retryAfterMs(response.headers['retry-after'], nowMs);
        resolve({
          ...{ how: 'failed', reason: 'refusedThere', detail, unanswered: false, forGood },
          ...(notBeforeMs === null ? {} : { notBeforeMs }),
        });
      }
      response.on('error', () => undefined);
      response.destroy();
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      failed(codeOf(error));
    });
    request.end(body);
  });
}

/**
 * Retry-After, as seconds or as a date (RFC 9110 10.2.3).
 * @returns how long from now; null where there is none, it cannot be read, or it is over.
 */
function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const waitMs = /^\d{1,10}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return waitMs > 0 ? waitMs : null;
}

/** Of the network, not of the person: `ECONNREFUSED`. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code).slice(0, 200);
  return error instanceof Error ? error.name : 'Error';
}
