// Call mode at the hub of the scripted main: settings, statuses, a line that a test fills, late outcomes, the do-not-call
// list, imports of orders. It keeps the promises that the pages rely on, no more.
import type { AdminCommandName } from '#shared/admin/admin-contract.ts';
import {
  type DialUpCell,
  type DoNotCallEntry,
  type LateOutcome,
  type OrderImport,
  type OrderInLine,
  orderInLine as orderInLineAsTold,
} from '#shared/admin/dial-up-contract.ts';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import type { DialUpSettings, FreeModeSettings, OrderStatus } from '#shared/domain/dial-up.ts';
import { usualDialUpSettings, usualFreeModes, usualOrderStatuses } from '#shared/domain/dial-up-usual.ts';
import { attemptId, orderId, orderStatusId, type ProjectId, recordId, userId } from '#shared/domain/ids.ts';
import type { Attempt, Order } from '#shared/domain/order.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { EventOf, Handlers } from '#shared/wire/contract.ts';

/** With all of the order, which its page shows. */
export interface ScriptedOrder extends OrderInLine {
  readonly order: Order;
}

export interface ScriptedCallMode {
  version: number;
  statuses: OrderStatus[];
  freeModes: FreeModeSettings[];
  /** By project; the usual ones where there are none. */
  settings: Record<string, { version: number; settings: DialUpSettings }>;
  line: ScriptedOrder[];
  /** Orders that are in no line, by status. */
  done: Record<string, number>;
  attempts: Attempt[];
  late: LateOutcome[];
  doNotCall: DoNotCallEntry[];
  imports: OrderImport[];
}

type ChangedKind = EventOf<DesktopContract, 'admin.changed'>['kind'];
type Command = Extract<
  AdminCommandName,
  `admin.${'dialUp' | 'orderStatuses' | 'orders' | 'orderImports' | 'doNotCall'}.${string}`
>;

const minuteMs = 60_000;
const { order: listed } = orderInLineAsTold.shape;
/** What a list is told of an order, and no more. */
const asTold = orderInLineAsTold.extend({ order: listed.strip() });

export function orderInLine(at: number, over: Partial<ScriptedOrder> = {}): ScriptedOrder {
  const nowMs = Date.now();
  const sinceMs = nowMs - (30 - at) * minuteMs;
  return {
    order: {
      id: orderId.parse(`order-${at}`),
      version: 1,
      recordId: recordId.parse(`record-${at}`),
      projectId: 'parcels' as ProjectId,
      statusId: orderStatusId.parse('new'),
      externalId: `N-${20_400 + at}`,
      goods: '2 × garden chair, oak\n1 × cushion set',
      sumMinor: 18_990,
      currency: 'EUR',
      delivery: 'Courier, Friday before noon',
      fields: { giftWrapped: true },
      timeZone: null,
      source: 'import',
      createdAtMs: sinceMs,
      changedAtMs: sinceMs,
      statusSinceMs: sinceMs,
      attempts: 0,
      place: { mode: 'newLeads', bucket: 'unprocessed', dueAtMs: sinceMs, forUserId: null },
    },
    name: `Person ${at}`,
    number: `+4930231250${String(at).padStart(2, '0')}`,
    whyNow: 'unprocessed',
    whyNotNow: null,
    atMs: sinceMs,
    heldBy: null,
    ...over,
  };
}

export function sampleCallMode(over: Partial<ScriptedCallMode> = {}): ScriptedCallMode {
  return {
    version: 1,
    statuses: [...usualOrderStatuses],
    freeModes: [...usualFreeModes],
    settings: {},
    line: [],
    done: {},
    attempts: [],
    late: [],
    doNotCall: [],
    imports: [],
    ...over,
  };
}

export function sampleLate(): LateOutcome {
  const attempt: Attempt = {
    attemptId: attemptId.parse('attempt-late'),
    orderId: orderId.parse('order-1'),
    mode: 'newLeads',
    button: 'confirmed',
    callBack: null,
    note: 'Wants it on Friday.',
    callId: null,
    startedAtMs: Date.now() - 50 * minuteMs,
    endedAtMs: Date.now() - 48 * minuteMs,
    userId: userId.parse('ben'),
    userName: 'Ben Falkenberg-Hollingsworth',
    buttonLabel: '',
    effect: 'conflict',
    statusId: orderStatusId.parse('new'),
  };
  const since: Attempt = {
    ...attempt,
    ...{ attemptId: attemptId.parse('attempt-since'), userId: userId.parse('mia'), userName: 'Mia Sommer' },
    ...{ button: 'refused', note: '', effect: 'moved' },
    ...{ statusId: orderStatusId.parse('refused'), endedAtMs: Date.now() - 20 * minuteMs },
  };
  return {
    attempt,
    orderId: attempt.orderId,
    name: 'Nadia Brandt',
    projectId: 'parcels' as ProjectId,
    statusId: since.statusId,
    since,
  };
}

