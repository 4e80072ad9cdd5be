// What follows here when another hub on the same database has changed users: who they are is read anew, and the connections
// of this hub learn of it as they would of a change made here (user-endings.ts). Called by company-news.ts.

import type { SessionStore } from '../accounts/session-store.ts';
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import type { UserEndings } from './user-endings.ts';

export interface UsersElsewhereParts {
  readonly directory: UserDirectory;
  readonly sessions: SessionStore;
  readonly live: LiveConnections;
  readonly endings: UserEndings;
}

/** @returns reads users anew, and ends what has ended. */
export function usersElsewhere({
  directory,
  sessions,
  live,
  endings,
}: UsersElsewhereParts): () => Promise<void> {
  return async () => {
    const before = directory.all();
    await directory.load();
    for (const user of before) {
      const now = directory.byId(user.userId);
      if (!now) await endings.disabled(user, null);
      else if (JSON.stringify(now) !== JSON.stringify(user)) await endings.renamed(user.userId);
    }
    const signedIn = live.all().flatMap(({ signedIn: known }) => known?.session ?? []);
    const over = await sessions.over(signedIn.map(({ tokenHash }) => tokenHash));
    for (const connection of live.all()) {
      if (!connection.signedIn || !over.has(connection.signedIn.session.tokenHash)) continue;
      connection.signedIn = null;
      connection.tell('session.ended', null);
      connection.close();
    }
  };
}
