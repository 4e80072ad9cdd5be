// The admin window's commands on imports of orders. For super admins: an import changes orders by their external id, and makes
// people.
import type { OrderImport, OrderImportSettings } from '#shared/admin/dial-up-contract.ts';
import { requireActor } from '../../audit/actor.ts';
import type { ImportView } from '../../imports/import-view.ts';
import type { HubHandlers } from '../../wire/hub-connections.ts';
import type { OrderImports } from './order-import.ts';
import { recognisedOrderColumns } from './order-import-columns.ts';

type Command = Extract<keyof HubHandlers, `admin.orderImports.${string}`>;

export function orderImportHandlers(imports: OrderImports): Pick<HubHandlers, Command> {
  return {
    'admin.orderImports.list': async () => (await imports.list()).map(shownImport),
    'admin.orderImports.begin': async ({ fileName, bytes }, connection) => ({
      id: await imports.begin(requireActor(connection), fileName, bytes),
    }),
    'admin.orderImports.addPiece': async ({ id, offset, base64 }) => {
      const made = await imports.addPiece(id, offset, Buffer.from(base64, 'base64'));
      return made ? shownImport(made) : null;
    },
    'admin.orderImports.preview': async ({ id, settings }) => previewOf(imports, id, settings),
    'admin.orderImports.start': async ({ id, settings }) => shownImport(await imports.start(id, settings)),
    'admin.orderImports.problems': async ({ id }) => ({ csv: await imports.problemsCsv(id) }),
    'admin.orderImports.remove': async ({ id }) => {
      await imports.remove(id);
      return null;
    },
  };
}

/** Without settings, the columns are told as the header is understood. For REST, too. */
export async function previewOf(imports: OrderImports, id: string, wanted: OrderImportSettings | null) {
  const preview = await imports.preview(id, wanted);
  const columns = preview.settings?.columns ?? recognisedOrderColumns(preview.import.header, []);
  return { ...preview, import: shownImport(preview.import), columns };
}

/** Encoding and separator are the hub's own affair. */
export function shownImport(view: ImportView<OrderImportSettings>): OrderImport {
  const { encoding: _encoding, separator: _separator, ...shown } = view;
  return shown;
}
