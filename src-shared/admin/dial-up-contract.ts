// Call mode as supervisors run it: settings per project and mode, statuses, orders in line and what is done to them, what
// came too late, whom nobody may call (DIAL-3 to DIAL-7, DIAL-10, DIAL-11).
import { z } from 'zod';
import {
  bucket,
  dialMode,
  dialUpSettings,
  freeModeSettings,
  orderStatus,
  whyNotNow,
  whyNow,
} from '../domain/dial-up.ts';
import { attemptId, orderId, orderStatusId, projectId, userId } from '../domain/ids.ts';
import { attempt, order, orderContent } from '../domain/order.ts';
import { customFieldKey } from '../domain/record.ts';
import { command, nothing } from '../wire/contract.ts';
import { importCommands, importWith, previewed } from './import-contract.ts';

const version = z.number().int().nonnegative();

/** DIAL-5: one cell of projects by modes. */
export const dialUpCell = z.strictObject({
  projectId,
  mode: dialMode,
  open: z.boolean(),
  /** In line, due or not, held or not. */
  waiting: z.number().int().nonnegative(),
  /** Of these, what could be handed out now. */
  due: z.number().int().nonnegative(),
  held: z.number().int().nonnegative(),
  /** Null: all members. */
  agentIds: z.array(userId).nullable(),
});
export type DialUpCell = z.output<typeof dialUpCell>;

export const orderFilter = z.strictObject({
  projectId: projectId.nullable(),
  mode: dialMode.nullable(),
  bucket: bucket.nullable(),
  statusId: orderStatusId.nullable(),
  /** Who holds it, or for whom its call back is. */
  agentId: userId.nullable(),
  /** 'now': what could be handed out at this moment. */
  due: z.enum(['any', 'now', 'later']),
});
export type OrderFilter = z.output<typeof orderFilter>;

/** What a list shows of an order: goods alone may be ten thousand letters. All of it is 'admin.orders.get'. */
export const listedOrder = order.pick({
  id: true,
  projectId: true,
  statusId: true,
  attempts: true,
  place: true,
});
export type ListedOrder = z.output<typeof listedOrder>;

export const orderInLine = z.strictObject({
  order: listedOrder,
  /** From the record; '' and null where it has none. */
  name: z.string(),
  number: z.string().nullable(),
  /** One of the two is null. */
  whyNow: whyNow.nullable(),
  whyNotNow: whyNotNow.nullable(),
  /** Since when it is over its standard time, when it is due, when hours begin: what the reason goes by. */
  atMs: z.number().nullable(),
  heldBy: z.strictObject({ userId, name: z.string() }).nullable(),
});
export type OrderInLine = z.output<typeof orderInLine>;

export const lateOutcome = z.strictObject({
  attempt,
  orderId,
  name: z.string(),
  projectId,
  /** Where the order is now, and who has had it since. */
  statusId: orderStatusId,
  since: attempt.nullable(),
});
export type LateOutcome = z.output<typeof lateOutcome>;

/** What a column of an import of orders is; the person is found by external id, else by number, else made. */
export const orderImportTarget = z.union([
  z.enum([
    'externalId',
    'status',
    'goods',
    'sum',
    'currency',
    'delivery',
    'timeZone',
    'recordExternalId',
    'number',
    'firstName',
    'lastName',
    'companyName',
    'email',
    'street',
    'houseNumber',
    'zipCode',
    'city',
    'country',
  ]),
  z.templateLiteral(['fields.', customFieldKey]),
]);
export type OrderImportTarget = z.output<typeof orderImportTarget>;

export const orderImportSettings = z.strictObject({
  /** By place; null: read over. */
  columns: z.array(orderImportTarget.nullable()).max(500),
  projectId,
  /** Where the row says none. */
  statusId: orderStatusId,
});
export type OrderImportSettings = z.output<typeof orderImportSettings>;

/** How its file was read is the hub's own affair. */
export const orderImport = importWith(orderImportSettings).omit({ encoding: true, separator: true });
export type OrderImport = z.output<typeof orderImport>;

export const orderImportPreview = z.strictObject({
  import: orderImport,
  /** As asked for; null where nothing was. */
  settings: orderImportSettings.nullable(),
  /** Of the settings, or as the header was understood. */
  columns: z.array(orderImportTarget.nullable()),
  ...previewed,
});

export const doNotCallEntry = z.strictObject({
  /** E.164. */
  number: z.string(),
  reason: z.string().max(500),
  addedAtMs: z.number(),
  addedBy: z.string(),
});
export type DoNotCallEntry = z.output<typeof doNotCallEntry>;

