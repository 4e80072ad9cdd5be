// What the hub says would become of an import as it is set: asked at once, and anew after each change.
import { useEffect, useRef, useState } from 'react';
import { CommandFailed } from '#shared/wire/command-failed.ts';

export interface ImportPreviewControl<P> {
  /** The last answer; undefined before the first. */
  readonly preview: P | undefined;
  /** It was changed since the last answer, and the hub has not refused. */
  readonly looking: boolean;
  /** The last answer is about the settings as they are now. */
  readonly current: boolean;
  readonly refusal: string | null;
}

/** After the last change: a file of a hundred thousand rows takes the hub a second to look through. */
const settledMs = 300;

/**
 * @param settings the same object until something of them is changed
 * @param ask the same function for an import (`useCallback`); null where nothing is to be asked, as it has been started
 */
export function useImportPreview<S, P>(
  settings: S,
  ask: ((settings: S) => Promise<P>) | null,
): ImportPreviewControl<P> {
  const [answer, setAnswer] = useState<{ readonly of: S; readonly preview: P } | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (!ask) return;
    let isOver = false;
    const look = async () => {
      try {
        const preview = await ask(settings);
        if (isOver) return;
        setAnswer({ of: settings, preview });
        setRefusal(null);
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        if (!isOver) setRefusal(error.reason);
      }
    };
    const timer = setTimeout(() => void look(), wasAsked.current ? settledMs : 0);
    wasAsked.current = true;
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [ask, settings]);
  const current = answer?.of === settings;
  return {
    preview: answer?.preview,
    looking: ask !== null && !current && refusal === null,
    current,
    refusal,
  };
}
