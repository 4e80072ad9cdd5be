// The states of the admin window's page Automations that are looked at.
import type { Page } from 'playwright';
import { sampleAutomations } from '../scripted-automations.ts';
import { adminState, largeCompany } from './admin-company-scenarios.ts';
import type { Scenario } from './scenarios.ts';

async function goTo(page: Page): Promise<void> {
  const title = /^(Automations|Automationen)$/;
  await page.getByRole('navigation').getByRole('button', { name: title }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.getByRole('combobox', { name: /^(Project|Projekt)$/ }).click();
  await page.getByRole('option', { name: 'Nordwind Parcels' }).click();
}

function on(act?: (page: Page) => Promise<void>, automations = sampleAutomations()): Scenario {
  return {
    window: 'admin',
    state: () => adminState('superAdmin', largeCompany({ automations })),
    async act(page) {
      await goTo(page);
      await act?.(page);
    },
  };
}

const openRule = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
};
const tryOn = (name: string, candidate: RegExp) => async (page: Page) => {
  await openRule(name)(page);
  await page.getByRole('button', { name: candidate }).first().click();
  await page.locator('section [role=status][aria-label]').waitFor();
  await page.mouse.move(4, 4);
};
const view = (name: RegExp) => async (page: Page) => {
  await page.locator('label').filter({ hasText: name }).click();
  await page.getByRole('grid').waitFor();
};
const runs = view(/^(Runs|Läufe)$/);
const deliveries = view(/^(Deliveries|Zustellungen)$/);
const dead = async (page: Page) => {
  await deliveries(page);
  await page.getByRole('combobox', { name: /^(State|Zustand)$/ }).click();
  await page.getByRole('option', { name: /^(Dead letter|Unzustellbar)$/ }).click();
  await page.getByRole('listbox').waitFor({ state: 'hidden' });
};

export const adminAutomationScenarios: Record<string, Scenario> = {
  'admin-automations': on(),
  'admin-automations-empty': on(undefined, sampleAutomations({ rules: [] })),
  'admin-automation': on(tryOn('Tell the shop', /Nadia Brandt/)),
  'admin-automation-not-applying': on(tryOn('Tell the shop', /23125/)),
  'admin-automation-email': { ...on(openRule('Nobody answered')), size: { width: 1240, height: 1400 } },
  'admin-automation-orders': on(openRule('Try those again who hung up after a long talk')),
  'admin-automation-new-wrong': {
    ...on(async (page) => {
      await page.getByRole('button', { name: /^(Add rule|Regel hinzufügen)/ }).click();
      await page.keyboard.type('Tell the shop');
      const add = page.getByRole('button', { name: /^(Add action|Aktion hinzufügen)$/ });
      for (const kind of [
        /^(send a webhook|Webhook senden)$/,
        /^(send an e-mail|E-Mail senden)$/,
        /^(add a tag|Schlagwort hinzufügen)$/,
      ]) {
        await add.click();
        await page
          .getByRole('combobox', { name: /^(Action|Aktion)$/ })
          .last()
          .click();
        await page.getByRole('option', { name: kind }).click();
      }
      await page.getByRole('button', { name: /^(Add condition|Bedingung hinzufügen)$/ }).click();
    }),
    size: { width: 1240, height: 1100 },
  },
  'admin-automation-names': on(async (page) => {
    await openRule('Nobody answered')(page);
    await page.getByRole('button', { name: /: (Goods|Ware)$/ }).click();
    await page.getByRole('menuitem').first().waitFor();
  }),
  'admin-automation-secret': on(async (page) => {
    await openRule('Nobody answered')(page);
    await page.getByRole('button', { name: /^(Add action|Aktion hinzufügen)$/ }).click();
    await page
      .getByRole('combobox', { name: /^(Action|Aktion)$/ })
      .last()
      .click();
    await page.getByRole('option', { name: /^(send a webhook|Webhook senden)$/ }).click();
    await page.locator('input[type=url]').fill('https://shop.nordwind.example/missed');
    await page.keyboard.press('Control+Enter');
    await page.locator('code').first().waitFor();
    await page.locator('code').first().scrollIntoViewIfNeeded();
  }),
  'admin-automation-zoomed': { ...on(openRule('Tell the shop')), size: { width: 620, height: 700 } },
  'admin-automation-runs': on(runs),
  'admin-automation-run': on(async (page) => {
    await runs(page);
    await page.getByRole('row', { name: 'Nobody answered' }).click();
  }),
  'admin-automation-deliveries': on(deliveries),
  'admin-automation-dead': on(async (page) => {
    await dead(page);
    await page.getByRole('checkbox').nth(1).check();
  }),
  'admin-automation-delivery': on(async (page) => {
    await dead(page);
    await page.getByRole('row').last().click();
  }),
  'admin-automation-runs-none': on(
    async (page) => {
      await page
        .locator('label')
        .filter({ hasText: /^(Runs|Läufe)$/ })
        .click();
      await page.locator('h2').first().waitFor();
    },
    sampleAutomations({ runs: [] }),
  ),
  'admin-automation-deliveries-none': on(
    async (page) => {
      await page
        .locator('label')
        .filter({ hasText: /^(Deliveries|Zustellungen)$/ })
        .click();
      await page.locator('h2').first().waitFor();
    },
    sampleAutomations({ deliveries: [] }),
  ),
  'admin-automation-leaving': on(async (page) => {
    await openRule('Tell the shop')(page);
    await page.getByRole('textbox').first().fill('Tell the shop at once');
    await page.getByRole('button', { name: /^(All rules|Alle Regeln)$/ }).click();
  }),
};