const statuses = z.strictObject({ version, statuses: z.array(orderStatus) });
const freeModes = z.strictObject({ version, modes: z.array(freeModeSettings) });
const ofProject = z.strictObject({ version, settings: dialUpSettings });
/** These; all in line that a filter finds, but for a few; or all that stand in a status, in line or not. */
const someOrders = z.discriminatedUnion('which', [
  z.strictObject({ which: z.literal('these'), orderIds: z.array(orderId).min(1).max(10_000) }),
  z.strictObject({
    which: z.literal('filter'),
    filter: orderFilter,
    but: z.array(orderId).max(10_000),
  }),
  z.strictObject({ which: z.literal('status'), statusId: orderStatusId }),
]);
export type SomeOrders = z.output<typeof someOrders>;

/** Refused in common: 'notAllowed', 'noSuchProject', 'noSuchOrder', 'changedMeanwhile'. */
export const adminDialUpCommands = {
  /** The cells of the projects that the asker may see. */
  'admin.dialUp.matrix': command(nothing, z.array(dialUpCell)),
  'admin.dialUp.get': command(z.strictObject({ projectId }), ofProject),
  /**
   * Refused: 'noSuchStatus', 'noSuchUser', 'hoursMalformed', 'buttonTwice', 'fieldTwice', 'labelTaken' (of order fields or
   * extra buttons), 'typeChanged', 'choicesMissing', 'choiceTwice'.
   */
  'admin.dialUp.set': command(z.strictObject({ projectId, version, settings: dialUpSettings }), ofProject),
  'admin.dialUp.freeModes': command(nothing, freeModes),
  /** Refused: 'labelTaken'. */
  'admin.dialUp.setFreeModes': command(freeModes, freeModes),

  'admin.orderStatuses.get': command(nothing, statuses),
  /**
   * All at once, in their order; one without an id is new. A changed mode or tick moves the orders in it. Refused:
   * 'labelTaken', 'ordersStandIn' (one taken away has orders: move them first), 'buttonLeadsThere'.
   */
  'admin.orderStatuses.set': command(
    z.strictObject({
      version,
      statuses: z.array(orderStatus.extend({ id: orderStatusId.nullable() })).max(200),
    }),
    statuses,
  ),

  /** DIAL-6: in the very order in which they will be handed out; those that cannot be now stand behind, by when they can. */
  'admin.orders.inLine': command(
    z.strictObject({
      filter: orderFilter,
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    z.strictObject({ rows: z.array(orderInLine), total: z.number().int().nonnegative(), asOfMs: z.number() }),
  ),
  'admin.orders.get': command(
    z.strictObject({ orderId }),
    z.strictObject({ order, name: z.string(), numbers: z.array(z.string()), attempts: z.array(attempt) }),
  ),
  /** Refused: 'noSuchRecord', 'noSuchStatus', 'externalIdTaken'. */
  'admin.orders.add': command(z.strictObject({ content: orderContent }), order),
  /** How many stand in each status, in line or not. */
  'admin.orders.counts': command(
    nothing,
    z.array(z.strictObject({ statusId: orderStatusId, orders: z.number().int() })),
  ),
  /**
   * In bulk: into another status, and so into that status's mode. What an agent holds at this moment stays where it is, and
   * is counted in `held`. Refused: 'noSuchStatus'.
   */
  'admin.orders.move': command(
    z.strictObject({ orders: someOrders, statusId: orderStatusId }),
    z.strictObject({ moved: z.number().int(), held: z.number().int() }),
  ),
  'admin.orders.late': command(nothing, z.array(lateOutcome)),
  /** The outcome moves the order after all, or is only kept. Refused: 'decidedAlready', 'orderHeld' (an agent has it now). */
  'admin.orders.decideLate': command(z.strictObject({ attemptId, apply: z.boolean() }), z.null()),

  /** Rows whose external id is known change that order. While one runs, `admin.changed` tells of 'orders'. */
  ...importCommands('orderImports', {
    import: orderImport,
    settings: orderImportSettings,
    preview: orderImportPreview,
  }),

  /** Whose number contains these digits; the last added first, at most five hundred; and how many there are in all. */
  'admin.doNotCall.list': command(
    z.strictObject({ digits: z.string().max(40) }),
    z.strictObject({ entries: z.array(doNotCallEntry), total: z.number().int() }),
  ),
  /** In any way of writing; what cannot be read is told. Orders on agents' screens hear of it at once. */
  'admin.doNotCall.add': command(
    z.strictObject({ numbers: z.array(z.string().max(200)).min(1).max(10_000), reason: z.string().max(500) }),
    z.strictObject({ added: z.number().int(), malformed: z.array(z.string()) }),
  ),
  /** Refused: 'numberMalformed'. */
  'admin.doNotCall.remove': command(z.strictObject({ number: z.string().max(200) }), z.null()),
} as const;
