// The outcome of an order, from what was typed and the button that ends it, and what stands for it elsewhere. Pure. Called by
// work-on-disk.ts and dial-up-view.ts.
import type { OutcomeDraft } from '#shared/desktop/dial-up-contract.ts';
import type { OutcomeButton } from '#shared/domain/dial-up.ts';
import type { AttemptId } from '#shared/domain/ids.ts';
import type { OrderCallOutcome, Outcome } from '#shared/domain/order.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Worked } from './dial-up-machine.ts';
import { notNow } from './dial-up-refusals.ts';

/** @throws CommandFailed 'notNow', 'callBackTimeMissing', 'notInFuture' */
export function outcomeOf(
  { leased, callId, draft, sinceMs }: Worked,
  button: OutcomeButton,
  attemptId: AttemptId,
  nowMs: number,
): Outcome {
  const pressed = leased.buttons.find((each) => each.button === button);
  if (!pressed) throw notNow('This mode has no such button.');
  return {
    attemptId,
    orderId: leased.order.id,
    mode: leased.mode,
    button,
    buttonLabel: pressed.label ?? '',
    callBack: callBackOf(draft, button, nowMs),
    note: draft.note,
    callId,
    startedAtMs: sinceMs,
    endedAtMs: nowMs,
  };
}

/** What an outcome is called, in the agent's day, beside its undo and on its call. */
export function sayingOf({ button, buttonLabel = '' }: Outcome): OrderCallOutcome {
  return { button, label: buttonLabel };
}

function callBackOf(draft: OutcomeDraft, button: OutcomeButton, nowMs: number): Outcome['callBack'] {
  const isReason = button === 'noAnswer' || button === 'busy' || button === 'hangUp';
  if (button !== 'callBack' && !isReason) return null;
  const atMs = draft.callBackAtMs;
  if (atMs === null) {
    if (isReason) return null;
    throw new CommandFailed(
      'callBackTimeMissing',
      'A call back needs a time. Nothing is lost; choose one, then end the order.',
    );
  }
  if (atMs <= nowMs)
    throw new CommandFailed('notInFuture', 'That time has passed. Nothing is lost; choose a later one.');
  return { atMs, own: button === 'callBack' && draft.own };
}
