// The whole contract between main and its windows in one place; one file per domain.
import { adminCommands, adminEvents } from '../admin/admin-contract.ts';
import { accountCommands } from '../hub/account-contract.ts';
import { defineContract } from '../wire/contract.ts';
import { callsCommands, callsEvents } from './calls-contract.ts';
import { dialUpCommands, dialUpEvents } from './dial-up-contract.ts';
import { historyCommands, historyEvents } from './history-contract.ts';
import { hubAddressCommands, hubAddressEvents } from './hub-address-contract.ts';
import { peopleCommands, peopleEvents } from './people-contract.ts';
import { recordsCommands, recordsEvents } from './records-contract.ts';
import { searchCommands } from './search-contract.ts';
import { sessionCommands, sessionEvents } from './session-contract.ts';
import { settingsCommands, settingsEvents } from './settings-contract.ts';
import { syncViewCommands, syncViewEvents } from './sync-view-contract.ts';
import { windowsCommands, windowsEvents } from './windows-contract.ts';

export const desktopContract = defineContract({
  name: 'desktop',
  version: 1,
  commands: {
    ...sessionCommands,
    ...accountCommands,
    ...adminCommands,
    ...hubAddressCommands,
    ...callsCommands,
    ...dialUpCommands,
    ...historyCommands,
    ...peopleCommands,
    ...recordsCommands,
    ...searchCommands,
    ...settingsCommands,
    ...syncViewCommands,
    ...windowsCommands,
  },
  events: {
    ...sessionEvents,
    ...adminEvents,
    ...hubAddressEvents,
    ...callsEvents,
    ...dialUpEvents,
    ...historyEvents,
    ...peopleEvents,
    ...recordsEvents,
    ...settingsEvents,
    ...syncViewEvents,
    ...windowsEvents,
  },
});
export type DesktopContract = typeof desktopContract;
