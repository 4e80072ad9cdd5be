// The orders that a practice hub begins with, of people of sample-records.ts, and how its two projects run call mode: some in
// each mode and bucket, over their standard time, planned for later, so that there is something to see and to work.
import type { DialUpSettings, ModeSettings } from '#shared/domain/dial-up.ts';
import { usualDialUpSettings, usualOrderStatuses } from '#shared/domain/dial-up-usual.ts';
import { orderStatusId, type ProjectId } from '#shared/domain/ids.ts';
import type { Outcome } from '#shared/domain/order.ts';
import { sampleProject, sampleSecondProject } from './sample-company.ts';

export interface SampleOrder {
  /** Of a record, without what all of them begin with. */
  readonly person: string;
  readonly projectId: ProjectId;
  readonly statusId: string;
  readonly goods: string;
  readonly sumMinor: number | null;
  readonly currency: string;
  readonly delivery: string;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
  readonly waitsMinutes: number;
  readonly attempt: SampleAttempt | null;
}

/** The last one; `againInMinutes` from the start of the hub. */
export interface SampleAttempt {
  readonly button: Extract<Outcome['button'], 'noAnswer' | 'busy' | 'callBack'>;
  readonly username: string;
  readonly minutesAgo: number;
  readonly againInMinutes: number;
  readonly own: boolean;
  readonly note: string;
}

type Given = Partial<Pick<SampleOrder, 'delivery' | 'fields' | 'attempt'>>;

function sample(
  person: string,
  projectId: ProjectId,
  statusId: string,
  waitsMinutes: number,
  goods: string,
  pounds: number | null,
  given: Given = {},
): SampleOrder {
  const sumMinor = pounds === null ? null : Math.round(pounds * 100);
  const currency = pounds === null ? '' : 'GBP';
  const rest = { delivery: '', fields: {}, attempt: null, ...given };
  return { person, projectId, statusId, goods, sumMinor, currency, waitsMinutes, ...rest };
}

const northwind = sampleProject.id;
const willow = sampleSecondProject.id;

export const sampleOrders: readonly SampleOrder[] = [
  sample('samira-haddad', northwind, 'new', 3, 'Desk lamp “Fjord”, 4 pieces', 236, {
    fields: { source: 'Website' },
  }),
  sample('joris-vandenberg', northwind, 'new', 41, 'Workbench, beech, 1.8 m', 780, {
    delivery: 'Ask for a lift at the yard',
    fields: { source: 'Trade fair' },
  }),
  sample('greta-sandoval', northwind, 'new', 9, 'Sample box of glazes', 35, {
    fields: { source: 'Website', giftWrap: true },
  }),
  sample('aylin-demir', northwind, 'new', 130, 'Offer for twelve workplaces', null, {
    fields: { source: 'Trade fair' },
    attempt: {
      ...{
        button: 'noAnswer',
        username: 'clerk2',
        minutesAgo: 95,
        againInMinutes: -35,
        own: false,
        note: '',
      },
    },
  }),
  sample('lucien-moreau', northwind, 'new', 55, 'Stool, oiled oak', 129, { fields: { source: 'Telephone' } }),
  sample('priya-raghunathan', northwind, 'to-reconfirm', 300, 'Renewal, 40 seats, one year', 4_800, {
    attempt: {
      ...{ button: 'callBack', username: 'clerk', minutesAgo: 120, againInMinutes: -2, own: true },
      note: 'In a meeting; asked to be called back today.',
    },
  }),
  sample('owen-fairweather', northwind, 'to-reconfirm', 60, '12 headsets, wired', 588),
  sample('tomasz-wieczorek', northwind, 'before-buyout', 400, 'Bookcase, walnut', 349, {
    delivery: 'Parcel shop Fennel Street, until Friday',
  }),
  sample('ines-albrecht', northwind, 'before-buyout', 200, 'Parcel tape, 200 rolls', 310, {
    delivery: 'Depot Leeds',
    attempt: {
      ...{ button: 'busy', username: 'clerk2', minutesAgo: 4, againInMinutes: 11, own: false, note: '' },
    },
  }),
  sample('hanna-bergstroem', northwind, 'before-buyout', 30, 'Rug, 160 × 230 cm', 265, {
    delivery: 'Parcel shop, 4 days left',
  }),
  sample('dmitri-volkov', northwind, 'free-1', 90, 'Win back: weekend support', null),
  sample('pauline-okonkwo', northwind, 'free-1', 80, 'Win back: 20 % for a year', null),
  sample('edgar-whitlock', northwind, 'free-2', 20, 'Five questions about the last delivery', null),
  sample('felix-and-daughters', northwind, 'free-2', 20, 'Five questions about the last delivery', null),
  sample('haruto-tanabe', willow, 'new', 12, 'First appointment', null),
  sample('beatrix-lowe', willow, 'free-1', 600, 'Recall after six months', null),
];

const scripts: Partial<Readonly<Record<ModeSettings['mode'], string>>> = {
  newLeads:
    'Good morning, this is Northwind. You have ordered with us, thank you.\n\n1. Read out goods and sum.\n2. Where shall it go?\n3. Who will be there to take it?',
  reconfirmation: 'You have confirmed your order. Before we send it: is the address still right?',
  beforeBuyout: 'Your parcel is waiting for you. Do you know where, and until when?',
  random1: 'We have missed you. What would have to be different for you to come back?',
  random2: 'May I ask you five short questions about your last delivery?',
};

function settingsOf(part: Partial<DialUpSettings>, withScripts: boolean): DialUpSettings {
  const usual = usualDialUpSettings(usualOrderStatuses);
  return {
    ...usual,
    modes: usual.modes.map((mode) => ({
      ...mode,
      open: true,
      script: withScripts ? (scripts[mode.mode] ?? '') : '',
      extraButtons:
        withScripts && mode.mode === 'newLeads'
          ? [{ label: 'Will think it over', statusId: orderStatusId.parse('to-reconfirm') }]
          : [],
    })),
    ...part,
  };
}

export const sampleDialUpSettings: readonly (readonly [ProjectId, DialUpSettings])[] = [
  [
    northwind,
    settingsOf(
      {
        orderFields: [
          {
            key: 'source',
            label: 'Heard of us by',
            type: 'choice',
            choices: ['Website', 'Trade fair', 'Telephone'],
            required: false,
          },
          { key: 'giftWrap', label: 'Gift wrap', type: 'yesNo', choices: [], required: false },
        ],
      },
      true,
    ),
  ],
  [willow, settingsOf({ dials: 'countdown', countdownSeconds: 5 }, false)],
];
