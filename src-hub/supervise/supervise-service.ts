// SUP-2: a supervisor sets somebody's status, ends their wrap-up, signs them out. Each leaves who did it to whom.
import type { StatusId, UserId } from '#shared/domain/ids.ts';
import type { ChoosableStatus } from '#shared/domain/presence.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor, AuditedChange, AuditStore } from '../audit/audit-store.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import type { Presence } from '../presence/presence-machine.ts';
import type { PresenceService } from '../presence/presence-service.ts';

export interface WantedStatus {
  readonly status: ChoosableStatus;
  readonly labelId: StatusId | null;
  readonly untilMs: number | null;
}

export interface SuperviseServiceParts {
  readonly audit: AuditStore;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  nameOf(userId: UserId): string | null;
  readonly presence: PresenceService;
  isInWrapUp(userId: UserId): boolean;
  /** The devices that are in it end it. */
  tellWrapUpEnded(userId: UserId): void;
  signOutEverywhere(userId: UserId): Promise<void>;
}

export class SuperviseService {
  readonly #parts: SuperviseServiceParts;

  constructor(parts: SuperviseServiceParts) {
    this.#parts = parts;
  }

  /** @throws CommandFailed 'noSuchUser', 'noSuchStatus', 'notInFuture'. */
  async setStatus(actor: Actor, userId: UserId, wanted: WantedStatus): Promise<void> {
    const name = this.#nameOf(userId);
    const { presence, changes } = this.#parts;
    const { status, untilMs, labelId } = wanted;
    await presence.set(userId, status, untilMs, labelId, (before, after) => ({
      actor,
      action: 'user.setStatus',
      subject: { kind: 'user', id: userId, name },
      before: shown(before),
      after: shown(after),
    }));
    changes.tell('audit');
  }

  /** @throws CommandFailed 'noSuchUser', 'notInWrapUp'. */
  async endWrapUp(actor: Actor, userId: UserId): Promise<void> {
    const name = this.#nameOf(userId);
    if (!this.#parts.isInWrapUp(userId)) {
      throw new CommandFailed('notInWrapUp', `${name} is in no wrap-up at the moment.`);
    }
    await this.#keep({ actor, userId, name }, 'user.endWrapUp', { wrapUp: true }, { wrapUp: false });
    this.#parts.tellWrapUpEnded(userId);
  }

  /** @throws CommandFailed 'noSuchUser'. */
  async signOut(actor: Actor, userId: UserId): Promise<void> {
    const name = this.#nameOf(userId);
    await this.#keep({ actor, userId, name }, 'user.signOut', { signedIn: true }, { signedIn: false });
    await this.#parts.signOutEverywhere(userId);
  }

  #nameOf(userId: UserId): string {
    const name = this.#parts.nameOf(userId);
    if (name === null) throw new CommandFailed('noSuchUser', 'This user is no longer there.');
    return name;
  }

  async #keep(
    { actor, userId, name }: { actor: Actor; userId: UserId; name: string },
    action: string,
    before: AuditedChange['before'],
    after: AuditedChange['after'],
  ): Promise<void> {
    const { audit, clock, changes } = this.#parts;
    const subject = { kind: 'user', id: userId, name };
    await audit.append({ actor, action, subject, before, after }, clock.nowMs());
    changes.tell('audit');
  }
}

function shown({ status, labelId, untilMs }: Presence): AuditedChange['before'] {
  return { status, labelId, untilMs };
}
