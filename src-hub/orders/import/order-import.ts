// What an import of orders is (imports/import-jobs.ts): what its columns mean, what a row says, how rows are written (DIAL-11).
import { type OrderImportSettings, orderImportSettings } from '#shared/admin/dial-up-contract.ts';
import type { OrderStatusId, ProjectId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { ImportJobs, ImportKind } from '../../imports/import-jobs.ts';
import type { KindOfImport } from '../../imports/import-store.ts';
import { recordsLookedUpBy, requireGoodColumns } from '../../records/import/record-import.ts';
import type { RecordServiceParts } from '../../records/record-service.ts';
import type { DialUpSettingsService } from '../dial-up-settings-service.ts';
import { noSuchStatus } from '../order-refusals.ts';
import type { OrderStatusService } from '../order-status-service.ts';
import type { OrderBatchStore } from './order-batch-store.ts';
import { recognisedOrderColumns } from './order-import-columns.ts';
import { type GivenOrder, readOrderRow } from './order-import-row.ts';

/** Null: nobody has said yet of which project the orders are. */
export type OrderImports = ImportJobs<OrderImportSettings, GivenOrder, OrderImportSettings | null>;

export interface OrderImportParts extends Pick<RecordServiceParts, 'countryOf'> {
  readonly batches: OrderBatchStore;
  readonly statuses: Pick<OrderStatusService, 'all' | 'find'>;
  readonly settings: Pick<DialUpSettingsService, 'settingsOf'>;
  isProject(projectId: ProjectId): boolean;
}

export const storedOrderImports: KindOfImport<OrderImportSettings> = {
  what: 'orders',
  settings: orderImportSettings,
  subject: 'order',
  projectOf: ({ projectId }) => projectId,
  lookedUpBy: {
    ...recordsLookedUpBy,
    dial_order: ['id', 'external_id', 'record_id', 'status_id'],
    dial_place: ['order_id', 'queue_id', 'bucket', 'due_at_ms', 'attempts'],
  },
};

export function orderImportKind(
  parts: OrderImportParts,
): ImportKind<OrderImportSettings, GivenOrder, OrderImportSettings | null> {
  const { batches, statuses, countryOf, settings: dialUp } = parts;
  const fieldsOf = (projectId: ProjectId) => dialUp.settingsOf(projectId).orderFields;
  return {
    what: 'orders',
    batches,
    understood(header, wanted) {
      if (wanted === null || wanted.columns.length > 0) return wanted;
      return { ...wanted, columns: recognisedOrderColumns(header, fieldsOf(wanted.projectId)) };
    },
    requireGood(header, { columns, projectId, statusId }) {
      if (!parts.isProject(projectId)) {
        throw new CommandFailed('noSuchProject', 'There is no such project. Nothing was imported.');
      }
      if (!statuses.find(statusId)) throw noSuchStatus();
      requireGoodColumns(header, columns, fieldsOf(projectId), new Set());
    },
    reader(header, settings) {
      const byLabel = statuses
        .all()
        .map(({ id, label }): [string, OrderStatusId] => [label.toLowerCase(), id]);
      const byId = statuses.all().map(({ id }): [string, OrderStatusId] => [id, id]);
      const reading = {
        settings,
        header,
        fields: new Map(fieldsOf(settings.projectId).map((field) => [field.key, field])),
        country: countryOf(settings.projectId),
        // A label counts before an id.
        statuses: new Map([...byId, ...byLabel]),
      };
      return (row) => readOrderRow(row, reading);
    },
  };
}
