// One's own status as the hub has confirmed it, and what this desktop reports about itself.
// A status that was asked for while the hub is away is refused, not pretended.

import type { LinkView } from '#shared/desktop/session-contract.ts';
import type { StatusId } from '#shared/domain/ids.ts';
import type { Activity, ChoosableStatus, PresenceView } from '#shared/domain/presence.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { HubLink } from '../hub-link/hub-link.ts';
import type { Log } from '../log.ts';

export interface PresenceService {
  view(): PresenceView;
  onChanged(listener: (view: PresenceView) => void): void;
  /** Reads it anew after a sign-in or a new connection. */
  refresh(): Promise<void>;
  set(request: {
    status: ChoosableStatus;
    labelId: StatusId | null;
    untilMs: number | null;
    knowingly: boolean;
  }): Promise<void>;
  report(activity: Activity): void;
  /** The computer is about to sleep, or woke up. */
  reportAsleep(asleep: boolean): void;
}

export function createPresenceService(
  hub: HubLink,
  microphoneReady: () => boolean,
  log: Log,
): PresenceService {
  let view: PresenceView = {
    status: 'offline',
    sinceMs: Date.now(),
    untilMs: null,
    labelId: null,
    activity: 'free',
    confirmed: false,
  };
  let asleep = false;
  const listeners = new Set<(view: PresenceView) => void>();

  const become = (part: Partial<PresenceView>) => {
    view = { ...view, ...part };
    for (const listener of [...listeners]) listener(view);
  };

  const tellHub = () => {
    hub.call('device.report', { activity: view.activity, asleep }).catch((error: unknown) => {
      // Reported again at the next connection.
      if (!(error instanceof CommandFailed)) log.error('presence: report failed', { error });
    });
  };

  hub.on('presence.changed', (presence) => become({ ...presence, confirmed: true }));
  hub.onChanged((link: LinkView) => {
    if (link.state === 'offline' && view.confirmed) become({ confirmed: false });
  });

  return {
    view: () => view,
    onChanged: (listener) => void listeners.add(listener),
    async refresh() {
      become({ ...(await hub.call('presence.get', null)), confirmed: true });
      tellHub();
    },
    async set({ status, labelId, untilMs, knowingly }) {
      if (status === 'available' && !knowingly && !microphoneReady()) {
        throw new CommandFailed(
          'microphoneNotReady',
          'Callers would not hear you: the microphone is not ready. Your status is unchanged.',
        );
      }
      await hub.call('presence.set', { status, labelId, untilMs });
    },
    report(activity) {
      if (activity === view.activity) return;
      become({ activity });
      tellHub();
    },
    reportAsleep(next) {
      asleep = next;
      tellHub();
    },
  };
}
