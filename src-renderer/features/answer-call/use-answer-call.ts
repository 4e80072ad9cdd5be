// The three answers to an offer. What becomes of it comes back through the calls topic.
import type { CallId } from '#shared/domain/ids.ts';
import { useCommand } from '../../client/desktop-context.tsx';

export interface AnswerCall {
  accept(callId: CallId): void;
  ignore(callId: CallId): void;
  decline(callId: CallId): void;
  readonly refusal: string | null;
}

export function useAnswerCall(): AnswerCall {
  const accept = useCommand('calls.accept');
  const ignore = useCommand('calls.ignore');
  const decline = useCommand('calls.decline');
  return {
    accept: (callId) => void accept.run({ callId }),
    ignore: (callId) => void ignore.run({ callId }),
    decline: (callId) => void decline.run({ callId }),
    refusal: accept.refusal ?? ignore.refusal ?? decline.refusal,
  };
}
