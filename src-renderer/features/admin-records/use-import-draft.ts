// What was set of an import before it starts, and what the hub says would become of it so: asked anew after each change.
import { useCallback, useEffect, useState } from 'react';
import type {
  ImportPreview,
  ImportSettings,
  ImportTarget,
  RecordImport,
} from '#shared/admin/records-contract.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { type Targets, targetsTwice, withoutOwnFields, withTarget } from '../../parts/import-targets.ts';
import { useImportPreview } from '../../parts/use-import-preview.ts';
import { mayRepeat } from './import-targets.ts';

interface Wanted extends Omit<ImportSettings, 'columns'> {
  /** Null: as the hub understands the header. */
  readonly columns: Targets<ImportTarget> | null;
}

export interface ImportDraft {
  /** The last answer; undefined before the first. */
  readonly preview: ImportPreview | undefined;
  /** As they are set now; null before the first answer. */
  readonly settings: ImportSettings | null;
  /** The fields that the chosen project defines. */
  readonly ownFields: readonly CustomField[];
  /** The preview is of the settings as they are now, and nothing is in the way. */
  readonly ready: boolean;
  readonly looking: boolean;
  readonly refusal: string | null;
  setColumn(place: number, target: ImportTarget | null): void;
  set(part: Partial<Omit<ImportSettings, 'columns'>>): void;
}

export function useImportDraft({ id, state }: RecordImport): ImportDraft {
  const client = useClient();
  const [wanted, setWanted] = useState<Wanted>({
    columns: null,
    kind: 'contact',
    projectId: null,
    ownerId: null,
  });
  const [fieldsRefusal, setFieldsRefusal] = useState<string | null>(null);
  const [ownFields, setOwnFields] = useState<readonly CustomField[]>([]);
  const isToBe = state === 'uploaded';
  const { projectId } = wanted;
  const ask = useCallback(
    (settings: Wanted) =>
      client.call('admin.recordImports.preview', {
        id,
        settings: { ...settings, columns: [...(settings.columns ?? [])] },
      }),
    [client, id],
  );
  const { preview, looking, current, refusal } = useImportPreview(wanted, isToBe ? ask : null);

  useEffect(() => {
    setOwnFields([]);
    setFieldsRefusal(null);
    if (projectId === null) return;
    let isOver = false;
    const askForFields = async () => {
      try {
        const { form } = await client.call('admin.callForms.get', { projectId });
        if (!isOver) setOwnFields(form.customFields);
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        if (!isOver) setFieldsRefusal(error.reason);
      }
    };
    void askForFields();
    return () => {
      isOver = true;
    };
  }, [client, projectId]);

  const columns = wanted.columns ?? preview?.settings.columns ?? null;
  const named = columns?.some((target) => target !== null) ?? false;
  return {
    preview,
    settings: columns && { ...wanted, columns: [...columns] },
    ownFields,
    ready: !looking && current && named && targetsTwice(columns ?? [], mayRepeat).size === 0,
    looking,
    refusal: refusal ?? fieldsRefusal,
    setColumn: (place, target) => setWanted({ ...wanted, columns: withTarget(columns, place, target) }),
    set: (part) => {
      const isElsewhere = part.projectId !== undefined && part.projectId !== projectId;
      const kept = wanted.columns && isElsewhere ? withoutOwnFields(wanted.columns) : wanted.columns;
      setWanted({ ...wanted, ...part, columns: kept });
    },
  };
}
