// Every change to the hub's database, in order, imported statically: the list works bundled and under plain Node.
// A migration that has been released is never edited; a new one is added below.
// Each runs on SQLite and on PostgreSQL: milliseconds are bigint (SQLite has one kind of integer), flags are integers of
// 0 and 1, sound and other bulk stands in files.
import type { Migration } from 'kysely/migration';
import * as accounts from './001-accounts.ts';
import * as presence from './002-presence.ts';
import * as projectsAndRecords from './003-projects-and-records.ts';
import * as callsAndOffers from './004-calls-and-offers.ts';
import * as voicemail from './005-voicemail.ts';
import * as secondFactors from './006-second-factors.ts';
import * as company from './007-company.ts';
import * as auditAndCallLog from './008-audit-and-call-log.ts';
import * as routing from './009-routing.ts';
import * as records from './010-records.ts';
import * as sync from './011-sync.ts';
import * as erasedPeople from './012-erased-people.ts';
import * as callMode from './013-call-mode.ts';
import * as automations from './014-automations.ts';
import * as orderOutcomesOfCalls from './015-order-outcomes-of-calls.ts';

export const hubMigrations: Readonly<Record<string, Migration>> = {
  '001-accounts': accounts,
  '002-presence': presence,
  '003-projects-and-records': projectsAndRecords,
  '004-calls-and-offers': callsAndOffers,
  '005-voicemail': voicemail,
  '006-second-factors': secondFactors,
  '007-company': company,
  '008-audit-and-call-log': auditAndCallLog,
  '009-routing': routing,
  '010-records': records,
  '011-sync': sync,
  '012-erased-people': erasedPeople,
  '013-call-mode': callMode,
  '014-automations': automations,
  '015-order-outcomes-of-calls': orderOutcomesOfCalls,
};
