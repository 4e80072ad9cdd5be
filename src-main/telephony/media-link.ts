// Main's end of the media contract. The phone window may be loaded, reloaded and lost; whoever asks here keeps
// their listeners, and is told when a page is ready, when it is gone, and when it hangs. What must survive a reload is
// pushed anew by its owner on `onReady` (audio-devices.ts, tones.ts); connections are made anew (call-media.ts).

import { type MediaContract, mediaContract } from '#shared/media/media-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { type Client, connect } from '#shared/wire/connect.ts';
import type { CommandName, EventName, EventOf, ReplyOf, RequestOf } from '#shared/wire/contract.ts';
import type { WireLog, WirePort } from '#shared/wire/wire-port.ts';
import { reasonForLog } from './reason-for-log.ts';

type Name = CommandName<MediaContract>;

export interface MediaLink {
  /** Called by the windows for each load of the phone window; an earlier port is forgotten. */
  attach(port: WirePort): void;
  /** The phone window is gone (crashed, closed). */
  detach(): void;
  readonly ready: boolean;
  /** Resolves when a page answers. @throws CommandFailed('disconnected') where none does in time. */
  untilReady(): Promise<void>;
  /** @throws CommandFailed of the contract; 'disconnected' where no page is there, 'timedOut' where it is stuck. */
  call<N extends Name>(name: N, request: RequestOf<MediaContract, N>): Promise<ReplyOf<MediaContract, N>>;
  on<N extends EventName<MediaContract>>(
    name: N,
    listener: (payload: EventOf<MediaContract, N>) => void,
  ): () => void;
  /** A page (another one than before) answers. */
  onReady(listener: () => void): () => void;
  /** The page that was there is gone, with every connection it held. */
  onGone(listener: () => void): () => void;
  /** A window is attached whose page does not answer: it hangs, or it was never loaded. */
  onStuck(listener: () => void): () => void;
  close(): void;
}

/** A page that is alive answers within milliseconds. Asking a person for the microphone takes as long as it takes. */
const answerWithinMs = 10_000;
const microphoneWithinMs = 180_000;

/** A page that says nothing for so many looks in a row hangs; one that was just made may load for longer. */
const lookEveryMs = 1_000;
const stuckAfterLooks = 8;
const notLoadedAfterLooks = 20;
/** How long a call waits for a phone window that is being made again. */
const readyWithinMs = 10_000;

export interface MediaLinkOptions {
  readonly log: WireLog;
  readonly lookEveryMs?: number;
}

export function createMediaLink(options: MediaLinkOptions): MediaLink {
  const { log } = options;
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const readyListeners = new Set<() => void>();
  const goneListeners = new Set<() => void>();
  const stuckListeners = new Set<() => void>();
  let client: Client<MediaContract> | null = null;
  let pageId: string | null = null;
  /** Looks since the page of now has last said something; counted, not timed, so that a sleep is no silence. */
  let silentLooks = 0;

  const tell = (set: ReadonlySet<() => void>) => {
    for (const listener of [...set]) {
      try {
        listener();
      } catch (error) {
        log.error('media: a listener failed', { error });
      }
    }
  };

  const pageGone = () => {
    if (pageId === null) return;
    pageId = null;
    tell(goneListeners);
  };

  const pageAnswers = (id: string) => {
    silentLooks = 0;
    if (id === pageId) return;
    // The same port, another page: it was reloaded under us.
    pageGone();
    pageId = id;
    tell(readyListeners);
  };

  const detach = () => {
    const old = client;
    client = null;
    old?.close();
    pageGone();
  };

  const hello = (asked: Client<MediaContract>) =>
    asked.call('page.hello', null).then(
      ({ pageId: id }) => {
        if (client === asked) pageAnswers(id);
      },
      (error: unknown) => {
        if (client === asked)
          log.warn('media: the phone window did not answer', { reason: reasonForLog(error) });
      },
    );

  const look = () => {
    if (!client) return;
    silentLooks += 1;
    const limit = pageId === null ? notLoadedAfterLooks : stuckAfterLooks;
    if (silentLooks > limit) {
      silentLooks = 0;
      log.error('media: the phone window hangs', { loaded: pageId !== null });
      tell(stuckListeners);
    } else void hello(client);
  };
  const looking = setInterval(look, options.lookEveryMs ?? lookEveryMs);
  looking.unref();

  const on: MediaLink['on'] = (name, listener) => {
    const heard = listeners.get(name) ?? new Set();
    listeners.set(name, heard);
    heard.add(listener as (payload: never) => void);
    return () => {
      heard.delete(listener as (payload: never) => void);
    };
  };

  const forward = <N extends EventName<MediaContract>>(to: Client<MediaContract>, name: N) => {
    to.on(name, (payload) => {
      if (client !== to) return;
      for (const listener of [...(listeners.get(name) ?? [])]) {
        try {
          listener(payload as never);
        } catch (error) {
          log.error('media: a listener failed', { event: name, error });
        }
      }
    });
  };

  const call: MediaLink['call'] = (name, request) => {
    const asked = client;
    if (!asked || (pageId === null && name !== 'page.hello'))
      return Promise.reject(new CommandFailed('disconnected', `${name}: the phone window is not there.`));
    return within(name, asked.call(name, request));
  };

  return {
    attach(port) {
      detach();
      const attached = connect(mediaContract, port, log);
      client = attached;
      for (const name of Object.keys(mediaContract.events) as EventName<MediaContract>[])
        forward(attached, name);
      // Whichever comes first: the page was there before us and answers, or it loads later and says so.
      attached.on('page.ready', ({ pageId: id }) => {
        if (client === attached) pageAnswers(id);
      });
      silentLooks = 0;
      void hello(attached);
      port.onClose(() => {
        if (client === attached) detach();
      });
    },
    detach,
    get ready() {
      return pageId !== null;
    },
    untilReady() {
      if (pageId !== null) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const done = (end: () => void) => () => {
          clearTimeout(timer);
          readyListeners.delete(ready);
          end();
        };
        const ready = done(resolve);
        const late = () => reject(new CommandFailed('disconnected', 'The phone window does not come back.'));
        const timer = setTimeout(done(late), readyWithinMs);
        readyListeners.add(ready);
      });
    },
    call,
    on,
    onReady: (listener) => add(readyListeners, listener),
    onGone: (listener) => add(goneListeners, listener),
    onStuck: (listener) => add(stuckListeners, listener),
    close() {
      clearInterval(looking);
      detach();
    },
  };
}

function within<T>(name: Name, answer: Promise<T>): Promise<T> {
  const limitMs = name === 'microphone.open' || name === 'peer.create' ? microphoneWithinMs : answerWithinMs;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new CommandFailed('timedOut', `${name}: no answer in ${limitMs} ms.`)),
      limitMs,
    );
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function add<T>(set: Set<T>, item: T): () => void {
  set.add(item);
  return () => {
    set.delete(item);
  };
}
