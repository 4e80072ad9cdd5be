// An answer that main gives on request and tells to be stale by an event: asked again then, the old one shown meanwhile.
import { useCallback, useEffect, useRef, useState } from 'react';
import { CommandFailed } from '#shared/wire/command-failed.ts';

export interface Asked<R> {
  /** Undefined until the first answer. */
  readonly answer: R | undefined;
  readonly refusal: string | null;
  /** Asks again. */
  again(): void;
}

/** @param ask must change (useCallback) when what is asked for changes; answers to older questions are dropped. */
export function useAsked<R>(ask: () => Promise<R>): Asked<R> {
  const [state, setState] = useState<{ answer: R | undefined; refusal: string | null }>({
    answer: undefined,
    refusal: null,
  });
  const question = useRef(0);
  const again = useCallback(() => {
    question.current += 1;
    const mine = question.current;
    ask().then(
      (answer) => mine === question.current && setState({ answer, refusal: null }),
      (error: unknown) => {
        if (!(error instanceof CommandFailed)) throw error;
        if (mine === question.current) setState((before) => ({ ...before, refusal: error.reason }));
      },
    );
  }, [ask]);
  useEffect(again, [again]);
  return { ...state, again };
}