const header = ['Bestellnummer', 'Telefon', 'Nachname', 'Ware', 'Summe'];
const firstRows = [
  ['N-20417', '030 23125040', 'Brandt', 'Gartenstuhl', '189,90'],
  ['N-20418', 'keine', 'Öztürk', 'Kissen', '24,00'],
];

/** @param projectIds those that have a row in the matrix */
export function scriptedCallMode(
  state: ScriptedCallMode,
  projectIds: () => readonly ProjectId[],
  tell: (kind: ChangedKind) => void,
): Pick<Handlers<DesktopContract>, Command> {
  let made = 0;
  const latest = (version: number, asked: number) => {
    if (version !== asked) throw new CommandFailed('changedMeanwhile', 'The script has a newer one.');
  };
  const settingsOf = (projectId: ProjectId) =>
    state.settings[projectId] ?? { version: 0, settings: usualDialUpSettings(state.statuses) };
  const importOf = (id: string) => {
    const found = state.imports.find((each) => each.id === id);
    if (!found) throw new CommandFailed('noSuchImport', 'There is no such import.');
    return found;
  };
  return {
    'admin.dialUp.matrix': () =>
      projectIds().flatMap((projectId) =>
        settingsOf(projectId).settings.modes.map(({ mode, open, agentIds }): DialUpCell => {
          const own = state.line.filter(
            ({ order }) => order.projectId === projectId && order.place?.mode === mode,
          );
          const due = own.filter(({ whyNow }) => whyNow !== null).length;
          const held = own.filter(({ heldBy }) => heldBy !== null).length;
          return { projectId, mode, open, agentIds, waiting: own.length, due, held };
        }),
      ),
    'admin.dialUp.get': ({ projectId }) => settingsOf(projectId),
    'admin.dialUp.set': ({ projectId, version, settings }) => {
      latest(settingsOf(projectId).version, version);
      const after = { version: version + 1, settings };
      state.settings[projectId] = after;
      tell('dialUp');
      return after;
    },
    'admin.dialUp.freeModes': () => ({ version: state.version, modes: state.freeModes }),
    'admin.dialUp.setFreeModes': ({ version, modes }) => {
      latest(state.version, version);
      state.version += 1;
      state.freeModes = modes;
      tell('dialUp');
      return { version: state.version, modes };
    },
    'admin.orderStatuses.get': () => ({ version: state.version, statuses: state.statuses }),
    'admin.orderStatuses.set': ({ version, statuses }) => {
      latest(state.version, version);
      state.version += 1;
      state.statuses = statuses.map((each, at) => ({
        ...each,
        id: each.id ?? orderStatusId.parse(`new-${at}`),
      }));
      tell('orderStatuses');
      return { version: state.version, statuses: state.statuses };
    },
    'admin.orders.inLine': ({ filter, offset, limit }) => {
      const found = state.line.filter(
        ({ order, whyNow }) =>
          (filter.projectId === null || order.projectId === filter.projectId) &&
          (filter.mode === null || order.place?.mode === filter.mode) &&
          (filter.bucket === null || order.place?.bucket === filter.bucket) &&
          (filter.statusId === null || order.statusId === filter.statusId) &&
          (filter.due === 'any' || (filter.due === 'now') === (whyNow !== null)),
      );
      const rows = found.slice(offset, offset + limit).map((each) => asTold.parse(each));
      return { rows, total: found.length, asOfMs: Date.now() };
    },
    'admin.orders.get': ({ orderId: id }) => {
      const found = state.line.find(({ order }) => order.id === id);
      if (!found) throw new CommandFailed('noSuchOrder', 'The script knows no such order.');
      const { order, name, number } = found;
      const attempts = state.attempts.filter((each) => each.orderId === id);
      return { order, name, numbers: number === null ? [] : [number], attempts };
    },
    'admin.orders.add': ({ content }) => {
      made += 1;
      const added = orderInLine(50 + made);
      const shown = { ...added, order: { ...added.order, ...content } };
      state.line = [...state.line, shown];
      tell('orders');
      return shown.order;
    },
    'admin.orders.counts': () => {
      const inLine = Map.groupBy(state.line, ({ order }) => order.statusId);
      return state.statuses.flatMap(({ id }) => {
        const orders = (inLine.get(id)?.length ?? 0) + (state.done[id] ?? 0);
        return orders > 0 ? [{ statusId: id, orders }] : [];
      });
    },
    'admin.orders.move': ({ orders, statusId }) => {
      const all = state.line.length;
      const isMeant = ({ order }: OrderInLine) =>
        orders.which === 'these'
          ? orders.orderIds.includes(order.id)
          : orders.which === 'status'
            ? order.statusId === orders.statusId
            : !orders.but.includes(order.id);
      state.line = state.line.filter((each) => !isMeant(each));
      const done = orders.which === 'status' ? (state.done[orders.statusId] ?? 0) : 0;
      if (orders.which === 'status') state.done[orders.statusId] = 0;
      state.done[statusId] = (state.done[statusId] ?? 0) + all - state.line.length + done;
      tell('orders');
      return { moved: all - state.line.length + done, held: 0 };
    },
    'admin.orders.late': () => state.late,
    'admin.orders.decideLate': ({ attemptId: id }) => {
      state.late = state.late.filter(({ attempt }) => attempt.attemptId !== id);
      tell('orders');
      return null;
    },
    'admin.doNotCall.list': ({ digits }) => ({
      entries: state.doNotCall.filter(({ number }) => number.includes(digits)).slice(0, 500),
      total: state.doNotCall.length,
    }),
    'admin.doNotCall.add': ({ numbers, reason }) => {
      const isRead = (number: string) => /^\+?[\d\s()/-]{5,}$/.test(number);
      const read = numbers.filter(isRead);
      const added = read.map((number) => ({
        ...{
          number: number.replaceAll(/[^+\d]/g, ''),
          reason,
          addedAtMs: Date.now(),
          addedBy: 'Sara Öztürk',
        },
      }));
      state.doNotCall = [...added, ...state.doNotCall];
      tell('doNotCall');
      return { added: read.length, malformed: numbers.filter((number) => !isRead(number)) };
    },
    'admin.doNotCall.remove': ({ number }) => {
      state.doNotCall = state.doNotCall.filter((each) => each.number !== number);
      tell('doNotCall');
      return null;
    },
    'admin.orderImports.list': () => state.imports,
    'admin.orderImports.begin': ({ fileName }) => {
      made += 1;
      const id = `order-import-${made}`;
      state.imports = [
        {
          ...{ id, fileName, madeAtMs: Date.now(), madeBy: 'Sara Öztürk', state: 'uploaded', header },
          ...{ rows: 2, rowsDone: 0, created: 0, updated: 0, bad: 0, settings: null },
          ...{ endedAtMs: null, reason: null },
        },
        ...state.imports,
      ];
      return { id };
    },
    'admin.orderImports.addPiece': ({ id }) => importOf(id),
    'admin.orderImports.preview': ({ id, settings }) => ({
      import: importOf(id),
      settings,
      columns: settings?.columns ?? ['externalId', 'number', 'lastName', 'goods', 'sum'],
      firstRows,
      problems: settings
        ? [{ row: 3, column: 'Telefon', reason: 'numberMalformed', message: 'The number cannot be read.' }]
        : [],
      badRows: settings ? 1 : 0,
    }),
    'admin.orderImports.start': ({ id, settings }) => {
      const done: OrderImport = {
        ...importOf(id),
        ...{ state: 'done', settings, rowsDone: 2, created: 1, bad: 1, endedAtMs: Date.now() },
      };
      state.imports = state.imports.map((each) => (each.id === id ? done : each));
      tell('orders');
      return done;
    },
    'admin.orderImports.problems': () => ({ csv: 'row,column,reason,message\r\n' }),
    'admin.orderImports.remove': ({ id }) => {
      state.imports = state.imports.filter((each) => each.id !== id);
      tell('orders');
      return null;
    },
  };
}
