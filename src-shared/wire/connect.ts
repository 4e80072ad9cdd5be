// The asking end of a contract. Each call ends exactly once: with the reply, with CommandFailed, or,
// when the other side goes away first, with CommandFailed('disconnected').
import { CommandFailed } from './command-failed.ts';
import type { CommandName, Contract, EventName, EventOf, ReplyOf, RequestOf } from './contract.ts';
import { answerFrame } from './frames.ts';
import type { WireLog, WirePort } from './wire-port.ts';

export interface Client<K extends Contract> {
  /** @throws CommandFailed with the handler's reason, or 'disconnected', 'malformed', 'internal'. */
  call<N extends CommandName<K>>(name: N, request: RequestOf<K, N>): Promise<ReplyOf<K, N>>;
  /** Returns the way to stop listening. */
  on<N extends EventName<K>>(name: N, listener: (payload: EventOf<K, N>) => void): () => void;
  /** Ends every call under way with 'disconnected'; further ones are refused alike. */
  close(): void;
}

interface Waiting {
  readonly name: string;
  resolve(payload: never): void;
  reject(error: CommandFailed): void;
}

export function connect<K extends Contract>(contract: K, port: WirePort, log: WireLog): Client<K> {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  // Not from 0: a page that was reloaded must not take an answer to the page before it for its own.
  let nextId = Math.floor(Math.random() * 2 ** 40);
  let open = true;

  const settle = (id: number, act: (call: Waiting) => void) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (call) act(call);
    else log.warn('wire: answer to no call', { contract: contract.name, id });
  };

  const stopFrames = port.onFrame((raw) => {
    const parsed = answerFrame.safeParse(raw);
    if (!parsed.success) {
      log.warn('wire: malformed frame', { contract: contract.name });
      return;
    }
    const frame = parsed.data;
    if (frame.kind === 'refusal') {
      settle(frame.id, (call) => call.reject(new CommandFailed(frame.reason, frame.message)));
    } else if (frame.kind === 'reply') {
      settle(frame.id, (call) => {
        const reply = contract.commands[call.name]?.reply.safeParse(frame.payload);
        if (reply?.success) call.resolve(reply.data as never);
        else call.reject(new CommandFailed('malformed', `The reply does not fit ${call.name}.`));
      });
    } else {
      const schema = Object.hasOwn(contract.events, frame.name) ? contract.events[frame.name] : undefined;
      const payload = schema?.safeParse(frame.payload);
      if (!payload?.success) {
        log.warn('wire: event does not fit', { contract: contract.name, event: frame.name });
        return;
      }
      for (const listener of [...(listeners.get(frame.name) ?? [])]) listener(payload.data as never);
    }
  });

  const close = () => {
    if (!open) return;
    open = false;
    stopFrames();
    stopClose();
    for (const call of waiting.values())
      call.reject(new CommandFailed('disconnected', `${call.name}: connection lost.`));
    waiting.clear();
  };
  const stopClose = port.onClose(close);

  return {
    call(name, request) {
      if (!open) return Promise.reject(new CommandFailed('disconnected', `${name}: not connected.`));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { name, resolve: resolve as Waiting['resolve'], reject });
        port.post({ kind: 'call', id, name, payload: request });
      });
    },
    on(name, listener) {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard);
      heard.add(listener as (payload: never) => void);
      return () => heard.delete(listener as (payload: never) => void);
    },
    close,
  };
}
