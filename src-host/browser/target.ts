// One page target of Chromium with its session: commands to it, events from it, its end.
// Made by targets.ts; used by web contents and windows. Workers and frames of other processes are followed, so that
// their requests pass through the same gate.
import type { ProtocolClient } from './protocol-client.ts';
import type {
  Protocol,
  ProtocolEvent,
  ProtocolMethod,
  ProtocolParameters,
  ProtocolResult,
} from './protocol-types.ts';

type PausedRequest = Protocol.Fetch.requestPausedPayload;

export interface GatedRequest {
  readonly target: Target;
  readonly sessionId: string;
  readonly paused: PausedRequest;
}

export class Target {
  readonly targetId: string;
  readonly sessionId: string;
  /** Resolves when the target is gone, by us, by a person, or with the browser. */
  readonly gone: Promise<void>;
  readonly #client: ProtocolClient;
  readonly #childSessions = new Set<string>();
  readonly #listeners = new Set<(event: ProtocolEvent) => void>();
  readonly #tellGone: () => void;
  #isGone = false;

  constructor(client: ProtocolClient, targetId: string, sessionId: string) {
    this.#client = client;
    this.targetId = targetId;
    this.sessionId = sessionId;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.gone = promise;
    this.#tellGone = resolve;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  send<M extends ProtocolMethod>(method: M, params?: ProtocolParameters<M>): Promise<ProtocolResult<M>> {
    return this.#client.send(method, params, this.sessionId);
  }

  /** For commands of the browser that name this target. */
  sendToBrowser<M extends ProtocolMethod>(
    method: M,
    params?: ProtocolParameters<M>,
  ): Promise<ProtocolResult<M>> {
    return this.#client.send(method, params);
  }

  /** For an answer to this target's own session or to one of its workers and frames. */
  sendInSession<M extends ProtocolMethod>(
    sessionId: string,
    method: M,
    params: ProtocolParameters<M>,
  ): Promise<ProtocolResult<M>> {
    return this.#client.send(method, params, sessionId);
  }

  onEvent(listener: (event: ProtocolEvent) => void): void {
    this.#listeners.add(listener);
  }

  /** Switches on what every page needs before its first byte: the request gate and the events that windows read. */
  async prepare(): Promise<void> {
    const sessionId = this.sessionId;
    await Promise.all([
      this.send('Inspector.enable'),
      this.send('Page.enable'),
      this.send('Runtime.enable'),
      this.#gate(sessionId),
      this.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
    ]);
  }

  /** Lets a target that was paused at birth run. */
  async resume(): Promise<void> {
    await this.send('Runtime.runIfWaitingForDebugger');
  }

  close(): void {
    // Already gone is as good as closed.
    this.sendToBrowser('Target.closeTarget', { targetId: this.targetId }).catch(() => undefined);
  }

  /** Called by targets.ts with each event of a session. @returns whether it was this target's. */
  receive(sessionId: string, event: ProtocolEvent, onRequest: (request: GatedRequest) => void): boolean {
    if (sessionId !== this.sessionId && !this.#childSessions.has(sessionId)) return false;
    if (event.method === 'Fetch.requestPaused') onRequest({ target: this, sessionId, paused: event.params });
    else if (event.method === 'Target.attachedToTarget') this.#adopt(event.params.sessionId);
    else if (event.method === 'Target.detachedFromTarget') this.#childSessions.delete(event.params.sessionId);
    else if (sessionId === this.sessionId) for (const listener of [...this.#listeners]) listener(event);
    return true;
  }

  /** Called by targets.ts, once. */
  end(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#tellGone();
  }

  #gate(sessionId: string): Promise<unknown> {
    return this.#client.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId);
  }

  #adopt(sessionId: string): void {
    this.#childSessions.add(sessionId);
    const child = <M extends ProtocolMethod>(method: M, params?: ProtocolParameters<M>) =>
      this.#client.send(method, params, sessionId);
    // A worker may know no Fetch domain: its requests then pass through its page's gate. Or it is gone already.
    this.#gate(sessionId)
      .catch(() => undefined)
      .then(() =>
        child('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
      )
      .catch(() => undefined)
      .then(() => child('Runtime.runIfWaitingForDebugger'))
      .catch(() => undefined);
  }
}
