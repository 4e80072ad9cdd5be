// The people and firms that a practice hub knows at first, and the call form of its first project. Their numbers are as
// fictitious as the company's, their addresses of streets that there are not.
import { type CallForm, usualCallForm } from '#shared/domain/call-form.ts';
import type { RecordKind } from '#shared/domain/disposition.ts';
import { type RecordId, recordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type RecordContent, type RecordNumber } from '#shared/domain/record.ts';
import { sampleProject, sampleSecondProject, sampleUserId } from './sample-company.ts';

export interface SampleRecord {
  readonly id: RecordId;
  readonly content: RecordContent;
  readonly notes: readonly SampleNote[];
}

export interface SampleNote {
  readonly username: string;
  readonly text: string;
  readonly daysAgo: number;
}

export const sampleCallForm: CallForm = {
  ...usualCallForm,
  customFields: [
    {
      key: 'contract',
      label: 'Contract',
      type: 'choice',
      choices: ['Basic', 'Plus', 'Premium'],
      required: false,
    },
    { key: 'customerNumber', label: 'Customer number', type: 'text', choices: [], required: false },
    { key: 'renewal', label: 'Renewal on', type: 'date', choices: [], required: false },
    { key: 'seats', label: 'Seats', type: 'number', choices: [], required: false },
    { key: 'newsletter', label: 'Newsletter', type: 'yesNo', choices: [], required: false },
  ],
};

type Name = readonly [firstName: string, lastName: string] | string;
type Given = Partial<Omit<RecordContent, 'numbers'>> & { readonly notes?: readonly SampleNote[] };

const northwind = { projectId: sampleProject.id };
const willow = { projectId: sampleSecondProject.id };

function note(username: string, daysAgo: number, text: string): SampleNote {
  return { username, text, daysAgo };
}

/** @param numbers E.164; the second of a person is their mobile. */
function sample(
  id: string,
  kind: RecordKind,
  name: Name,
  numbers: readonly (string | Partial<RecordNumber>)[],
  { notes = [], ...given }: Given = {},
): SampleRecord {
  const named = typeof name === 'string' ? { companyName: name } : { firstName: name[0], lastName: name[1] };
  return {
    id: recordId.parse(`practice-${id}`),
    content: {
      ...emptyRecordContent,
      kind,
      ...named,
      numbers: numbers.map((each, position) => {
        const label = position === 0 ? ('main' as const) : ('mobile' as const);
        return { number: '', extension: '', label, ...(typeof each === 'string' ? { number: each } : each) };
      }),
      ...given,
    },
    notes,
  };
}

