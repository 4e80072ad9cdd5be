// Everything that the admin window asks of the hub, in one place; part of the hub's contract and of the desktop's.
import { z } from 'zod';
import { adminAutomationCommands } from './automations-contract.ts';
import { adminDialUpCommands } from './dial-up-contract.ts';
import { adminProjectCommands } from './projects-contract.ts';
import { adminRecordCommands } from './records-contract.ts';
import { superviseCommands } from './supervise-contract.ts';
import { adminSystemCommands } from './system-contract.ts';
import { adminTeamCommands } from './teams-contract.ts';
import { adminUserCommands, adminUserEvents } from './users-contract.ts';

export const adminCommands = {
  ...adminUserCommands,
  ...adminTeamCommands,
  ...adminProjectCommands,
  ...adminRecordCommands,
  ...adminDialUpCommands,
  ...adminAutomationCommands,
  ...adminSystemCommands,
  ...superviseCommands,
} as const;
export type AdminCommandName = keyof typeof adminCommands;

export const adminEvents = {
  ...adminUserEvents,
  /** Someone changed something of this kind: whoever shows it asks anew. Told to those who may see it. */
  'admin.changed': z.strictObject({
    kind: z.enum([
      'users',
      'teams',
      'projects',
      'dispositions',
      'callForms',
      'records',
      'statuses',
      // Settings of call mode, and the free modes.
      'dialUp',
      'orderStatuses',
      'orders',
      'doNotCall',
      // Rules, and what becomes of them.
      'automations',
      'audit',
      'apiKeys',
      'settings',
    ]),
  }),
} as const;
