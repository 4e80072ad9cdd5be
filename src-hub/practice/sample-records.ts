// The people and firms that a practice hub knows at first; their numbers are as fictitious as the company's.
import { type RecordId, recordId } from '#shared/domain/ids.ts';
import { emptyRecordContent, type RecordContent } from '#shared/domain/record.ts';

export interface SampleRecord {
  readonly id: RecordId;
  readonly content: RecordContent;
}

export const sampleRecords: readonly SampleRecord[] = (
  [
    ['maya-lindqvist', 'customer', ['Maya', 'Lindqvist'], ['+442079460123']],
    ['harbour-and-pine', 'company', 'Harbour & Pine Ltd', ['+12015550123']],
    ['tomasz-wieczorek', 'customer', ['Tomasz', 'Wieczorek'], ['+442079460131', '+441632960131']],
    ['aylin-demir', 'lead', ['Aylin', 'Demir'], ['+493023125014']],
    ['greta-sandoval', 'lead', ['Greta', 'Sandoval'], ['+12015550147']],
    ['owen-fairweather', 'contact', ['Owen', 'Fairweather'], ['+441632960207']],
    ['priya-raghunathan', 'contact', ['Priya', 'Raghunathan'], ['+442079460188']],
    ['bakery-sonnenschein', 'company', 'Bäckerei Sonnenschein', ['+493023125022']],
    ['lucien-moreau', 'individual', ['Lucien', 'Moreau'], ['+441632960244']],
    ['hanna-bergstroem', 'individual', ['Hanna', 'Bergström'], ['+12015550162']],
    ['dmitri-volkov', 'previousCustomer', ['Dmitri', 'Volkov'], ['+442079460199']],
    ['castle-street-dental', 'previousCustomer', 'Castle Street Dental', ['+441632960268']],
  ] as const
).map(([id, kind, name, numbers]) => ({
  id: recordId.parse(`practice-${id}`),
  content: {
    ...emptyRecordContent,
    kind,
    ...(typeof name === 'string' ? { companyName: name } : { firstName: name[0], lastName: name[1] }),
    numbers: numbers.map((number) => ({ number, extension: '', label: 'main' as const })),
  },
}));
