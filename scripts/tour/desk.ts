// The agent's hands: finds what is on the windows by the words that stand there, in the language that they are in.
// Used by the tour's steps. The words are the app's own texts, so that a reworded button needs no change here.
import type { Locator, Page } from 'playwright';
import type { PracticeCallKind } from '#shared/desktop/settings-contract.ts';
import { de } from '../../src-renderer/i18n/de.ts';
import { en, type Texts } from '../../src-renderer/i18n/en.ts';
import type { PhonePage } from '../../tests/support/listening.ts';

export const wordsOf: Readonly<Record<'en' | 'de', Texts>> = { en, de };

export interface Desk {
  readonly words: Texts;
  readonly agent: Page;
  readonly callBox: Page;
  readonly phone: PhonePage;
  /** A button of the call box by the beginning of its name (its key may stand behind). */
  callBoxButton(name: string): Locator;
  go(place: keyof Pick<Texts['nav'], 'inbox' | 'history' | 'voicemail' | 'settings'>): Promise<void>;
  practiceCall(kind: PracticeCallKind): Promise<void>;
  /** Waits until the call box offers a call. */
  rung(): Promise<void>;
  /** Accepts, and waits until the call runs. */
  accept(): Promise<void>;
  hangUp(): Promise<void>;
  writeNote(text: string): Promise<void>;
  /** Chooses a disposition by its digit and saves, both by key. */
  saveByKeys(digit: string): Promise<void>;
}

export type Windows = Pick<Desk, 'agent' | 'callBox' | 'phone'>;

export function deskIn(language: 'en' | 'de', windows: Windows): Desk {
  const words = wordsOf[language];
  const { agent, callBox } = windows;
  const callBoxButton = (name: string) => callBox.getByRole('button', { name: beginningWith(name) }).first();
  const talking = () => callBoxButton(words.call.mute).waitFor();
  return {
    words,
    ...windows,
    callBoxButton,
    go: (place) =>
      agent
        .getByRole('navigation')
        .getByRole('button', { name: beginningWith(words.nav[place]) })
        .click(),
    async practiceCall(kind) {
      await agent.getByRole('button', { name: beginningWith(words.practice.menu) }).click();
      await agent.getByRole('menuitem', { name: words.practice.kind[kind] }).click();
      await agent.keyboard.press('Escape');
    },
    rung: () => callBoxButton(words.ringing.accept).waitFor(),
    async accept() {
      await callBoxButton(words.ringing.accept).click();
      await talking();
    },
    async hangUp() {
      await callBoxButton(words.call.end).click();
      await callBoxButton(words.wrapUp.save).waitFor();
    },
    async writeNote(text) {
      await callBox.getByRole('textbox', { name: words.note.label }).fill(text);
      // "Saved as you type" stands there too.
      await callBox.getByText(new RegExp(`^${words.note.saved.replace('{{time}}', '\\d')}`)).waitFor();
    },
    async saveByKeys(digit) {
      await callBox.locator('body').press(`Alt+${digit}`);
      await callBox.locator('body').press('Control+Enter');
      await callBoxButton(words.wrapUp.undo).waitFor();
    },
  };
}

export function beginningWith(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}

/** Fills a text's places: `Since {{time}}`. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (place, name: string) => values[name] ?? place);
}
