// What both ends of the wire benchmark share: the contract, one question, its answer, and a wire over a MessagePort.
// Used by wire.bench.ts and, in the worker's thread, by wire-worker.ts.
import type { MessagePort } from 'node:worker_threads';
import { callsCommands } from '#shared/desktop/calls-contract.ts';
import type { DraftView } from '#shared/domain/call-view.ts';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import { callId } from '#shared/domain/ids.ts';
import { defineContract, type RequestOf } from '#shared/wire/contract.ts';
import type { WireLog, WirePort } from '#shared/wire/wire-port.ts';

export const wireContract = defineContract({
  name: 'wire benchmark',
  version: 1,
  commands: { 'drafts.change': callsCommands['drafts.change'] },
  events: {},
});

export type Question = RequestOf<typeof wireContract, 'drafts.change'>;

/** A note as it is after a minute of typing. */
export const question: Question = {
  callId: callId.parse(crypto.randomUUID()),
  note: 'The parcel was left with a neighbour; wants a call back on Monday morning. '.repeat(7),
};

export function answer(asked: Question): DraftView {
  return {
    callId: asked.callId,
    note: asked.note ?? '',
    dispositionId: null,
    form: emptyFormDraft,
    savedAtMs: 0,
  };
}

export function messagePortWire(port: MessagePort): WirePort {
  return {
    post: (frame) => port.postMessage(frame),
    onFrame(listener) {
      port.on('message', listener);
      return () => port.off('message', listener);
    },
    onClose(listener) {
      port.once('close', listener);
      return () => port.off('close', listener);
    },
  };
}

/** Nothing is refused in a benchmark; what is, must be seen. */
export const quietLog: WireLog = {
  warn: (message, facts) => console.error(message, facts),
  error: (message, facts) => console.error(message, facts),
};
