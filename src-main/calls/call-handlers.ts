// Answers the calls' share of the desktop contract, and tells its events. Registered by compose.ts.
import type { callsCommands, callsEvents } from '#shared/desktop/calls-contract.ts';
import type { CallId } from '#shared/domain/ids.ts';
import type { EventOf } from '#shared/wire/contract.ts';
import type { DomainHandlers, WireWindow } from '../desktop-wire/window-context.ts';
import type { CallDesk } from './call-desk.ts';
import type { CallForms } from './call-desk-ports.ts';
import type { Drafts } from './drafts.ts';

export interface CallParts {
  readonly desk: CallDesk;
  readonly drafts: Drafts;
  readonly callForms: CallForms;
}

/** @param undone a save was undone in that window: the call wants to be edited again, and is in the agent window's inbox. */
export function callHandlers(
  { desk, drafts, callForms }: CallParts,
  undone: (callId: CallId, window: WireWindow) => void,
): DomainHandlers<typeof callsCommands> {
  const asked = (ask: (callId: CallId) => void) => (request: { callId: CallId }) => {
    ask(request.callId);
    return null;
  };
  return {
    'calls.get': () => desk.views(),
    'callForms.get': () => [...callForms.all()],
    'calls.form': ({ callId }) => desk.formOf(callId),
    'calls.dial': ({ target }) => ({ callId: desk.dial(target) }),
    'calls.accept': asked((callId) => desk.accept(callId)),
    'calls.ignore': asked((callId) => desk.ignore(callId)),
    'calls.decline': asked((callId) => desk.decline(callId)),
    'calls.hangUp': asked((callId) => desk.hangUp(callId)),
    'calls.hold': asked((callId) => desk.hold(callId)),
    'calls.resume': asked((callId) => desk.resume(callId)),
    'calls.setMuted': ({ callId, muted }) => {
      desk.setMuted(callId, muted);
      return null;
    },
    'calls.sendDtmf': ({ callId, tones }) => {
      desk.sendDtmf(callId, tones);
      return null;
    },
    'calls.transfer': ({ callId, target }) => {
      desk.transfer(callId, target);
      return null;
    },
    'calls.takeBack': asked((callId) => desk.takeBack(callId)),
    'calls.letGo': asked((callId) => desk.letGo(callId)),
    'calls.dismissTransfer': asked((callId) => desk.dismissTransfer(callId)),
    'calls.extendWrapUp': ({ callId, byMs }) => {
      desk.extendWrapUp(callId, byMs);
      return null;
    },
    'drafts.get': ({ callId }) => drafts.get(callId),
    'drafts.change': ({ callId, ...change }) => drafts.change(callId, change),
    'calls.finish': ({ callId }) => desk.finish(callId),
    'calls.undoFinish': ({ callId }, { window }) => {
      desk.undoFinish(callId);
      undone(callId, window);
      return null;
    },
  };
}

interface CallsContract {
  readonly name: string;
  readonly version: number;
  readonly commands: typeof callsCommands;
  readonly events: typeof callsEvents;
}
type Emit = <N extends keyof typeof callsEvents & string>(
  name: N,
  payload: EventOf<CallsContract, N>,
) => void;

/** Tells every window what changes. Returns the way to stop. */
export function announceCalls({ desk, drafts, callForms }: CallParts, emit: Emit): () => void {
  const stops = [
    desk.changed.on((views) => emit('calls.changed', [...views])),
    drafts.changed.on((draft) => emit('drafts.changed', draft)),
    callForms.onChanged(() => emit('callForms.changed', [...callForms.all()])),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
