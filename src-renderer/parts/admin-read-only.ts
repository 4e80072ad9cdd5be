// Whether the admin window can only show: while the hub is away nothing can be changed, since nothing of this is queued.
import { useLive } from '../client/desktop-context.tsx';

export function useReadOnly(): boolean {
  return useLive('network').state !== 'online';
}

/** A supervisor sees their teams and projects; users, teams and projects are made by super admins alone. */
export function useIsSuperAdmin(): boolean {
  const session = useLive('session');
  return session.state === 'signedIn' && session.user.accountType === 'superAdmin';
}
