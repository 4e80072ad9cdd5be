// One agent in front of the built app, in the words of the job: sign in, be available, take the call, write it down.
// Everything is done through the windows, by the names a person reads.
import type { Page } from 'playwright';
import { type AppOptions, type RunningApp, startApp } from './app-driver.ts';

export const sampleAccounts = {
  clerk: { username: 'clerk', password: 'practice-clerk' },
  clerk2: { username: 'clerk2', password: 'practice-clerk2' },
} as const;

export type PracticeCall =
  | 'A known customer'
  | 'An unknown number'
  | 'A withheld number'
  | 'A redirected call'
  | 'One who gives up after 5 seconds'
  | 'Two at once';

export interface AgentAtWork {
  readonly app: RunningApp;
  readonly agent: Page;
  readonly callBox: Page;
  readonly phone: Page;
  /** Chooses a status in the agent window and waits until the hub has confirmed it. */
  become(status: 'Available' | 'Away' | 'Busy' | 'Offline'): Promise<void>;
  practiceCall(kind: PracticeCall): Promise<void>;
  /** Waits until the call box shows a ringing call. */
  rung(withinMs?: number): Promise<void>;
  accept(): Promise<void>;
  ignore(): Promise<void>;
  decline(): Promise<void>;
  hangUp(): Promise<void>;
  /** Types into the dial field of the phone panel, and Enter. */
  dial(target: string): Promise<void>;
  /** Chooses a disposition in the call box and saves; a caller whom nobody knows is called Moe. */
  saveAs(disposition: string): Promise<void>;
  go(where: 'Inbox' | 'Leads' | 'Contacts' | 'History' | 'Voicemail' | 'Settings'): Promise<void>;
  stop(): Promise<void>;
}

