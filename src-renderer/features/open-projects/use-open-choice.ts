// The open projects as they are being chosen: each choice goes on from the one before it, also where that is still on its way
// to the hub, and they are told one after the other.
import { useEffect, useRef, useState } from 'react';
import type { OpenProjects } from '#shared/domain/work.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { isSameChoice } from './open-choice.ts';

export function useOpenChoice(open: OpenProjects) {
  const { run, refusal, forget } = useCommand('projects.open');
  const [wanted, setWanted] = useState<OpenProjects | null>(null);
  const toTell = useRef<OpenProjects | null>(null);
  const telling = useRef(false);
  const isThere = wanted !== null && isSameChoice(open, wanted);
  useEffect(() => {
    if (isThere) setWanted(null);
  }, [isThere]);
  const choose = async (next: OpenProjects): Promise<void> => {
    setWanted(next);
    toTell.current = next;
    if (telling.current) return;
    telling.current = true;
    while (toTell.current) {
      const told = toTell.current;
      toTell.current = null;
      if ((await run(told)) !== undefined) continue;
      // Refused: what is open is as it was, and what was chosen upon it is gone with it.
      toTell.current = null;
      setWanted(null);
    }
    telling.current = false;
  };
  return { shown: wanted ?? open, choose, refusal, forget };
}
