// The host's end of the way between main and one page: knows which isolated world is current, carries messages to it,
// and lets messages in only from it. Made by web-contents.ts for each target that shows its page.
import { randomBytes } from 'node:crypto';
import { report } from '../host-log.ts';
import type { FromPage, PreloadEnvironment, ToPage } from '../page/bridge-messages.ts';
import { makeCodec } from '../page/codec.ts';
import { bindingName, isolatedWorldName, pageScripts } from './page-scripts.ts';
import type { ProtocolEvent } from './protocol-types.ts';
import type { Target } from './target.ts';

const codec = makeCodec();

export class PageBridge {
  readonly #target: Target;
  readonly #onMessage: (message: FromPage, document: number) => void;
  #waiting: string[] = [];
  #uniqueContextId: string | undefined;
  #contextId: number | undefined;
  /** Counts documents, so that an answer to one that is gone does not reach the next. */
  #document = 0;

  constructor(target: Target, onMessage: (message: FromPage, document: number) => void) {
    this.#target = target;
    this.#onMessage = onMessage;
    target.onEvent((event) => this.#receive(event));
  }

  /** Must be done before the target loads its first page. */
  async install(preloadFile: string | undefined, environment: PreloadEnvironment): Promise<void> {
    const scripts = pageScripts(randomBytes(16).toString('hex'), preloadFile, environment);
    const target = this.#target;
    await target.send('Runtime.addBinding', { name: bindingName, executionContextName: isolatedWorldName });
    await target.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.mainWorld });
    await target.send('Page.addScriptToEvaluateOnNewDocument', {
      source: scripts.isolatedWorld,
      worldName: isolatedWorldName,
    });
  }

  /**
   * Delivers to the page, or keeps until its world exists.
   * @param document only to this document, when given.
   * @throws Error when the message holds what cannot be cloned.
   */
  deliver(message: ToPage, document?: number): void {
    const text = codec.encode(message);
    if (document !== undefined && document !== this.#document) return;
    if (this.#uniqueContextId === undefined) this.#waiting.push(text);
    else this.#evaluate(text, this.#uniqueContextId);
  }

  /** Messages that waited for a page which is not coming. */
  forget(): void {
    this.#waiting = [];
    this.#leaveDocument();
  }

  #leaveDocument(): void {
    this.#uniqueContextId = undefined;
    this.#contextId = undefined;
    this.#document++;
  }

  #evaluate(text: string, uniqueContextId: string): void {
    const expression = `offhookHostDeliver(${JSON.stringify(text)})`;
    // A page that navigated away or crashed in the meantime loses its messages, as in Electron.
    this.#target
      .send('Runtime.evaluate', { expression, uniqueContextId, silent: true })
      .catch(() => undefined);
  }

  #receive(event: ProtocolEvent): void {
    if (event.method === 'Runtime.executionContextsCleared') this.#leaveDocument();
    else if (event.method === 'Inspector.targetCrashed') this.forget();
    else if (event.method === 'Runtime.executionContextCreated') {
      const { context } = event.params;
      const auxData = context.auxData as { frameId?: string } | undefined;
      if (context.name !== isolatedWorldName || auxData?.frameId !== this.#target.targetId) return;
      this.#uniqueContextId = context.uniqueId;
      this.#contextId = context.id;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const text of waiting) this.#evaluate(text, context.uniqueId);
    } else if (event.method === 'Runtime.bindingCalled') {
      if (event.params.name !== bindingName || event.params.executionContextId !== this.#contextId) return;
      this.#accept(event.params.payload);
    }
  }

  #accept(payload: string): void {
    let message: FromPage;
    try {
      message = codec.decode(payload) as FromPage;
    } catch (error) {
      report('A message from a page could not be read and was dropped.', error);
      return;
    }
    this.#onMessage(message, this.#document);
  }
}
