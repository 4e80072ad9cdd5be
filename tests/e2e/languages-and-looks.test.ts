// Every window in both languages and both themes, along the whole main job: no English in German windows, and nothing
// that axe finds. Names of buttons come from the catalogues, so that the walk is the same in each language.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright';
import { de } from '../../src-renderer/i18n/de.ts';
import { en, type Texts } from '../../src-renderer/i18n/en.ts';
import { sampleAccounts } from '../support/agent-at-work.ts';
import { type RunningApp, startApp } from '../support/app-driver.ts';
import { eventually } from '../support/eventually.ts';

const walks = [
  {
    what: 'English throughout, light, and German in every window once it is chosen in the settings, and after a restart',
    theme: 'light',
    texts: en as Texts,
    foreign: null,
    afterwards: chooseGerman,
  },
  {
    what: 'German throughout, dark',
    theme: 'dark',
    texts: de,
    foreign: foreignTexts(en, de),
    afterwards: async () => undefined,
  },
] as const;

for (const { what, theme, texts, foreign, afterwards } of walks) {
  test(`DESK-8: ${what}; and nothing that axe finds, from sign-in to history`, async () => {
    test.setTimeout(120_000);
    const app = await startApp({ settings: { language: 'en', theme: 'light' } });
    const look = async (page: Page, where: string) => {
      // The hint of a button that was clicked stands beside the landmarks, and only while the pointer rests there.
      await page.mouse.move(0, 0);
      await page.getByRole('tooltip').first().waitFor({ state: 'hidden' });
      if (foreign) expect(await foreignIn(page, foreign), `English in ${where}`).toEqual([]);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      expect(found, `axe in ${where}`).toEqual([]);
    };
    try {
      const signIn = await app.window('sign-in');
      if (foreign) {
        // The finder finds: this window is still English.
        expect((await foreignIn(signIn, foreign)).length).toBeGreaterThan(5);
        await signIn.getByText('Deutsch', { exact: true }).click();
      }
      await signIn.getByRole('button', { name: texts.signIn.submit, exact: true }).waitFor();
      await look(signIn, 'sign-in');
      await signIn.getByLabel(texts.signIn.username, { exact: true }).fill(sampleAccounts.clerk.username);
      await signIn.getByLabel(texts.signIn.password, { exact: true }).fill('wrong');
      await signIn.getByRole('button', { name: texts.signIn.submit, exact: true }).click();
      await signIn.getByText(texts.refusal.wrongCredentials).waitFor();
      await look(signIn, 'refused sign-in');
      await signIn.getByLabel(texts.signIn.password, { exact: true }).fill(sampleAccounts.clerk.password);
      await signIn.getByRole('button', { name: texts.signIn.submit, exact: true }).click();

      const agent = await app.window('agent');
      const go = (name: string) =>
        agent
          .getByRole('navigation')
          .getByRole('button', { name: new RegExp(`^${name}`) })
          .click();
      await agent.getByRole('button', { name: texts.deviceCheck.allow }).waitFor();
      await look(agent, 'device check');
      await agent.getByRole('button', { name: texts.deviceCheck.allow }).click();
      await agent.getByText(texts.microphone.speakNow).waitFor();
      await agent.getByRole('button', { name: texts.deviceCheck.continue, exact: true }).click();

      await go(texts.nav.settings);
      await agent
        .getByText(theme === 'dark' ? texts.settings.themeDark : texts.settings.themeLight, { exact: true })
        .click();
      await eventually(
        `the window is ${theme}`,
        async () => (await brightness(agent)) < 0.3 === (theme === 'dark'),
      );
      await look(agent, 'settings');
      await go(texts.nav.voicemail);
      await look(agent, 'empty voicemail');
      await go(texts.nav.history);
      await look(agent, 'empty history');
      await go(texts.nav.inbox);
      await look(agent, 'empty inbox');

      const phoneLabel = texts.phone.buttonLabel.split('{{')[0] ?? '';
      await agent.getByRole('button', { name: `${phoneLabel}${texts.phone.on}` }).click();
      await agent.getByRole('button', { name: texts.phone.devices }).click();
      await look(agent, 'phone panel');
      await agent.keyboard.press('Escape');
      await agent.getByRole('button', { name: new RegExp(`^${texts.presence.title}:`) }).click();
      await agent.getByRole('radio', { name: new RegExp(`^${texts.presence.away}`) }).click();
      await agent.getByText(texts.presence.untilTitle, { exact: true }).first().waitFor();
      await look(agent, 'status picker');
      await agent.getByRole('radio', { name: new RegExp(`^${texts.presence.available}`) }).click();
      await agent.getByRole('dialog', { name: texts.presence.title }).waitFor({ state: 'hidden' });

      await agent.getByRole('button', { name: texts.practice.menu }).click();
      await look(agent, 'practice menu');
      await agent.getByRole('menuitem', { name: texts.practice.kind.redirected }).click();
      const box = await app.window('call-box');
      await box.getByRole('button', { name: new RegExp(`^${texts.ringing.accept}`) }).waitFor();
      expect((await brightness(box)) < 0.3).toBe(theme === 'dark');
      await look(box, 'ringing');
      await look(agent, 'agent window while it rings');
      await box.keyboard.press('Enter');
      await box.getByRole('button', { name: new RegExp(`^${texts.call.keypad}`) }).click();
      await box.getByText(texts.call.keypadNone).waitFor();
      await look(box, 'talking');
      await box.getByRole('button', { name: new RegExp(`^${texts.call.end}`) }).click();
      await box.getByText(texts.refusal.dispositionRequired).waitFor();
      await look(box, 'wrap-up');
      await box.getByRole('radio').first().click();
      await box.getByRole('button', { name: new RegExp(`^${texts.wrapUp.save}`) }).click();
      await box.getByRole('button', { name: new RegExp(`^${texts.wrapUp.undo}`) }).waitFor();
      await look(box, 'undo');
      await go(texts.nav.history);
      await agent.getByRole('list', { name: texts.history.listLabel }).getByRole('button').first().click();
      await agent.getByRole('heading', { name: texts.history.details }).waitFor();
      await look(agent, 'history');
      await afterwards(app, agent, box);
    } finally {
      await app.stop();
    }
  });
}

