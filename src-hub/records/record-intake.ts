// Records as other programs write them, in REST and imports: whole or in parts, found by their external id, and looked at
// more closely than what desktops push, which was checked where it was written.
import type { RecordId } from '#shared/domain/ids.ts';
import {
  type CustomValue,
  emptyRecordContent,
  type RecordChanges,
  type RecordContent,
  recordName,
  type WholeRecord,
} from '#shared/domain/record.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor } from '../audit/audit-store.ts';
import { fits } from '../call-forms/call-form-rules.ts';
import type { CallFormService } from '../call-forms/call-form-service.ts';
import { contentOf } from './record-rows.ts';
import type { RecordService } from './record-service.ts';
import type { RecordStore } from './record-store.ts';

/** What is left out stays as it is; a field of a project's own that is null is taken away. */
export type PartialRecord = Omit<RecordChanges, 'fields'> & {
  readonly fields?: Readonly<Record<string, CustomValue | null>> | undefined;
};

export interface RecordIntakeParts {
  readonly records: RecordService;
  readonly store: RecordStore;
  readonly forms: Pick<CallFormService, 'formOf'>;
}

export class RecordIntake {
  readonly #parts: RecordIntakeParts;

  constructor(parts: RecordIntakeParts) {
    this.#parts = parts;
  }

  /** @throws CommandFailed 'nameMissing', 'noSuchField', 'fieldMalformed', and as RecordService.create */
  async create(actor: Actor, given: PartialRecord): Promise<WholeRecord> {
    const content = overlaid(null, given);
    this.#require(content, given);
    return await this.#parts.records.create(actor, null, content);
  }

  /** @throws CommandFailed as `create`; 'noSuchRecord', 'changedMeanwhile' */
  async change(actor: Actor, id: RecordId, seenVersion: number, given: PartialRecord): Promise<WholeRecord> {
    const { records } = this.#parts;
    const now = await records.get(id);
    const wanted = overlaid(now, given);
    this.#require(wanted, given);
    const keys = Object.keys(given) as (keyof RecordContent)[];
    const made = { before: only(now, keys), changes: only(wanted, keys) };
    const result = await records.change(actor, id, made, { seenVersion });
    if ('applied' in result) return result.applied;
    throw new Error('A change of a version that was seen cannot clash');
  }

  /**
   * Makes it, or changes the one that has this external id already; the last writer wins.
   * @throws CommandFailed as `create`
   */
  async put(
    actor: Actor,
    externalId: string,
    given: PartialRecord,
  ): Promise<{ record: WholeRecord; made: boolean }> {
    const { records, store } = this.#parts;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const id = await store.idOfExternal(externalId);
        if (id === null) return { record: await this.create(actor, { ...given, externalId }), made: true };
        const { version } = await records.get(id);
        return { record: await this.change(actor, id, version, given), made: false };
      } catch (error) {
        // Somebody made, changed or erased it in the same moment.
        const reason = error instanceof CommandFailed ? error.reason : '';
        const again = ['externalIdTaken', 'changedMeanwhile', 'noSuchRecord'].includes(reason);
        if (!again || attempt === mostAttempts) throw error;
      }
    }
  }

  #require(content: RecordContent, given: PartialRecord): void {
    if (recordName(content) === '' && content.numbers.length === 0 && content.emails.length === 0) {
      throw new CommandFailed(
        'nameMissing',
        'A record needs a name, a number or an e-mail address. Nothing was changed.',
      );
    }
    const fields = Object.entries(given.fields ?? {});
    if (fields.length === 0) return;
    const { projectId } = content;
    const defined = projectId === null ? [] : this.#parts.forms.formOf(projectId).customFields;
    for (const [key, value] of fields) {
      if (value === null) continue;
      const field = defined.find((each) => each.key === key);
      if (!field) {
        throw new CommandFailed('noSuchField', `The project has no field ${key}. Nothing was changed.`);
      }
      if (!fits(field, value)) {
        throw new CommandFailed(
          'fieldMalformed',
          `${key} cannot have this value: it is a field of type ${field.type}. Nothing was changed.`,
        );
      }
    }
  }
}

const mostAttempts = 5;

/** @param content a record or its content; null for none yet. */
export function overlaid(
  content: RecordContent | WholeRecord | null,
  { fields: given, ...rest }: PartialRecord,
): RecordContent {
  const kept = content === null ? emptyRecordContent : 'version' in content ? contentOf(content) : content;
  const fields = given === undefined ? kept.fields : overlaidFields(kept.fields, given);
  return { ...kept, ...withoutUndefined(rest), fields };
}

function overlaidFields(
  kept: RecordContent['fields'],
  given: NonNullable<PartialRecord['fields']>,
): RecordContent['fields'] {
  const all = Object.entries({ ...kept, ...given });
  return Object.fromEntries(all.filter((entry): entry is [string, CustomValue] => entry[1] !== null));
}

function withoutUndefined(changes: RecordChanges): RecordChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function only(content: RecordContent, keys: readonly (keyof RecordContent)[]): RecordChanges {
  return Object.fromEntries(keys.map((key) => [key, content[key]]));
}
