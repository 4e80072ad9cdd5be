// A supervisor in front of the admin window of the built app, in the words of the job: a project, its call mode, its orders,
// and what is to happen by itself. Everything is done through the window, by the names a person reads.
import { expect } from '@playwright/test';
import type { Locator, Page } from 'playwright';
import type { RunningApp } from './app-driver.ts';

export type AdminPageName =
  | 'Projects'
  | 'Dial-up settings'
  | 'Orders in line'
  | 'Order statuses'
  | 'Automations'
  | 'System';

export interface SupervisorAtWork {
  readonly admin: Page;
  go(page: AdminPageName): Promise<void>;
  /** Chooses in a list of choices, by the label of the field. @param within where the page has another of the same name. */
  choose(field: string, option: string, within?: Locator): Promise<void>;
  /** The drawer of this title. */
  drawer(title: string): Locator;
  /** Saves what the drawer holds, and closes it. */
  saveDrawer(title: string): Promise<void>;
  /** Saves a page that is saved as a whole. */
  savePage(): Promise<void>;
}

/** Signs the practice hub's super admin in, and opens the admin window. */
export async function supervisorAtWork(app: RunningApp): Promise<SupervisorAtWork> {
  const signIn = await app.window('sign-in');
  await signIn.getByRole('button', { name: /^superadmin / }).click();
  await signIn.getByRole('button', { name: 'Sign in', exact: true }).click();
  const desk = await app.window('agent');
  await desk.getByRole('navigation').getByRole('button', { name: 'Admin' }).click();
  const admin = await app.window('admin');
  const drawer = (title: string) => admin.getByRole('region', { name: title, exact: true });
  return {
    admin,
    drawer,
    async go(page) {
      await admin.getByRole('navigation').getByRole('button', { name: page, exact: true }).click();
      await admin.getByRole('heading', { level: 1, name: page, exact: true }).waitFor();
    },
    async choose(field, option, within) {
      await (within ?? admin).getByRole('combobox', { name: field, exact: true }).click();
      await admin.getByRole('option', { name: option, exact: true }).click();
    },
    async saveDrawer(title) {
      await drawer(title).getByRole('button', { name: 'Save', exact: true }).click();
      // What was Cancel beside Save is a second Close once it is saved.
      const close = drawer(title).getByRole('button', { name: 'Close', exact: true });
      await expect(close).toHaveCount(2);
      await close.last().click();
      await drawer(title).waitFor({ state: 'hidden' });
    },
    async savePage() {
      await admin.getByRole('button', { name: /^Save/ }).click();
      await admin.getByText('Saved', { exact: true }).waitFor();
    },
  };
}