export async function signInOnly(
  app: RunningApp,
  account: keyof typeof sampleAccounts,
  staySignedIn = false,
): Promise<void> {
  const signIn = await app.window('sign-in');
  const { username, password } = sampleAccounts[account];
  await signIn.getByLabel('Username', { exact: true }).fill(username);
  await signIn.getByLabel('Password', { exact: true }).fill(password);
  if (staySignedIn) await signIn.getByLabel('Stay signed in on this computer').check();
  await signIn.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Starts the app, signs in, goes through the device check, and waits until the phone is registered. */
export async function agentAtWork(
  options: AppOptions & { account?: keyof typeof sampleAccounts; staySignedIn?: boolean } = {},
): Promise<AgentAtWork> {
  const app = await startApp(options);
  try {
    await signInOnly(app, options.account ?? 'clerk', options.staySignedIn);
    const agent = await app.window('agent');
    await passDeviceCheck(agent);
    await agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor();
    return work(app, agent, await app.window('call-box'), await app.window('phone'));
  } catch (error) {
    const output = app.output();
    await app.stop();
    throw new Error(`${String(error)}\n--- the app said:\n${output.slice(-4000)}`, { cause: error });
  }
}

/** Signs in to an app that shows its sign-in, and goes on as `agentAtWork`. */
export async function signedInAtWork(
  app: RunningApp,
  account: keyof typeof sampleAccounts,
): Promise<AgentAtWork> {
  await signInOnly(app, account);
  const agent = await app.window('agent');
  await passDeviceCheck(agent);
  await agent.getByRole('button', { name: 'Phone panel. Phone on' }).waitFor();
  return work(app, agent, await app.window('call-box'), await app.window('phone'));
}

/** The same agent with the windows as they are now: pages that were made anew are other pages. */
export async function backAtWork(app: RunningApp): Promise<AgentAtWork> {
  return work(app, await app.window('agent'), await app.window('call-box'), await app.window('phone'));
}

/** A computer whose microphone was set up before shows no check. */
async function passDeviceCheck(agent: Page): Promise<void> {
  const allow = agent.getByRole('button', { name: 'Allow microphone' });
  const micOn = agent.getByText('Mic on', { exact: true });
  await allow.or(micOn).first().waitFor();
  if (await allow.isVisible()) {
    await allow.click();
    await micOn.first().waitFor();
  }
  const done = agent.getByRole('button', { name: 'Continue', exact: true });
  if (await done.isVisible()) await done.click();
}

function work(app: RunningApp, agent: Page, callBox: Page, phone: Page): AgentAtWork {
  return {
    app,
    agent,
    callBox,
    phone,
    async become(status) {
      await agent.getByRole('button', { name: /^Your status:/ }).click();
      await agent.getByRole('radio', { name: new RegExp(`^${status}`) }).click();
      await agent.getByRole('button', { name: `Your status: ${status}` }).waitFor();
      // Statuses that may have an end leave the picker open to choose it.
      const picker = agent.getByRole('dialog', { name: 'Your status' });
      if (await picker.isVisible()) await agent.keyboard.press('Escape');
      await picker.waitFor({ state: 'hidden' });
    },
    async practiceCall(kind) {
      await agent.getByRole('button', { name: 'Practice call' }).click();
      await agent.getByRole('menuitem', { name: kind }).click();
      await agent.getByRole('menu', { name: 'Practice call' }).waitFor({ state: 'hidden' });
    },
    rung: (withinMs = 15_000) =>
      callBox
        .getByRole('button', { name: /^Accept/ })
        .first()
        .waitFor({ timeout: withinMs }),
    async accept() {
      await callBox
        .getByRole('button', { name: /^Accept/ })
        .first()
        .click();
      await callBox.getByRole('button', { name: /^Mute/ }).waitFor();
    },
    ignore: () =>
      callBox
        .getByRole('button', { name: /^Ignore/ })
        .first()
        .click(),
    decline: () =>
      callBox
        .getByRole('button', { name: /^Decline/ })
        .first()
        .click(),
    hangUp: () => callBox.getByRole('button', { name: /^End/ }).click(),
    async dial(target) {
      await agent.getByRole('button', { name: /^Phone panel/ }).click();
      const field = agent.getByRole('textbox', { name: 'Number or extension' });
      await field.fill(target);
      await field.press('Enter');
    },
    async saveAs(disposition) {
      await callBox.getByRole('radio', { name: new RegExp(disposition) }).click();
      const save = callBox.getByRole('button', { name: /^Save/ });
      const openForm = callBox.getByRole('button', { name: 'Open the form' });
      await save.and(callBox.locator(':enabled')).or(openForm).first().waitFor();
      if (await openForm.isVisible()) {
        // A caller whom nobody knows: the practice project wants a last name.
        await openForm.click();
        await agent.getByRole('textbox', { name: 'Last name' }).fill('Moe');
        await openForm.waitFor({ state: 'hidden' });
      }
      await save.click();
      await callBox.getByRole('button', { name: /^Undo/ }).waitFor();
    },
    go: (where) =>
      agent
        .getByRole('navigation')
        .getByRole('button', { name: new RegExp(`^${where}`) })
        .or(agent.getByRole('navigation').getByRole('link', { name: new RegExp(`^${where}`) }))
        .first()
        .click(),
    stop: () => app.stop(),
  };
}

/** After a test that failed: what a person would have seen in each window. */
export async function tellWindows(
  test: { readonly status?: string | undefined; readonly expectedStatus: string },
  ...agents: (AgentAtWork | undefined)[]
): Promise<void> {
  if (test.status === test.expectedStatus) return;
  for (const at of agents) {
    for (const page of at ? [at.agent, at.callBox] : []) {
      const seen = await page
        .locator('body')
        .ariaSnapshot()
        .catch((error: unknown) => String(error));
      process.stderr.write(`--- ${page.url()}\n${seen}\n`);
    }
    process.stderr.write(`--- the app said:\n${at?.app.output().slice(-2000)}\n`);
  }
}

/** Waits until a page shows a text, for assertions that read as sentences. */
export function shows(page: Page, text: string | RegExp, withinMs = 10_000): Promise<void> {
  return page.getByText(text).first().waitFor({ timeout: withinMs });
}
