// The settings of the whole hub, as super admins set them in the admin window: from where extensions are taken, and to which
// private addresses webhooks may go.
// What the operator sets when the hub starts is server-settings.ts's.
import { type HubSettings, hubSettings } from '#shared/admin/system-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor } from '../audit/audit-store.ts';
import { isTargetEntry } from '../automations/webhook-address.ts';
import type { CompanyChanges } from '../company-changes.ts';
import type { HubClock } from '../hub-clock.ts';
import type { SettingsStore } from './settings-store.ts';

/** Three digits, below the echo test. */
const atFirst: HubSettings = { version: 0, extensionFirst: 201, extensionLast: 599, privateTargets: [] };

export interface SettingsServiceParts {
  readonly store: SettingsStore;
  readonly clock: HubClock;
  readonly changes: CompanyChanges;
  /** Numbers that ring something else than a user: the echo test, emergency numbers. */
  readonly reservedNumbers: readonly string[];
}

export class SettingsService {
  readonly #parts: SettingsServiceParts;

  constructor(parts: SettingsServiceParts) {
    this.#parts = parts;
  }

  async current(): Promise<HubSettings> {
    const kept = await this.#parts.store.read();
    return kept === null ? atFirst : hubSettings.parse(kept);
  }

  /**
   * @param wanted with the version that the actor saw.
   * @throws CommandFailed 'changedMeanwhile', 'rangeMalformed', 'rangeTaken', 'targetMalformed'; then nothing was changed.
   */
  async set(actor: Actor, wanted: HubSettings): Promise<HubSettings> {
    const { store, clock, changes } = this.#parts;
    this.#requireGoodRange(wanted);
    requireGoodTargets(wanted);
    const kept = await store.read();
    const before = kept === null ? atFirst : hubSettings.parse(kept);
    if (wanted.version !== before.version) throw changedMeanwhile();
    const after = { ...wanted, version: before.version + 1 };
    const { version: _before, ...fieldsBefore } = before;
    const { version: _after, ...fieldsAfter } = after;
    const change = {
      actor,
      action: 'settings.change',
      subject: { kind: 'settings', id: 'hub', name: 'Settings' },
      before: fieldsBefore,
      after: fieldsAfter,
    };
    if (!(await store.write(kept, after, change, clock.nowMs()))) throw changedMeanwhile();
    changes.tell('settings');
    return after;
  }

  #requireGoodRange({ extensionFirst, extensionLast }: HubSettings): void {
    if (extensionFirst > extensionLast) {
      throw new CommandFailed(
        'rangeMalformed',
        'The first extension is above the last one. Nothing was changed; swap them, or give others.',
      );
    }
    const taken = this.#parts.reservedNumbers.find((number) => {
      const value = Number(number);
      return String(value) === number && value >= extensionFirst && value <= extensionLast;
    });
    if (taken === undefined) return;
    throw new CommandFailed(
      'rangeTaken',
      `${taken} lies between them, which is an emergency number or rings a service. ` +
        'Nothing was changed; take a range that has it outside.',
    );
  }
}

function requireGoodTargets({ privateTargets }: HubSettings): void {
  const wrong = privateTargets.find((entry) => !isTargetEntry(entry));
  if (wrong === undefined) return;
  throw new CommandFailed(
    'targetMalformed',
    `“${wrong}” is no target. Nothing was changed; write host:port, or a network such as 10.1.0.0/16.`,
  );
}

function changedMeanwhile(): CommandFailed {
  return new CommandFailed(
    'changedMeanwhile',
    'Somebody else has changed the settings since you read them. Nothing of yours was taken over; look at theirs first.',
  );
}