export const sampleRecords: readonly SampleRecord[] = [
  sample('maya-lindqvist', 'customer', ['Maya', 'Lindqvist'], ['+442079460123'], {
    emails: ['maya.lindqvist@example.com'],
    street: 'Larkspur Row',
    houseNumber: '14',
    zipCode: 'N1 0ZZ',
    city: 'London',
    country: 'United Kingdom',
    tags: ['VIP'],
    description: 'Runs two ceramics studios; prefers to be called in the morning.',
    notes: [
      note(
        'clerk',
        3,
        'Second kiln arrived with a cracked lid. A new lid is on its way; call when it is there.',
      ),
      note('clerk2', 40, 'Asked for one invoice a month instead of one for each delivery.'),
    ],
  }),
  sample('harbour-and-pine', 'company', 'Harbour & Pine Ltd', ['+12015550123'], {
    emails: ['accounts@harbourandpine.example'],
    street: 'Cooper Wharf',
    houseNumber: '3',
    zipCode: '07030',
    city: 'Hoboken',
    country: 'United States',
    tags: ['Wholesale'],
    notes: [note('clerk', 12, 'New buyer from May on: Ines Albrecht.')],
  }),
  sample('tomasz-wieczorek', 'customer', ['Tomasz', 'Wieczorek'], ['+442079460131', '+441632960131'], {
    emails: ['tomasz@wieczorek.example'],
    street: 'Fennel Street',
    houseNumber: '8b',
    city: 'Reading',
    country: 'United Kingdom',
  }),
  sample('aylin-demir', 'lead', ['Aylin', 'Demir'], ['+493023125014'], {
    emails: ['aylin.demir@example.de'],
    city: 'Berlin',
    country: 'Germany',
    tags: ['Trade fair'],
    notes: [note('admin', 6, 'Met in Hanover. Wants an offer for twelve workplaces.')],
  }),
  sample('greta-sandoval', 'lead', ['Greta', 'Sandoval'], ['+12015550147'], { tags: ['Website'] }),
  sample('owen-fairweather', 'contact', ['Owen', 'Fairweather'], ['+441632960207'], {
    ...northwind,
    companyName: 'Harbour & Pine Ltd',
    emails: ['owen@harbourandpine.example'],
    fields: { contract: 'Plus', customerNumber: 'NW-20417', seats: 12, newsletter: true },
  }),
  sample('priya-raghunathan', 'contact', ['Priya', 'Raghunathan'], ['+442079460188'], {
    ...northwind,
    ownerId: sampleUserId('clerk'),
    emails: ['priya@example.org', 'p.raghunathan@example.com'],
    street: 'Tanner’s Walk',
    houseNumber: '27',
    zipCode: 'BS1 0ZZ',
    city: 'Bristol',
    country: 'United Kingdom',
    fields: { contract: 'Premium', customerNumber: 'NW-20433', renewal: '2027-03-31', seats: 40 },
    notes: [note('clerk', 9, 'Renewal: asked for the new price list before the end of February.')],
  }),
  sample('bakery-sonnenschein', 'company', 'Bäckerei Sonnenschein', ['+493023125022'], {
    street: 'Ährenweg',
    houseNumber: '5',
    zipCode: '10000',
    city: 'Berlin',
    country: 'Germany',
    description: 'Closed on Mondays.',
  }),
  sample('lucien-moreau', 'individual', ['Lucien', 'Moreau'], ['+441632960244']),
  sample('hanna-bergstroem', 'individual', ['Hanna', 'Bergström'], ['+12015550162'], {
    emails: ['hanna.bergstrom@example.net'],
  }),
  sample('dmitri-volkov', 'previousCustomer', ['Dmitri', 'Volkov'], ['+442079460199'], {
    description: 'Left in 2024 for want of weekend support; would come back.',
    tags: ['Win back'],
  }),
  sample('castle-street-dental', 'previousCustomer', 'Castle Street Dental', ['+441632960268']),
  // Two with one number: a firm, and who works there behind an extension.
  sample('northgate-couriers', 'company', 'Northgate Couriers', ['+441632960301'], {
    ...northwind,
    emails: ['depot@northgate.example'],
    street: 'Depot Lane',
    houseNumber: '90',
    city: 'Leeds',
    country: 'United Kingdom',
    tags: ['Wholesale'],
    fields: { contract: 'Basic', customerNumber: 'NW-20561', seats: 6, newsletter: false },
  }),
  sample(
    'ines-albrecht',
    'contact',
    ['Ines', 'Albrecht'],
    [{ number: '+441632960301', extension: '14', label: 'work' }, '+441632960302'],
    {
      ...northwind,
      ownerId: sampleUserId('clerk2'),
      companyName: 'Northgate Couriers',
      emails: ['ines.albrecht@northgate.example'],
      city: 'Leeds',
      country: 'United Kingdom',
      notes: [
        note('clerk2', 1, 'Parcels of 14 November are still at the depot. Promised to ring back tomorrow.'),
      ],
    },
  ),
  sample('samira-haddad', 'lead', ['Samira', 'Haddad'], ['+12015550178'], {
    ...northwind,
    ownerId: sampleUserId('clerk'),
    emails: ['samira@example.com'],
    tags: ['Website', 'Urgent'],
    notes: [note('clerk', 2, 'Compares us with two others; decides this month.')],
  }),
  sample('joris-vandenberg', 'lead', ['Joris', 'van den Berg'], ['+442079460153'], {
    ...northwind,
    companyName: 'Polder Tools',
    emails: ['joris@poldertools.example'],
    tags: ['Trade fair'],
  }),
  sample('noor-al-amin', 'customer', ['نور', 'الأمين'], ['+442079460157'], {
    ...northwind,
    emails: ['noor@example.org'],
    city: 'London',
    country: 'United Kingdom',
    fields: { contract: 'Plus', customerNumber: 'NW-20578', renewal: '2026-12-31', newsletter: true },
  }),
  sample('pauline-okonkwo', 'previousCustomer', ['Pauline', 'Okonkwo'], ['+441632960317'], {
    ...northwind,
    emails: ['pauline@example.net'],
    tags: ['Win back'],
    fields: { customerNumber: 'NW-20102' },
  }),
  sample('edgar-whitlock', 'individual', ['Edgar', 'Whitlock'], ['+442079460165'], {
    ...northwind,
    street: 'Priory Green',
    houseNumber: '2',
    city: 'York',
    country: 'United Kingdom',
  }),
  sample('felix-and-daughters', 'customer', 'Felix & Daughters', ['+493023125031'], {
    ...northwind,
    emails: ['office@felix.example'],
    city: 'Potsdam',
    country: 'Germany',
    fields: { contract: 'Premium', customerNumber: 'NW-20590', seats: 18, renewal: '2027-06-30' },
  }),
  sample('beatrix-lowe', 'contact', ['Beatrix', 'Lowe'], ['+442079460172'], {
    ...willow,
    description: 'Afraid of the drill; long appointments only.',
    tags: ['Recall'],
  }),
  sample('haruto-tanabe', 'lead', ['Haruto', 'Tanabe'], ['+442079460174'], { ...willow, tags: ['Website'] }),
];
