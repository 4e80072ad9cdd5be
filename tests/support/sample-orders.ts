// Orders on an agent's desk, as samples for tests of windows and pictures.
import type { DialUpView, WorkedOrder } from '#shared/desktop/dial-up-contract.ts';
import { attemptId, leaseId, orderId, orderStatusId, recordId, userId } from '#shared/domain/ids.ts';
import type { Attempt, Order } from '#shared/domain/order.ts';
import { emptyRecordContent } from '#shared/domain/record.ts';
import type { LeasedOrder } from '#shared/hub/dial-contract.ts';
import { project } from './sample-state.ts';

export function sampleOrder(over: Partial<Order> = {}): Order {
  return {
    id: orderId.parse('order-1'),
    version: 3,
    recordId: recordId.parse('record-anna'),
    projectId: project.id,
    statusId: orderStatusId.parse('status-new'),
    externalId: 'SHOP-20417',
    goods: '2 × garden chair, oak\n1 × cushion set, moss green',
    sumMinor: 18_990,
    currency: 'EUR',
    delivery: 'Courier, Friday before noon\n14 Elm Road, Reading',
    fields: { colour: 'moss green', giftWrapped: true },
    timeZone: 'Europe/Berlin',
    source: 'rest',
    createdAtMs: Date.now() - 90_000_000,
    changedAtMs: Date.now() - 7_200_000,
    statusSinceMs: Date.now() - 90_000_000,
    attempts: 2,
    place: null,
    ...over,
  };
}

export function sampleAttempt(id: string, over: Partial<Attempt> = {}): Attempt {
  return {
    attemptId: attemptId.parse(id),
    orderId: sampleOrder().id,
    mode: 'newLeads',
    button: 'noAnswer',
    callBack: null,
    note: '',
    callId: null,
    startedAtMs: Date.now() - 7_260_000,
    endedAtMs: Date.now() - 7_200_000,
    userId: userId.parse('user-2'),
    userName: 'Ben Adler',
    buttonLabel: '',
    effect: 'moved',
    statusId: orderStatusId.parse('status-new'),
    ...over,
  };
}

export function leasedOrder(over: Partial<LeasedOrder> = {}): LeasedOrder {
  return {
    leaseId: leaseId.parse('lease-1'),
    leaseUntilMs: Date.now() + 90_000,
    why: 'overStandardTime',
    order: sampleOrder(),
    mode: 'newLeads',
    modeName: '',
    statusLabel: 'New',
    record: {
      ...emptyRecordContent,
      id: sampleOrder().recordId,
      version: 1,
      createdAtMs: Date.now() - 90_000_000,
      changedAtMs: Date.now() - 90_000_000,
      kind: 'lead',
      projectId: project.id,
      firstName: 'Anna',
      lastName: 'Bergmann',
      numbers: [
        { number: '+442079460812', extension: '', label: 'mobile' },
        { number: '+442079460813', extension: '12', label: 'work' },
      ],
    },
    attempts: [
      sampleAttempt('attempt-2', { note: 'Rang for a long time.' }),
      sampleAttempt('attempt-1', {
        button: 'callBack',
        note: 'In a meeting, asks for a call in the afternoon about the colour.',
        endedAtMs: Date.now() - 80_000_000,
        userName: 'Mia Clerk',
      }),
    ],
    orderFields: [
      { key: 'colour', label: 'Colour', type: 'text', choices: [], required: false },
      { key: 'giftWrapped', label: 'Gift-wrapped', type: 'yesNo', choices: [], required: false },
    ],
    buttons: [
      ...(['confirmed', 'refused', 'callBack', 'noAnswer', 'busy', 'hangUp', 'wrongNumber'] as const).map(
        (button) => ({ button, label: null }),
      ),
      { button: 'extra1', label: 'Wants a catalogue' },
      { button: 'extra2', label: 'Already bought' },
    ],
    delayMinutes: { noAnswer: 120, busy: 15, hangUp: 60 },
    lastAttempt: false,
    standardTimeMinutes: 4,
    dials: 'countdown',
    countdownSeconds: 5,
    script:
      'Good day, my name is … from Practice Garden. You have ordered garden chairs from us; may I check the order with you?\nAsk for the delivery day. Read the sum aloud.',
    mayDial: { may: true, untilMs: null },
    clocks: { zones: ['Europe/Berlin'], from: 'order' },
    ...over,
  };
}

type WorkedOver = Omit<Partial<WorkedOrder>, 'leased'> & { readonly leased?: Partial<LeasedOrder> };

export function workedOrder({ leased: given = {}, ...over }: WorkedOver = {}): WorkedOrder {
  const leased = leasedOrder(given);
  return {
    leased,
    number: '+442079460812',
    numberShown: '020 7946 0812',
    numbersShown: ['020 7946 0812', '020 7946 0813'],
    name: 'Anna Bergmann',
    sinceMs: Date.now() - 20_000,
    dialsAtMs: null,
    callId: null,
    callEnd: null,
    draft: { note: '', callBackAtMs: null, own: false, savedAtMs: null },
    leaseOver: false,
    modeClosed: false,
    notDialled: null,
    // As main says it (src-main/dial-up/dial-up-view.ts), but for a call that is there.
    intents: {
      dial: over.number !== null && !over.leaseOver && leased.mayDial.may,
      stopCountdown: over.dialsAtMs != null,
      end: true,
    },
    ...over,
  };
}

export function dialUpView(over: Partial<DialUpView> = {}): DialUpView {
  return {
    modes: [
      { projectId: project.id, mode: 'newLeads', name: '' },
      { projectId: project.id, mode: 'random1', name: 'Winter sale' },
    ],
    state: 'off',
    nextAtMs: null,
    order: null,
    pauseAfterThis: false,
    undo: null,
    unsent: 0,
    today: {
      byButton: [
        { button: 'confirmed', label: '', count: 12 },
        { button: 'noAnswer', label: '', count: 9 },
        { button: 'callBack', label: '', count: 3 },
        { button: 'extra1', label: 'Wants a catalogue', count: 2 },
        { button: 'extra1', label: 'Catalogue', count: 1 },
      ],
      attempts: 27,
      workedMs: 5_400_000,
    },
    ...over,
  };
}
