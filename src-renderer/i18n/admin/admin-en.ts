// The admin window in English, put together from its parts.
import { companyEn } from './company-en.ts';
import { peopleEn } from './people-en.ts';
import { sharedEn } from './shared-en.ts';

export const adminEn = {
  ...sharedEn,
  ...peopleEn,
  ...companyEn,
  refusal: { ...sharedEn.refusal, ...peopleEn.refusal, ...companyEn.refusal },
} as const;
