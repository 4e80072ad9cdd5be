// What was set of an import of orders before it starts, and what the hub says would become of it so: asked once without
// settings, for what the header is understood as, and anew after each change.
import { useCallback, useMemo, useState } from 'react';
import type { OrderImport, OrderImportSettings, OrderImportTarget } from '#shared/admin/dial-up-contract.ts';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import type { OrderStatusId, ProjectId } from '#shared/domain/ids.ts';
import type { ReplyOf } from '#shared/wire/contract.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { type Targets, targetsTwice, withoutOwnFields, withTarget } from '../../parts/import-targets.ts';
import { useImportPreview } from '../../parts/use-import-preview.ts';
import { useOrderFields } from './use-order-fields.ts';

type Preview = ReplyOf<DesktopContract, 'admin.orderImports.preview'>;

interface Wanted {
  /** Null: as the hub understands the header. */
  readonly columns: Targets<OrderImportTarget> | null;
  readonly projectId: ProjectId | null;
  readonly statusId: OrderStatusId | null;
}

export interface OrderImportDraft extends Wanted {
  /** The last answer; undefined before the first. */
  readonly preview: Preview | undefined;
  /** As they are set now, once project and status are chosen. */
  readonly settings: OrderImportSettings | null;
  readonly ownFields: readonly CustomField[];
  /** The preview is of the settings as they are now, and nothing is in the way. */
  readonly ready: boolean;
  readonly looking: boolean;
  readonly refusal: string | null;
  setColumn(place: number, target: OrderImportTarget | null): void;
  set(part: Partial<Pick<Wanted, 'projectId' | 'statusId'>>): void;
}

export function useOrderImportDraft({ id, state }: OrderImport): OrderImportDraft {
  const client = useClient();
  const projects = useAdminList('projects').answer;
  const [wanted, setWanted] = useState<Wanted>({ columns: null, projectId: null, statusId: null });
  // Where there is only one project, nobody has to choose it.
  const projectId = wanted.projectId ?? (projects?.length === 1 ? (projects[0]?.id ?? null) : null);
  const { statusId } = wanted;
  const [understood, setUnderstood] = useState<Targets<OrderImportTarget> | null>(null);
  const columns = wanted.columns ?? understood;
  const settings = useMemo(
    (): OrderImportSettings | null =>
      columns && projectId !== null && statusId !== null
        ? { columns: [...columns], projectId, statusId }
        : null,
    [columns, projectId, statusId],
  );
  const ask = useCallback(
    async (asked: OrderImportSettings | null) => {
      const preview = await client.call('admin.orderImports.preview', { id, settings: asked });
      if (asked === null) setUnderstood(preview.columns);
      return preview;
    },
    [client, id],
  );
  const { preview, looking, current, refusal } = useImportPreview(
    settings,
    state === 'uploaded' ? ask : null,
  );
  return {
    preview,
    columns,
    projectId,
    statusId,
    settings,
    ownFields: useOrderFields(projectId),
    ready: settings !== null && !looking && current && targetsTwice(columns ?? []).size === 0,
    looking: settings !== null && looking,
    refusal,
    setColumn: (place, target) => setWanted({ ...wanted, columns: withTarget(columns, place, target) }),
    set: (part) => {
      const isElsewhere = part.projectId !== undefined && part.projectId !== projectId;
      const kept = wanted.columns && isElsewhere ? withoutOwnFields(wanted.columns) : wanted.columns;
      setWanted({ ...wanted, ...part, columns: kept });
    },
  };
}