/** In the settings; it holds in each window, and in the sign-in after a restart. */
async function chooseGerman(app: RunningApp, agent: Page, box: Page): Promise<void> {
  await agent
    .getByRole('navigation')
    .getByRole('button', { name: /^Settings/ })
    .click();
  await agent.getByText('Deutsch', { exact: true }).click();
  await agent.getByRole('heading', { name: de.settings.title, level: 1 }).waitFor();
  await box
    .getByRole('button', { name: new RegExp(`^${de.wrapUp.undo}`) })
    .or(box.getByText(de.callBox.empty))
    .waitFor();
  expect(await agent.evaluate(() => document.documentElement.lang)).toBe('de');
  await app.kill();
  const again = await startApp({ userDataDir: app.userDataDir });
  try {
    const german = await again.window('sign-in');
    await german.getByRole('button', { name: de.signIn.submit, exact: true }).waitFor();
  } finally {
    await again.stop();
  }
}

/** The English texts that no German text equals, as patterns for whole lines; placeholders stand for anything. */
function foreignTexts(own: object, other: object): { readonly text: string; readonly pattern: string }[] {
  const german = new Set(leaves(other));
  return leaves(own)
    .filter((text) => !german.has(text) && /[a-z]{3}/.test(text.replace(/\{\{\w+\}\}/g, '')))
    .map((text) => ({
      text,
      pattern: `^${text
        .split(/\{\{\w+\}\}/)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.+')}$`,
    }));
}

function leaves(tree: object): string[] {
  return Object.values(tree).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value ? leaves(value) : [],
  );
}

/** Those of the texts that the page shows: as a line, or as the name, hint or placeholder of something. */
async function foreignIn(
  page: Page,
  foreign: readonly { readonly text: string; readonly pattern: string }[],
): Promise<string[]> {
  const shown = await page.evaluate(() => {
    const attributes = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'];
    const named = [...document.querySelectorAll('body *')].flatMap((element) =>
      attributes.flatMap((name) => element.getAttribute(name) ?? []),
    );
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (parentElement && !['STYLE', 'SCRIPT'].includes(parentElement.tagName))
        texts.push(textContent ?? '');
    }
    return [...named, ...texts, ...document.body.innerText.split('\n')]
      .map((text) => text.trim())
      .filter((text) => text !== '');
  });
  return foreign
    .filter(({ pattern }) => shown.some((line) => new RegExp(pattern).test(line)))
    .map(({ text }) => text);
}

/** How bright the window's ground is, 0 to 1. */
function brightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (!canvas) throw new Error('No canvas.');
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / 3 / 255;
  });
}
