// Orders in line at a running practice hub, as a super admin brings them in: one CSV over the hub's wire. For lists.bench.ts.
import type { OrderImport } from '#shared/admin/dial-up-contract.ts';
import { orderStatusId, type ProjectId } from '#shared/domain/ids.ts';
import { createHubLink } from '../../src-main/hub-link/hub-link.ts';
import { eventually } from '../../tests/support/eventually.ts';
import { recordingLog } from '../../tests/support/recording-log.ts';

const pieceBytes = 512 * 1024;
const importEndsWithinMs = 120_000;

/** @throws Error where a row was left out, or the import has not ended within two minutes. */
export async function putOrdersInLine(hubUrl: string, projectId: ProjectId, orders: number): Promise<void> {
  const hub = createHubLink(recordingLog());
  try {
    hub.connectTo(hubUrl);
    await hub.untilOnline(10_000);
    const account = {
      username: 'superadmin',
      password: 'practice-superadmin',
      accountType: 'superAdmin',
    } as const;
    await hub.call('session.signIn', { ...account, deviceId: 'bench-orders' });
    const { version, settings } = await hub.call('admin.dialUp.get', { projectId });
    const modes = settings.modes.map((each) => ({ ...each, open: each.open || each.mode === 'newLeads' }));
    await hub.call('admin.dialUp.set', { projectId, version, settings: { ...settings, modes } });

    const csv = Buffer.from(csvOf(orders));
    const { id } = await hub.call('admin.orderImports.begin', { fileName: 'line.csv', bytes: csv.length });
    for (let offset = 0; offset < csv.length; offset += pieceBytes) {
      const base64 = csv.subarray(offset, offset + pieceBytes).toString('base64');
      await hub.call('admin.orderImports.addPiece', { id, offset, base64 });
    }
    const { columns } = await hub.call('admin.orderImports.preview', { id, settings: null });
    const wanted = { columns, projectId, statusId: orderStatusId.parse('new') };
    await hub.call('admin.orderImports.start', { id, settings: wanted });
    const ended = await eventually(
      'the orders are in line',
      async (): Promise<OrderImport | undefined> => {
        const imports = await hub.call('admin.orderImports.list', null);
        return imports.find((each) => each.id === id && each.state !== 'running');
      },
      importEndsWithinMs,
    );
    if (ended.state !== 'done' || ended.bad > 0) throw new Error(`The import ended as ${ended.state}`);
  } finally {
    hub.close();
  }
}

function csvOf(orders: number): string {
  const lines = Array.from({ length: orders }, (_, index) => {
    const phone = `+4930${String(20_000_000 + index)}`;
    return `L-${index},Lamp no. ${index % 500},${index % 900}.90,EUR,${phone},First ${index},Last ${index % 997}`;
  });
  return ['order id,goods,total,currency,phone,first name,last name', ...lines].join('\r\n');
}
