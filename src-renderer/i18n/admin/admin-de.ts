// The admin window in German, put together from its parts.
import { companyDe } from './company-de.ts';
import { peopleDe } from './people-de.ts';
import { sharedDe } from './shared-de.ts';

export const adminDe = {
  ...sharedDe,
  ...peopleDe,
  ...companyDe,
  refusal: { ...sharedDe.refusal, ...peopleDe.refusal, ...companyDe.refusal },
};
