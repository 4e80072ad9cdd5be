// A form over something of the admin window that has a version and is saved as a whole: the hub refuses what is based on an
// older one, and the newer one is then asked for and shown. What is typed meanwhile is `useEdit`'s.
import { useMemo } from 'react';
import type { Versioned } from '../client/use-versioned.ts';
import { type Edit, useEdit } from './use-edit.ts';

export interface VersionedEditOf<L, V, Q> {
  /** As the hub has it now. */
  readonly latest: L;
  /** What is typed into; the same function from one drawing to the next. */
  draftOf(latest: L): V;
  /** Saves it, with the version that it is based on. */
  readonly command: {
    run(request: Q): Promise<L | undefined>;
    forget(): void;
  };
  readonly source: Pick<Versioned<L>, 'again' | 'put'>;
}

export interface VersionedEdit<V extends object, Q> {
  readonly edit: Edit<V>;
  /** As `edit.set`; why saving was refused is of no more interest. */
  readonly set: Edit<V>['set'];
  /** @returns whether it was saved */
  save(request: Q): Promise<boolean>;
  discard(): void;
}

export function useVersionedEdit<L extends { readonly version: number }, V extends object, Q>(
  of: VersionedEditOf<L, V, Q>,
): VersionedEdit<V, Q> {
  const { latest, draftOf, command, source } = of;
  const draft = useMemo(() => draftOf(latest), [draftOf, latest]);
  const edit = useEdit<V>(draft, latest.version);
  return {
    edit,
    set(field, value) {
      command.forget();
      edit.set(field, value);
    },
    async save(request) {
      const saved = await command.run(request);
      if (!saved) {
        // Whoever was quicker is shown at once; the hub tells of it, too, but may not have yet.
        source.again();
        return false;
      }
      source.put(saved);
      edit.saved(draftOf(saved), saved.version);
      return true;
    },
    discard() {
      command.forget();
      edit.saved(draft, latest.version);
    },
  };
}
