// The pages of the admin window in the order of its tree: what each is called, who sees it, and what it shows. A page is
// a feature of its own; it is drawn anew each time that it is gone to.
import type { ReactNode } from 'react';
import type { AccountType } from '#shared/desktop/session-contract.ts';
import { AuditPage } from '../features/admin-audit/audit-page.tsx';
import { CallFormPage } from '../features/admin-call-form/call-form-page.tsx';
import { DispositionsPage } from '../features/admin-dispositions/dispositions-page.tsx';
import { ProjectsPage } from '../features/admin-projects/projects-page.tsx';
import { RecordsPage } from '../features/admin-records/records-page.tsx';
import { StatusesPage } from '../features/admin-statuses/statuses-page.tsx';
import { SystemPage } from '../features/admin-system/system-page.tsx';
import { TeamsPage } from '../features/admin-teams/teams-page.tsx';
import { UsersPage } from '../features/admin-users/users-page.tsx';
import type { Icon } from '../parts/icons.ts';
import {
  IconAddressBook,
  IconBriefcase,
  IconClipboardList,
  IconForms,
  IconMoodCog,
  IconServerCog,
  IconTag,
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
  | 'audit'
  | 'system';

export interface AdminPageEntry {
  /** Its title is `nav.<name>` of the admin texts. */
  readonly name: AdminPageName;
  readonly icon: Icon;
  /** Who sees it in the tree; what they may do there the hub decides. */
  readonly roles: readonly AccountType[];
  page(): ReactNode;
}

export const adminPages: readonly AdminPageEntry[] = [
  { name: 'users', icon: IconUsers, roles: ['admin', 'superAdmin'], page: () => <UsersPage /> },
  { name: 'teams', icon: IconUsersGroup, roles: ['admin', 'superAdmin'], page: () => <TeamsPage /> },
  { name: 'projects', icon: IconBriefcase, roles: ['admin', 'superAdmin'], page: () => <ProjectsPage /> },
  {
    name: 'dispositions',
    icon: IconTag,
    roles: ['admin', 'superAdmin'],
    page: () => <DispositionsPage />,
  },
  { name: 'callForm', icon: IconForms, roles: ['admin', 'superAdmin'], page: () => <CallFormPage /> },
  { name: 'records', icon: IconAddressBook, roles: ['superAdmin'], page: () => <RecordsPage /> },
  { name: 'statuses', icon: IconMoodCog, roles: ['admin', 'superAdmin'], page: () => <StatusesPage /> },
  { name: 'audit', icon: IconClipboardList, roles: ['admin', 'superAdmin'], page: () => <AuditPage /> },
  { name: 'system', icon: IconServerCog, roles: ['superAdmin'], page: () => <SystemPage /> },
];
