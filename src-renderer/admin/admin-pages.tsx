// The pages of the admin window in the order of its tree: what each is called, who sees it, and what it shows. A page is
// a feature of its own; it is drawn anew each time that it is gone to.
import type { ReactNode } from 'react';
import type { AccountType } from '#shared/desktop/session-contract.ts';
import { AuditPage } from '../features/admin-audit/audit-page.tsx';
import { AutomationsPage } from '../features/admin-automations/automations-page.tsx';
import { CallFormPage } from '../features/admin-call-form/call-form-page.tsx';
import { DialUpPage } from '../features/admin-dial-up/dial-up-page.tsx';
import { DispositionsPage } from '../features/admin-dispositions/dispositions-page.tsx';
import { DoNotCallPage } from '../features/admin-do-not-call/do-not-call-page.tsx';
import { OrderStatusesPage } from '../features/admin-order-statuses/order-statuses-page.tsx';
import { OrdersPage } from '../features/admin-orders/orders-page.tsx';
import { ProjectsPage } from '../features/admin-projects/projects-page.tsx';
import { RecordsPage } from '../features/admin-records/records-page.tsx';
import { StatusesPage } from '../features/admin-statuses/statuses-page.tsx';
import { SystemPage } from '../features/admin-system/system-page.tsx';
import { TeamsPage } from '../features/admin-teams/teams-page.tsx';
import { UsersPage } from '../features/admin-users/users-page.tsx';
import type { Icon } from '../parts/icons.ts';
import {
  IconAddressBook,
  IconAutomation,
  IconBan,
  IconBriefcase,
  IconClipboardList,
  IconForms,
  IconListNumbers,
  IconMoodCog,
  IconPhoneOutgoing,
  IconServerCog,
  IconTag,
  IconTags,
  IconUsers,
  IconUsersGroup,
} from '../parts/icons.ts';

export type AdminPageName =
  | 'users'
  | 'teams'
  | 'projects'
  | 'dispositions'
  | 'callForm'
  | 'records'
  | 'statuses'
  | 'automations'
  | 'audit'
  | 'system'
  | 'dialUp'
  | 'orderStatuses'
  | 'orders'
  | 'doNotCall';

/** Its title is `nav.groups.<group>`. */
export type AdminPageGroup = 'company' | 'callMode';

export interface AdminPageEntry {
  /** Its title is `nav.<name>` of the admin texts. */
  readonly name: AdminPageName;
  readonly group: AdminPageGroup;
  readonly icon: Icon;
  /** Who sees it in the tree; what they may do there the hub decides. */
  readonly roles: readonly AccountType[];
  page(): ReactNode;
}

export const adminPages: readonly AdminPageEntry[] = [
  {
    name: 'users',
    group: 'company',
    icon: IconUsers,
    roles: ['admin', 'superAdmin'],
    page: () => <UsersPage />,
  },
  {
    name: 'teams',
    group: 'company',
    icon: IconUsersGroup,
    roles: ['admin', 'superAdmin'],
    page: () => <TeamsPage />,
  },
  {
    name: 'projects',
    group: 'company',
    icon: IconBriefcase,
    roles: ['admin', 'superAdmin'],
    page: () => <ProjectsPage />,
  },
  {
    name: 'dispositions',
    group: 'company',
    icon: IconTag,
    roles: ['admin', 'superAdmin'],
    page: () => <DispositionsPage />,
  },
  {
    name: 'callForm',
    group: 'company',
    icon: IconForms,
    roles: ['admin', 'superAdmin'],
    page: () => <CallFormPage />,
  },
  {
    name: 'records',
    group: 'company',
    icon: IconAddressBook,
    roles: ['superAdmin'],
    page: () => <RecordsPage />,
  },
  {
    name: 'statuses',
    group: 'company',
    icon: IconMoodCog,
    roles: ['admin', 'superAdmin'],
    page: () => <StatusesPage />,
  },
  {
    name: 'automations',
    group: 'company',
    icon: IconAutomation,
    roles: ['admin', 'superAdmin'],
    page: () => <AutomationsPage />,
  },
  {
    name: 'audit',
    group: 'company',
    icon: IconClipboardList,
    roles: ['admin', 'superAdmin'],
    page: () => <AuditPage />,
  },
  {
    name: 'system',
    group: 'company',
    icon: IconServerCog,
    roles: ['superAdmin'],
    page: () => <SystemPage />,
  },
  {
    name: 'dialUp',
    group: 'callMode',
    icon: IconPhoneOutgoing,
    roles: ['admin', 'superAdmin'],
    page: () => <DialUpPage />,
  },
  {
    name: 'orders',
    group: 'callMode',
    icon: IconListNumbers,
    roles: ['admin', 'superAdmin'],
    page: () => <OrdersPage />,
  },
  {
    name: 'orderStatuses',
    group: 'callMode',
    icon: IconTags,
    roles: ['admin', 'superAdmin'],
    page: () => <OrderStatusesPage />,
  },
  {
    name: 'doNotCall',
    group: 'callMode',
    icon: IconBan,
    roles: ['admin', 'superAdmin'],
    page: () => <DoNotCallPage />,
  },
];
