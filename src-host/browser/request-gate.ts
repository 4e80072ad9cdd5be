// Answers or fails every request that Chromium makes: main's protocol handler for the app's origin, nobody for the rest.
// Called by host-browser.ts with each paused request; the handler is whatever main gave to protocol.handle.
import { isAppPage, toAppUrl, toBrowserHeader } from './app-origin.ts';
import type { Protocol } from './protocol-types.ts';
import type { GatedRequest } from './target.ts';
import { waitingRoom } from './targets.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** Has the last word on a page's own navigation: main's will-navigate and what the session's checks need first. */
export type NavigationGate = (request: GatedRequest) => Promise<boolean>;

export interface RequestGateParts {
  handler(): SchemeHandler | undefined;
  readonly mayNavigate: NavigationGate;
  readonly report: (message: string, error?: unknown) => void;
}

/** A request whose page is gone in the meantime needs no answer. */
const pageGone = () => undefined;

export function createRequestGate(parts: RequestGateParts): (request: GatedRequest) => void {
  const answer = async (gated: GatedRequest) => {
    const { request } = gated.paused;
    if (request.url.startsWith(waitingRoom)) return fulfil(gated, waitingPage(request.url));
    const isTopDocument =
      gated.paused.resourceType === 'Document' && gated.paused.frameId === gated.target.targetId;
    if (isTopDocument && !(await parts.mayNavigate(gated))) return fail(gated, 'Aborted');
    // An aborted navigation leaves the window on its page; any other reason would replace it by an error page.
    if (!isAppPage(request.url)) return fail(gated, isTopDocument ? 'Aborted' : 'BlockedByClient');
    const handler = parts.handler();
    if (!handler) return fail(gated, 'AddressUnreachable');
    try {
      return await fulfil(gated, await handler(toRequest(request)));
    } catch (error) {
      parts.report(`The protocol handler failed for ${toAppUrl(request.url)}.`, error);
      return fail(gated, 'Failed');
    }
  };
  return (gated) => void answer(gated).catch(pageGone);
}

function waitingPage(url: string): Response {
  const title = url.slice(waitingRoom.length).replaceAll(/[^\w-]/g, '');
  return new Response(`<!doctype html><link rel="icon" href="data:,"><title>${title}</title>`, {
    headers: { 'content-type': 'text/html' },
  });
}

function toRequest(request: Protocol.Network.Request): Request {
  const parts = request.postDataEntries?.map(({ bytes }) => Buffer.from(bytes ?? '', 'base64')) ?? [];
  const hasBody = parts.length > 0 && request.method !== 'GET' && request.method !== 'HEAD';
  return new Request(toAppUrl(request.url), {
    method: request.method,
    headers: request.headers,
    ...(hasBody && { body: Buffer.concat(parts) }),
  });
}

async function fulfil({ target, sessionId, paused }: GatedRequest, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  await target.sendInSession(sessionId, 'Fetch.fulfillRequest', {
    requestId: paused.requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value: toBrowserHeader(value) })),
    body: body.toString('base64'),
  });
}

async function fail(
  { target, sessionId, paused }: GatedRequest,
  errorReason: Protocol.Network.ErrorReason,
): Promise<void> {
  await target.sendInSession(sessionId, 'Fetch.failRequest', { requestId: paused.requestId, errorReason });
}
