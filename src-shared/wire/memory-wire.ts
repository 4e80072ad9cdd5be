// Two ports joined in memory, for tests and for hub and desktop in one process. Frames are cloned as a real wire
// would, and arrive in a later microtask, so that nothing comes to rely on being called back at once.
import type { WirePort } from './wire-port.ts';

// Present in every runtime that this runs in, but in no lib without DOM or Node.
declare function structuredClone<T>(value: T): T;
declare function queueMicrotask(task: () => void): void;

export interface MemoryWire {
  readonly left: WirePort;
  readonly right: WirePort;
  /** Closes both ends. */
  close(): void;
}

export function memoryWire(): MemoryWire {
  const left = end();
  const right = end();
  let open = true;
  const joined = (own: End, other: End): WirePort => ({
    post(frame) {
      const copy: unknown = structuredClone(frame);
      queueMicrotask(() => {
        if (open) for (const listener of [...other.frames]) listener(copy);
      });
    },
    onFrame: (listener) => add(own.frames, listener),
    onClose: (listener) => add(own.closes, listener),
  });
  return {
    left: joined(left, right),
    right: joined(right, left),
    close() {
      if (!open) return;
      open = false;
      for (const listener of [...left.closes, ...right.closes]) listener();
    },
  };
}

interface End {
  readonly frames: Set<(frame: unknown) => void>;
  readonly closes: Set<() => void>;
}

function end(): End {
  return { frames: new Set(), closes: new Set() };
}

function add<T>(set: Set<T>, item: T): () => void {
  set.add(item);
  return () => {
    set.delete(item);
  };
}
