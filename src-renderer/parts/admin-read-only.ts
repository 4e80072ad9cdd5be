// Whether the admin window can only show: while the hub is away nothing can be changed, since nothing of this is queued.
import { useLive } from '../client/desktop-context.tsx';

export function useReadOnly(): boolean {
  return useLive('network').state !== 'online';
}
