// Each user's status: set by hand, timed, or by the system; told to all of the user's devices.
// Held in memory for routing, which cannot wait for a disk; on disk before anyone is told.
import type { StatusId, UserId } from '#shared/domain/ids.ts';
import type { ChoosableStatus } from '#shared/domain/presence.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { AuditedChange } from '../audit/audit-store.ts';
import type { BackgroundWork } from '../background-work.ts';
import type { HubClock } from '../hub-clock.ts';
import { InTurn } from '../in-turn.ts';
import { afterTimedStatus, type Presence } from './presence-machine.ts';
import type { PresenceStore } from './presence-store.ts';

export interface PresenceServiceParts {
  readonly store: PresenceStore;
  readonly clock: HubClock;
  readonly background: BackgroundWork;
  /** Whether any of the user's devices is there, asked when a timed status ends. */
  deviceIsThere(userId: UserId): boolean;
  /** Whether a supervisor's status is there to be chosen, and acts as this one. */
  labelActsAs(labelId: StatusId, status: ChoosableStatus): boolean;
  changed(userId: UserId, presence: Presence): void;
}

type Audited = (before: Presence, after: Presence) => AuditedChange;

export class PresenceService {
  readonly #parts: PresenceServiceParts;
  readonly #presences = new Map<UserId, Presence>();
  readonly #stopTimers = new Map<UserId, () => void>();
  readonly #startedAtMs: number;
  /** Two devices of one user may set a status at the same moment: the later one holds, on disk too. */
  readonly #changes = new InTurn<UserId>();

  constructor(parts: PresenceServiceParts) {
    this.#parts = parts;
    this.#startedAtMs = parts.clock.nowMs();
  }

  /**
   * Takes up what was so before the last end; a timed status that ran out meanwhile ends now.
   * @param userIds whoever of them never set a status is offline since now, after later starts too
   */
  async load(userIds: readonly UserId[] = []): Promise<void> {
    const { store, clock } = this.#parts;
    const kept = await store.all();
    for (const userId of userIds.filter((each) => !kept.has(each))) {
      const offline: Presence = { status: 'offline', sinceMs: clock.nowMs(), untilMs: null, labelId: null };
      await store.save(userId, offline);
      kept.set(userId, offline);
    }
    for (const [userId, found] of kept) {
      const presence = this.#withKnownLabel(found);
      this.#presences.set(userId, presence);
      this.#armTimer(userId, presence);
    }
  }

  /** A user who never set one is offline. */
  of(userId: UserId): Presence {
    const never = { status: 'offline', sinceMs: this.#startedAtMs, untilMs: null, labelId: null } as const;
    return this.#presences.get(userId) ?? never;
  }

  /**
   * @param labelId a supervisor's status, which must act as `status`.
   * @param audited where somebody else sets it (SUP-2): what the audit log keeps of it.
   * @throws CommandFailed 'notInFuture' where the end time has passed, 'noSuchStatus' where the label has gone.
   */
  async set(
    userId: UserId,
    status: ChoosableStatus,
    untilMs: number | null,
    labelId: StatusId | null = null,
    audited: Audited | null = null,
  ): Promise<void> {
    const nowMs = this.#parts.clock.nowMs();
    if (untilMs !== null && untilMs <= nowMs) {
      throw new CommandFailed('notInFuture', 'The end time has passed already. The status is as it was.');
    }
    await this.#changes.run(userId, () => {
      if (labelId !== null && !this.#parts.labelActsAs(labelId, status)) {
        throw new CommandFailed('noSuchStatus', 'This status is no longer there. Yours is as it was.');
      }
      const before = this.of(userId);
      // Setting the same status anew changes its end, not since when it holds.
      const isSame = this.#presences.has(userId) && before.status === status && before.labelId === labelId;
      const sinceMs = isSame ? before.sinceMs : nowMs;
      return this.#become(userId, { status, sinceMs, untilMs, labelId }, audited);
    });
  }

  /** Whoever is in one of these stays as it acted, since when and until when included, under the usual name. */
  async labelsGone(gone: ReadonlySet<StatusId>): Promise<void> {
    const dropLabel = (userId: UserId) =>
      this.#changes.run(userId, async () => {
        const before = this.of(userId);
        if (before.labelId !== null && gone.has(before.labelId)) {
          await this.#become(userId, { ...before, labelId: null });
        }
      });
    await Promise.all([...this.#presences.keys()].map(dropLabel));
  }

  close(): void {
    for (const stop of this.#stopTimers.values()) stop();
    this.#stopTimers.clear();
  }

  async #become(userId: UserId, presence: Presence, audited: Audited | null = null): Promise<void> {
    // A timer that ran out while this is being written must not undo it.
    this.#stopTimer(userId);
    try {
      const atMs = this.#parts.clock.nowMs();
      const entry = audited && { change: audited(this.of(userId), presence), atMs };
      await this.#parts.store.save(userId, presence, entry);
    } catch (error) {
      const before = this.of(userId);
      if (before.untilMs !== null && before.untilMs > this.#parts.clock.nowMs())
        this.#armTimer(userId, before);
      throw error;
    }
    this.#presences.set(userId, presence);
    this.#armTimer(userId, presence);
    this.#parts.changed(userId, presence);
  }

  /** One that was taken away while the hub ended. */
  #withKnownLabel(presence: Presence): Presence {
    const { labelId, status } = presence;
    const isKnown = labelId === null || (status !== 'inactive' && this.#parts.labelActsAs(labelId, status));
    return isKnown ? presence : { ...presence, labelId: null };
  }

  #armTimer(userId: UserId, presence: Presence): void {
    this.#stopTimer(userId);
    if (presence.untilMs === null) return;
    const { clock, background } = this.#parts;
    const endTimedStatus = () => {
      const ended = this.#changes.run(userId, async () => {
        // Another was set while this one waited for its turn.
        if (this.#presences.get(userId) !== presence) return;
        const next = afterTimedStatus(presence, clock.nowMs(), this.#parts.deviceIsThere(userId));
        await this.#become(userId, next);
      });
      background.run('ending a timed status', ended);
    };
    this.#stopTimers.set(userId, clock.after(presence.untilMs - clock.nowMs(), endTimedStatus));
  }

  #stopTimer(userId: UserId): void {
    this.#stopTimers.get(userId)?.();
    this.#stopTimers.delete(userId);
  }
}
