// The vocabulary of one wire: named commands (asked, answered) and named events (told), each with its zod schema.
// Both ends import the same contract object; `serve` and `connect` carry it over any WirePort.
// A contract holds shapes only: no behaviour, no transport.
import { z } from 'zod';

export interface CommandSpec<Q extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly request: Q;
  readonly reply: R;
}

export interface Contract {
  /** Named in logs and in the handshake. */
  readonly name: string;
  /** Raised when a change is not readable by the version before. */
  readonly version: number;
  readonly commands: Readonly<Record<string, CommandSpec>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export type CommandName<K extends Contract> = keyof K['commands'] & string;
export type EventName<K extends Contract> = keyof K['events'] & string;
export type RequestOf<K extends Contract, N extends CommandName<K>> = z.output<K['commands'][N]['request']>;
export type ReplyOf<K extends Contract, N extends CommandName<K>> = z.output<K['commands'][N]['reply']>;
export type EventOf<K extends Contract, N extends EventName<K>> = z.output<K['events'][N]>;

/** One handler for each command: a handler that is missing does not compile. */
export type Handlers<K extends Contract, Context = void> = {
  readonly [N in CommandName<K>]: (
    request: RequestOf<K, N>,
    context: Context,
  ) => ReplyOf<K, N> | Promise<ReplyOf<K, N>>;
};

/** The request of a command that asks without arguments. */
export const nothing = z.null();

export function command<Q extends z.ZodType, R extends z.ZodType>(request: Q, reply: R): CommandSpec<Q, R> {
  return { request, reply };
}

/**
 * A topic is state that the serving side owns: `<name>.get` reads it, `<name>.changed` tells the whole of it anew.
 * Spread its two halves into a contract's commands and events.
 */
export function topic<N extends string, S extends z.ZodType>(
  name: N,
  schema: S,
): {
  readonly commands: Record<`${N}.get`, CommandSpec<typeof nothing, S>>;
  readonly events: Record<`${N}.changed`, S>;
} {
  return {
    commands: { [`${name}.get`]: command(nothing, schema) } as Record<
      `${N}.get`,
      CommandSpec<typeof nothing, S>
    >,
    events: { [`${name}.changed`]: schema } as Record<`${N}.changed`, S>,
  };
}

export function defineContract<const K extends Contract>(contract: K): K {
  return contract;
}
