// What is on its way to disk, for the component that shows it; what is not there yet is written when the component or its
// window goes.
import { useEffect, useSyncExternalStore } from 'react';
import type { DiskKeeper, OnItsWay } from './disk-keeper.ts';

export function useDiskKeeper<V extends object>(keeper: DiskKeeper<V>): V & OnItsWay {
  const shown = useSyncExternalStore(keeper.subscribe, keeper.read);
  useEffect(() => {
    const flush = () => void keeper.flush();
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [keeper]);
  return shown;
}
