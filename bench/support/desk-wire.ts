// What kill.bench.ts and sync.bench.ts say to a desktop's main that runs without windows (desk-main.ts): the windows' own commands for
// records and calls, and what stands in for the computer around it. Over the IPC of a child process.
import { z } from 'zod';
import { callsCommands } from '#shared/desktop/calls-contract.ts';
import { recordsCommands } from '#shared/desktop/records-contract.ts';
import { syncViewCommands } from '#shared/desktop/sync-view-contract.ts';
import { disposition } from '#shared/domain/disposition.ts';
import { callId } from '#shared/domain/ids.ts';
import { command, defineContract, nothing } from '#shared/wire/contract.ts';
import type { WireLog, WirePort } from '#shared/wire/wire-port.ts';

/** As stopwatch.ts has it. */
const stopped = {
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  processorMs: z.number(),
  longestHoldMs: z.number(),
  peakMiB: z.number(),
};

export const deskContract = defineContract({
  name: 'desktop without windows',
  version: 1,
  commands: {
    ...recordsCommands,
    ...callsCommands,
    'sync.get': syncViewCommands['sync.get'],
    'sync.items': syncViewCommands['sync.items'],
    'sync.now': syncViewCommands['sync.now'],
    /** Someone rings, is answered, and hangs up. Null where the desk did not take it. */
    'stand.talk': command(z.strictObject({ number: z.string() }), z.strictObject({ callId }).nullable()),
    /** What the call's draft, or its Save, says now. */
    'stand.call': command(
      z.strictObject({ callId }),
      z.strictObject({ note: z.string(), finished: z.boolean() }),
    ),
    'stand.dispositions': command(nothing, z.array(disposition)),
    /** The computer says that its network is there again: no waiting for the next try. */
    'stand.retry': command(nothing, z.null()),
    /** The hub is left, with whoever is signed in still at work. */
    'stand.leave': command(nothing, z.null()),
    /** Goes to this hub, and answers when nothing is left to be sent or pulled. */
    'stand.sync': command(
      z.strictObject({ url: z.string() }),
      z.strictObject({
        ...stopped,
        /** Since when nothing waits to be sent; null: nothing did. */
        sentAtMs: z.number().nullable(),
        waiting: z.number(),
      }),
    ),
  },
  events: {
    /** Whether somebody is signed in and the hub is there. */
    'stand.working': z.boolean(),
    'stand.warned': z.string(),
  },
});

export interface MessageChannel {
  send?(message: object): unknown;
  readonly connected?: boolean;
  on(name: 'message', listener: (message: unknown) => void): unknown;
  once(name: 'disconnect', listener: () => void): unknown;
  off(name: 'message' | 'disconnect', listener: (message: unknown) => void): unknown;
}

export function processPort(channel: MessageChannel): WirePort {
  return {
    post(frame) {
      if (channel.connected) channel.send?.(frame as object);
    },
    onFrame(listener) {
      channel.on('message', listener);
      return () => void channel.off('message', listener);
    },
    onClose(listener) {
      channel.once('disconnect', listener);
      return () => void channel.off('disconnect', listener);
    },
  };
}

export const quiet: WireLog = { warn: () => undefined, error: () => undefined };
