// The admin window in German, put together from its parts.
import { automationsDe } from './automations-de.ts';
import { callModeDe } from './call-mode-de.ts';
import { companyDe } from './company-de.ts';
import { importDe } from './import-de.ts';
import { peopleDe } from './people-de.ts';
import { recordsDe } from './records-de.ts';
import { sharedDe } from './shared-de.ts';

export const adminDe = {
  ...sharedDe,
  ...peopleDe,
  ...companyDe,
  ...recordsDe,
  ...importDe,
  ...automationsDe,
  ...callModeDe,
  refusal: {
    ...sharedDe.refusal,
    ...peopleDe.refusal,
    ...companyDe.refusal,
    ...recordsDe.refusal,
    ...automationsDe.refusal,
    ...callModeDe.refusal,
  },
};
