// What call mode is where nobody has set anything: the statuses that a hub begins with, the settings of a project, the free
// modes. Used by the hub, by the admin window for a project without settings, and by tests.
import type {
  DialMode,
  DialUpSettings,
  FreeModeSettings,
  ModeSettings,
  OrderStatus,
  OutcomeButton,
} from './dial-up.ts';
import { dialMode } from './dial-up.ts';
import { type OrderStatusId, orderStatusId } from './ids.ts';

type Usual = readonly [id: string, label: string, color: string, mode: DialMode | null];

/** Renamed, added to and taken away as a company wishes; what leads to one is found by its id. */
const statuses: readonly Usual[] = [
  ['new', 'New', 'blue', 'newLeads'],
  ['confirmed', 'Confirmed', 'green', null],
  ['to-reconfirm', 'To re-confirm', 'cyan', 'reconfirmation'],
  ['before-buyout', 'Before buyout', 'violet', 'beforeBuyout'],
  ['will-collect', 'Will collect', 'lime', null],
  ['collected', 'Collected', 'teal', null],
  ['refused', 'Refused', 'red', null],
  ['wrong-number', 'Wrong number', 'orange', null],
  ['not-reached', 'Not reached', 'gray', null],
  ['free-1', 'Free list 1', 'indigo', 'random1'],
  ['free-2', 'Free list 2', 'grape', 'random2'],
];

export const usualOrderStatuses: readonly OrderStatus[] = statuses.map(([id, label, color, mode]) => ({
  id: orderStatusId.parse(id),
  label,
  color,
  mode,
  addToDialUp: mode !== null,
}));

export const usualFreeModes: readonly FreeModeSettings[] = [
  { mode: 'random1', name: '', handsOut: 'atRandom', seed: 1 },
  { mode: 'random2', name: '', handsOut: 'atRandom', seed: 2 },
];

type Button = Exclude<OutcomeButton, 'extra1' | 'extra2'>;

const leadsTo: Partial<Readonly<Record<Button, string>>> = {
  confirmed: 'confirmed',
  refused: 'refused',
  willCollect: 'will-collect',
  collected: 'collected',
  wrongNumber: 'wrong-number',
};

const toConfirm: readonly Button[] = [
  'confirmed',
  'refused',
  'callBack',
  'noAnswer',
  'busy',
  'hangUp',
  'wrongNumber',
];
const toCollect: readonly Button[] = [
  'willCollect',
  'collected',
  'refused',
  'callBack',
  'noAnswer',
  'busy',
  'hangUp',
];

/** Minutes. A new lead cools within the quarter of an hour; the others wait for the half of a day. */
const standardTimes: Readonly<Record<DialMode, number>> = {
  newLeads: 15,
  reconfirmation: 240,
  beforeBuyout: 240,
  random1: 0,
  random2: 0,
};

/**
 * DIAL-3's buttons to begin with. Every mode is closed: nothing is handed out before somebody has opened one, and a project
 * that only takes calls shows its agents no call mode.
 * @param known those that the company has: a button whose usual status is not among them leaves an order where it is.
 */
export function usualDialUpSettings(known: readonly Pick<OrderStatus, 'id'>[]): DialUpSettings {
  const statusFor = (id: string | undefined): OrderStatusId | null =>
    known.find((status) => status.id === id)?.id ?? null;
  const modeSettings = (mode: DialMode): ModeSettings => ({
    mode,
    open: false,
    highPriority: false,
    standardTimeMinutes: standardTimes[mode],
    delayMinutes: { noAnswer: 60, busy: 15, hangUp: 30 },
    attempts: 5,
    usedUpStatusId: statusFor('not-reached'),
    buttons: (mode === 'beforeBuyout' ? toCollect : toConfirm).map((button) => ({
      button,
      shown: true,
      statusId: statusFor(leadsTo[button]),
    })),
    extraButtons: [],
    agentIds: null,
    script: '',
  });
  return {
    callingHours: [],
    inboundWhileHolding: false,
    dials: 'onKey',
    countdownSeconds: 10,
    orderFields: [],
    modes: dialMode.options.map(modeSettings),
  };
}
