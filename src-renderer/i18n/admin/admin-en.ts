// The admin window in English, put together from its parts.
import { automationsEn } from './automations-en.ts';
import { callModeEn } from './call-mode-en.ts';
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
  ...automationsEn,
  ...callModeEn,
  refusal: {
    ...sharedEn.refusal,
    ...peopleEn.refusal,
    ...companyEn.refusal,
    ...recordsEn.refusal,
    ...automationsEn.refusal,
    ...callModeEn.refusal,
  },
} as const;
