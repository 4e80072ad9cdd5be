// Runs in each page's isolated world, as source text, around the preload: gives it Electron's `ipcRenderer` and
// `contextBridge`, and carries messages between page and host. May use nothing outside itself but what it is given.
import type { FromPage, PreloadEnvironment, ToPage } from './bridge-messages.ts';
import type { Codec } from './codec.ts';

type Preload = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: unknown,
) => void;

/** @param secret as main-world.ts has it. */
export function isolatedWorld(
  secret: string,
  makeCodec: () => Codec,
  runPreload: Preload,
  environment: PreloadEnvironment,
  watchDragRegion: (onDrag: (by: { x: number; y: number; done: boolean }) => void) => void,
): void {
  if (window !== window.top) return;
  const world = globalThis as unknown as {
    offhookHostPost?: (text: string) => void;
    offhookHostDeliver: (text: string) => void;
  };
  const postText = world.offhookHostPost;
  if (!postText) return;
  delete world.offhookHostPost;
  const { encode, decode } = makeCodec();
  const post = (message: FromPage) => postText(encode(message));

  const tell = (what: string, detail: unknown) =>
    window.dispatchEvent(new CustomEvent(secret + what, { detail }));
  const hear = <T>(what: string, listener: (detail: T) => void) => {
    window.addEventListener(
      secret + what,
      (event) => {
        event.stopImmediatePropagation();
        listener((event as CustomEvent<T>).detail);
      },
      true,
    );
  };

  // contextBridge: functions stay here under a number, everything else is cloned.
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const proxies = new Map<number, (...args: unknown[]) => void>();
  let lastFunction = 0;
  const describe = (value: unknown): unknown => {
    if (typeof value === 'function') {
      const id = ++lastFunction;
      functions.set(id, value as (...args: unknown[]) => unknown);
      return { kind: 'function', id };
    }
    if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
      const parts = Object.entries(value).map(([name, part]) => [name, describe(part)]);
      return { kind: 'object', parts };
    }
    return { kind: 'value', value };
  };
  const describeError = (error: unknown) =>
    error instanceof Error
      ? { name: error.name, message: error.message }
      : { name: 'Error', message: String(error) };
  const takeArgument = (argument: { value?: unknown; callback?: number }) => {
    const { callback } = argument;
    if (callback === undefined) return argument.value;
    let proxy = proxies.get(callback);
    if (!proxy) {
      proxy = (...args) => tell('callback', { id: callback, args });
      proxies.set(callback, proxy);
    }
    return proxy;
  };
  hear<{ id: number; call: number; args: { value?: unknown; callback?: number }[] }>(
    'call',
    ({ id, call, args }) => {
      try {
        const result = functions.get(id)?.(...args.map(takeArgument));
        if (!(result instanceof Promise)) {
          tell('outcome', { call, result: describe(result) });
          return;
        }
        tell('outcome', { call, result: { kind: 'promise', id: call } });
        result.then(
          (value) => tell('settled', { call, result: describe(value) }),
          (error) => tell('settled', { call, error: describeError(error) }),
        );
      } catch (error) {
        tell('outcome', { call, error: describeError(error) });
      }
    },
  );
  const contextBridge = {
    exposeInMainWorld: (name: string, api: unknown) => tell('expose', { name, api: describe(api) }),
  };

  // ipcRenderer
  type Listener = (event: unknown, ...args: unknown[]) => void;
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  const answers = new Map<
    number,
    { channel: string; resolve(value: unknown): void; reject(error: Error): void }
  >();
  let lastInvoke = 0;
  const add = (channel: string, listener: Listener, once: boolean) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  };
  const remove = (channel: string, listener: Listener) => {
    const kept = (listeners.get(channel) ?? []).filter((entry) => entry.listener !== listener);
    listeners.set(channel, kept);
    return ipcRenderer;
  };
  const ipcRenderer = {
    on: (channel: string, listener: Listener) => add(channel, listener, false),
    addListener: (channel: string, listener: Listener) => add(channel, listener, false),
    once: (channel: string, listener: Listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
    removeAllListeners(channel?: string) {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    send: (channel: string, ...args: unknown[]) => post({ kind: 'send', channel, args }),
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++lastInvoke;
        post({ kind: 'invoke', id, channel, args });
        answers.set(id, { channel, resolve, reject });
      }),
    sendSync() {
      throw new Error('ipcRenderer.sendSync is not available on Chromium; use invoke.');
    },
  };

  const settle = (
    id: number,
    settleAnswer: (answer: NonNullable<ReturnType<typeof answers.get>>) => void,
  ) => {
    const answer = answers.get(id);
    answers.delete(id);
    if (answer) settleAnswer(answer);
  };
  world.offhookHostDeliver = (text) => {
    const message = decode(text) as ToPage;
    if (message.kind === 'answer') settle(message.id, (answer) => answer.resolve(message.value));
    else if (message.kind === 'failure') {
      settle(message.id, (answer) =>
        answer.reject(new Error(`Error invoking remote method '${answer.channel}': ${message.message}`)),
      );
    } else if (message.kind === 'mediaDecided') tell('mediaDecided', message);
    else {
      for (const { listener, once } of listeners.get(message.channel) ?? []) {
        if (once) remove(message.channel, listener);
        listener({ sender: ipcRenderer, ports: [] }, ...message.args);
      }
    }
  };

  hear<{ id: number; audio: boolean; video: boolean }>('askMedia', (asked) =>
    post({ kind: 'askMedia', ...asked }),
  );
  watchDragRegion((by) => post({ kind: 'drag', ...by }));
  window.addEventListener('focus', () => post({ kind: 'focus', focused: true }));
  window.addEventListener('blur', () => post({ kind: 'focus', focused: false }));

  const electron = { contextBridge, ipcRenderer };
  const module = { exports: {} };
  const requireModule = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer' || name === 'electron/common') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const process = { type: 'renderer', sandboxed: true, contextIsolated: true, env: {}, ...environment };
  runPreload(requireModule, module, module.exports, process);
}
