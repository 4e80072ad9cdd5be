// The admin window in English, put together from its parts.
import { companyEn } from './company-en.ts';
import { importEn } from './import-en.ts';
import { peopleEn } from './people-en.ts';
import { recordsEn } from './records-en.ts';
import { sharedEn } from './shared-en.ts';

export const adminEn = {
  ...sharedEn,
  ...peopleEn,
  ...companyEn,
  ...recordsEn,
  ...importEn,
  refusal: { ...sharedEn.refusal, ...peopleEn.refusal, ...companyEn.refusal, ...recordsEn.refusal },
} as const;
