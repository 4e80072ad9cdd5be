// What happens to a window's page, from Chromium's events to Electron's: navigation, loading, crash, console.
// Held by web-contents.ts, on which the events are emitted. Knows nothing of messages.
import type { EventEmitter } from 'node:events';
import { toAppUrl } from '../browser/app-origin.ts';
import type { ProtocolEvent } from '../browser/protocol-types.ts';
import { waitingRoom } from '../browser/targets.ts';
import { preventableEvent } from './events.ts';
import type { WebFrameMain } from './web-frame-main.ts';

type ConsoleLevel = 'info' | 'warning' | 'error' | 'debug';

const consoleLevels: Readonly<Record<string, ConsoleLevel>> = {
  error: 'error',
  assert: 'error',
  warning: 'warning',
  debug: 'debug',
};

/** Chromium's net::ERR_FAILED; the protocol gives failures as words, not as numbers. */
const failedCode = -2;

export class PageLife {
  readonly #contents: EventEmitter;
  readonly #mainFrame: WebFrameMain;
  /** Navigations that main asked for pass without will-navigate. */
  #askedByMain = false;
  #loading = false;
  #crashed = false;

  constructor(contents: EventEmitter, mainFrame: WebFrameMain) {
    this.#contents = contents;
    this.#mainFrame = mainFrame;
  }

  get isLoading(): boolean {
    return this.#loading;
  }

  get isCrashed(): boolean {
    return this.#crashed;
  }

  get isAskedByMain(): boolean {
    return this.#askedByMain;
  }

  /** Main loads or reloads. */
  asked(): void {
    this.#crashed = false;
    this.#askedByMain = true;
    this.#loading = true;
    this.#contents.emit('did-start-loading');
  }

  /** The page that was asked for does not come. */
  failed(reason: string, url: string): void {
    this.#askedByMain = false;
    this.#loading = false;
    this.#contents.emit('did-fail-load', {}, failedCode, reason, url, true);
  }

  /** @param targetId the window's own target: its top frame has the same id. */
  receive(event: ProtocolEvent, targetId: string): void {
    switch (event.method) {
      case 'Page.frameNavigated':
        if (!event.params.frame.parentId) this.#navigated(event.params.frame);
        return;
      case 'Page.navigatedWithinDocument':
        if (event.params.frameId === targetId) this.#mainFrame.url = toAppUrl(event.params.url);
        return;
      case 'Page.domContentEventFired':
        if (this.#loading) this.#contents.emit('dom-ready', {});
        return;
      case 'Page.loadEventFired':
        if (this.#loading) this.#loaded();
        return;
      case 'Inspector.targetCrashed':
        this.#crashed = true;
        this.#loading = false;
        this.#contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: -1 });
        return;
      case 'Runtime.consoleAPICalled': {
        const { type, args, stackTrace } = event.params;
        const text = args.map((part) => part.value ?? part.description ?? '').join(' ');
        const frame = stackTrace?.callFrames[0];
        this.#console(consoleLevels[type] ?? 'info', text, frame?.lineNumber, frame?.url);
        return;
      }
      case 'Runtime.exceptionThrown': {
        const { exception, text, lineNumber, url } = event.params.exceptionDetails;
        this.#console('error', `Uncaught ${exception?.description ?? text}`, lineNumber, url);
        return;
      }
      default:
    }
  }

  #navigated(frame: { readonly url: string; readonly unreachableUrl?: string }): void {
    if (frame.url.startsWith(waitingRoom) || frame.url === 'about:blank') return;
    if (frame.unreachableUrl) {
      this.failed('ERR_FAILED', toAppUrl(frame.unreachableUrl));
      return;
    }
    this.#askedByMain = false;
    this.#crashed = false;
    this.#loading = true;
    this.#mainFrame.url = toAppUrl(frame.url);
    this.#contents.emit('did-navigate', {}, this.#mainFrame.url, 200, 'OK');
  }

  #loaded(): void {
    this.#loading = false;
    this.#contents.emit('did-finish-load', {});
    this.#contents.emit('did-stop-loading', {});
  }

  #console(level: ConsoleLevel, message: string, lineNumber = 0, sourceUrl = ''): void {
    const sourceId = toAppUrl(sourceUrl);
    const details = { level, message, lineNumber, sourceId, frame: this.#mainFrame };
    this.#contents.emit('console-message', preventableEvent(details), level, message, lineNumber, sourceId);
  }
}
