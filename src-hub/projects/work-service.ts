// What each agent works with, put together anew whenever something of the company changes, and told to those of their
// devices that do not know it yet.
import type { UserId } from '#shared/domain/ids.ts';
import type { Work } from '#shared/domain/work.ts';
import type { CallFormService } from '../call-forms/call-form-service.ts';
import type { CompanyChangeKind, CompanyChanges } from '../company-changes.ts';
import type { StatusService } from '../statuses/status-service.ts';
import { type HubConnection, requireSignedIn } from '../wire/hub-connection.ts';
import type { LiveConnections } from '../wire/live-connections.ts';
import type { OpenProjectService } from './open-project-service.ts';
import type { ProjectService } from './project-service.ts';

const kindsOfWork: ReadonlySet<CompanyChangeKind> = new Set([
  'users',
  'projects',
  'dispositions',
  'callForms',
  'statuses',
]);

export interface WorkServiceParts {
  readonly projects: ProjectService;
  readonly open: OpenProjectService;
  readonly statuses: StatusService;
  readonly callForms: Pick<CallFormService, 'of'>;
  readonly live: LiveConnections;
  readonly changes: CompanyChanges;
  mayCallOutside(userId: UserId): boolean;
}

export class WorkService {
  readonly #parts: WorkServiceParts;
  /** As JSON. */
  readonly #known = new WeakMap<HubConnection, string>();

  constructor(parts: WorkServiceParts) {
    this.#parts = parts;
    parts.changes.onChanged((kind) => {
      if (kindsOfWork.has(kind)) this.tell('everyone');
    });
  }

  of(userId: UserId): Work {
    const { projects, open, statuses, callForms, mayCallOutside } = this.#parts;
    const own = projects.ofMember(userId);
    return {
      projects: own,
      open: open.of(userId),
      dispositions: projects.dispositionsOf(own),
      callForms: callForms.of(own),
      statuses: statuses.list().statuses,
      mayCallOutside: mayCallOutside(userId),
    };
  }

  /** For a reply, which the device then knows. @throws CommandFailed 'signedOut' */
  toldAnew(connection: HubConnection): Work {
    const work = this.of(requireSignedIn(connection).user.userId);
    this.#known.set(connection, JSON.stringify(work));
    return work;
  }

  /** Devices that know it already are left alone. */
  tell(whom: UserId | 'everyone'): void {
    const devices = this.#parts.live.all().filter(({ signedIn }) => signedIn !== null);
    const byUser = Map.groupBy(devices, ({ signedIn }) => signedIn?.user.userId);
    for (const [userId, connections] of byUser) {
      if (userId === undefined || (whom !== 'everyone' && whom !== userId)) continue;
      const work = this.of(userId);
      const now = JSON.stringify(work);
      for (const connection of connections) {
        if (this.#known.get(connection) === now) continue;
        this.#known.set(connection, now);
        connection.tell('work.changed', work);
      }
    }
  }
}
