// Runs first in each page's main world, as source text: shows there what the preload exposes, and asks main before the
// microphone. It reaches the isolated world by events under a name that page code cannot know.
// May use nothing outside itself.

/** @param secret begins the names of the events between the two worlds; random per window. */
export function mainWorld(secret: string): void {
  if (window !== window.top) return;
  // Page code may replace these later; what runs here keeps the first ones.
  const { CustomEvent: Message, Promise: FirstPromise, DOMException: Failure } = window;
  const { apply } = Reflect;
  const { dispatchEvent, addEventListener } = EventTarget.prototype;
  const { stopImmediatePropagation } = Event.prototype;

  interface Description {
    readonly kind: 'value' | 'object' | 'function' | 'promise';
    readonly value?: unknown;
    readonly parts?: readonly (readonly [string, Description])[];
    readonly id?: number;
  }
  interface Outcome {
    readonly call: number;
    readonly result?: Description;
    readonly error?: { readonly name: string; readonly message: string };
  }

  const tell = (what: string, detail: unknown) =>
    apply(dispatchEvent, window, [new Message(secret + what, { detail })]);
  const hear = <T>(what: string, listener: (detail: T) => void) => {
    const onMessage = (event: CustomEvent<T>) => {
      apply(stopImmediatePropagation, event, []);
      listener(event.detail);
    };
    apply(addEventListener, window, [secret + what, onMessage, true]);
  };

  const callbacks = new Map<unknown, number>();
  const callbackOf = new Map<number, (...args: unknown[]) => void>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let lastId = 0;
  let outcome: Outcome | null = null;

  const describeArgument = (argument: unknown) => {
    if (typeof argument !== 'function') return { value: argument };
    let id = callbacks.get(argument);
    if (id === undefined) {
      id = ++lastId;
      callbacks.set(argument, id);
      callbackOf.set(id, argument as (...args: unknown[]) => void);
    }
    return { callback: id };
  };

  const toError = (error: { readonly name: string; readonly message: string }) => {
    const made = new Error(error.message);
    made.name = error.name;
    return made;
  };

  const build = (description: Description): unknown => {
    if (description.kind === 'value') return description.value;
    if (description.kind === 'object') {
      const object: Record<string, unknown> = {};
      for (const [name, part] of description.parts ?? []) object[name] = build(part);
      return Object.freeze(object);
    }
    if (description.kind === 'promise') {
      return new FirstPromise((resolve, reject) => {
        waiting.set(description.id ?? 0, { resolve, reject });
      });
    }
    return (...args: unknown[]) => {
      const call = ++lastId;
      outcome = null;
      tell('call', { id: description.id, call, args: args.map(describeArgument) });
      const answered = outcome as Outcome | null;
      outcome = null;
      // The event's detail is cloned between the worlds; what cannot be cloned arrives as nothing.
      if (!answered) throw new Error('An object could not be cloned.');
      if (answered.error) throw toError(answered.error);
      return answered.result && build(answered.result);
    };
  };

  hear<{ name: string; api: Description }>('expose', ({ name, api }) => {
    Object.defineProperty(window, name, { value: build(api), enumerable: true });
  });
  hear<Outcome>('outcome', (detail) => {
    outcome = detail;
  });
  hear<Outcome>('settled', ({ call, result, error }) => {
    const waiter = waiting.get(call);
    waiting.delete(call);
    if (error) waiter?.reject(toError(error));
    else waiter?.resolve(result && build(result));
  });
  hear<{ id: number; args: readonly unknown[] }>('callback', ({ id, args }) => {
    callbackOf.get(id)?.(...args);
  });

  const decisions = new Map<number, (granted: boolean) => void>();
  hear<{ id: number; granted: boolean }>('mediaDecided', ({ id, granted }) => {
    decisions.get(id)?.(granted);
    decisions.delete(id);
  });
  const devices = window.MediaDevices?.prototype;
  const capture = devices?.getUserMedia;
  if (!devices || !capture) return;
  const getUserMedia = async function (this: MediaDevices, constraints?: MediaStreamConstraints) {
    const id = ++lastId;
    const granted = await new FirstPromise<boolean>((resolve) => {
      decisions.set(id, resolve);
      tell('askMedia', { id, audio: Boolean(constraints?.audio), video: Boolean(constraints?.video) });
    });
    if (!granted) throw new Failure('Permission denied', 'NotAllowedError');
    return apply(capture, this, [constraints]);
  };
  Object.defineProperty(devices, 'getUserMedia', { value: getUserMedia, writable: true, configurable: true });
}
