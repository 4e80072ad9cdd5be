// The private parts of JsSIP's RequestSender (3.13.8, pinned exactly), by which challenges are answered with our own
// digest: JsSIP looks at the last of several challenges only, knows MD5 alone and gives up on any other (RFC 8760). And
// a registrar that finds every interval too brief is not asked again and again without a pause.
// Used by main's sip-registration.ts and the hub's media ends; user agents that were not named here keep JsSIP's way.
import type { UA } from 'jssip';
import RequestSender from 'jssip/lib/RequestSender.js';
import { strongestOfEachRealm } from './digest/challenge.ts';
import { DigestClient } from './digest/digest-client.ts';

interface Response {
  readonly status_code: number;
  readonly method: string;
  /** The whole message as it came. */
  readonly data: string;
  readonly headers: Record<string, unknown>;
  getHeader(name: string): string | undefined;
}

interface Request {
  readonly method: string;
  readonly ruri: { toString(): string };
  readonly body?: string | null;
  cseq: number;
  clone(): Request;
  setHeader(name: string, value: string | readonly string[]): void;
}

interface Sender {
  readonly _ua: UA & {
    readonly configuration: { readonly authorization_user?: string; readonly password?: string };
  };
  _request: Request;
  readonly _eventHandlers: {
    onReceiveResponse(response: Response): void;
    onAuthenticated(request: Request): void;
  };
  send(): void;
  _receiveResponse(response: Response): void;
}

const headerNames = {
  401: { challenge: 'www-authenticate', credentials: 'authorization' },
  407: { challenge: 'proxy-authenticate', credentials: 'proxy-authorization' },
} as const;

interface Answers {
  readonly digest: DigestClient;
  /** Seconds; the interval that the registrar asked for last, 0 once it has accepted one. */
  intervalAskedFor: number;
}

const answers = new WeakMap<UA, Answers>();
/** What a sender has answered; a second challenge of the same kind means a wrong password, unless the nonce was old. */
const answered = new WeakMap<Sender, Set<string>>();
let installed = false;

/** Challenges to this agent's requests are answered with the strongest algorithm that they offer. */
export function answerChallenges(agent: UA): void {
  answers.set(agent, { digest: new DigestClient(), intervalAskedFor: 0 });
  if (installed) return;
  installed = true;
  const prototype = RequestSender.prototype as Sender;
  const original = prototype._receiveResponse;
  prototype._receiveResponse = function (this: Sender, response: Response) {
    const ours = answers.get(this._ua);
    if (!ours) original.call(this, response);
    else if (!answer(this, response, ours.digest)) {
      if (response.method === 'REGISTER') judgeInterval(response, ours);
      this._eventHandlers.onReceiveResponse(response);
    }
  };
}

/**
 * RFC 3261 10.2.8: JsSIP registers at once with the interval of a 423. One that does not grow by half and more each time
 * is no interval; without it, the 423 is the refusal that it amounts to, and is tried again as late as any other.
 */
function judgeInterval(response: Response, ours: Answers): void {
  if (response.status_code < 300) ours.intervalAskedFor = 0;
  if (response.status_code !== 423) return;
  const asked = Number(response.getHeader('min-expires') ?? 0);
  if (asked >= ours.intervalAskedFor * 1.5) ours.intervalAskedFor = Math.max(asked, 1);
  else delete response.headers['Min-Expires'];
}

/** @returns false where the response is for whoever sent the request */
function answer(sender: Sender, response: Response, digest: DigestClient): boolean {
  const status = response.status_code;
  if (status !== 401 && status !== 407) return false;
  const { authorization_user: username, password } = sender._ua.configuration;
  if (!username || !password) return false;
  const names = headerNames[status];
  const challenges = strongestOfEachRealm(headerValues(response.data, names.challenge));
  if (
    challenges.length === 0 ||
    !mayAnswer(
      sender,
      status,
      challenges.some(({ stale }) => stale),
    )
  )
    return false;
  const request = sender._request.clone();
  const { method, ruri, body } = request;
  const asked = { method, uri: ruri.toString(), body: body ?? '' };
  request.cseq += 1;
  request.setHeader('cseq', `${request.cseq} ${method}`);
  request.setHeader(
    names.credentials,
    challenges.map((challenge) => digest.credentials(challenge, { username, password }, asked)),
  );
  sender._request = request;
  sender._eventHandlers.onAuthenticated(request);
  sender.send();
  return true;
}

function mayAnswer(sender: Sender, status: 401 | 407, stale: boolean): boolean {
  const before = answered.get(sender) ?? new Set();
  answered.set(sender, before);
  const first = !before.has(`${status}`);
  const again = stale && !before.has(`${status} stale`);
  before.add(`${status}`);
  if (stale) before.add(`${status} stale`);
  return first || again;
}

/** Every value of a header; JsSIP's own list keeps the last only. The guard has unfolded lines before. */
function headerValues(message: string, name: string): string[] {
  const [head = ''] = message.split('\r\n\r\n', 1);
  return head
    .split('\r\n')
    .filter((line) => line.slice(0, line.indexOf(':')).trim().toLowerCase() === name)
    .map((line) => line.slice(line.indexOf(':') + 1).trim());
}
