// The states of a call that is given to somebody else (CALL-9): the choice, what the transfer is doing, how it ended.
import type { CallTransfer, CallView } from '#shared/domain/call-view.ts';
import { held, signedInState, talking, wrapUp } from '../sample-state.ts';
import type { Scenario } from './scenarios.ts';

const toSam = (over: Partial<CallTransfer>): CallTransfer => ({
  to: 'Sam Okafor',
  kind: 'person',
  sinceMs: Date.now() - 7000,
  progress: 'ringing',
  failure: null,
  ...over,
});

function transferring(transfer: CallTransfer): CallView {
  const call = talking('c1');
  const none = Object.fromEntries(Object.keys(call.intents).map((name) => [name, false]));
  const intents = { ...none, hangUp: true, mute: true, takeBack: transfer.progress !== 'takingBack' };
  return {
    ...call,
    phase: 'transferring',
    transfer,
    intents: { ...call.intents, ...intents, letGo: transfer.kind === 'project' },
  };
}

const box = (call: () => CallView): Scenario => ({
  window: 'call-box',
  state: () => signedInState({ calls: [call()] }),
});

export const routeScenarios: Record<string, Scenario> = {
  'box-route': {
    ...box(() => talking('c1')),
    async act(page) {
      await page.keyboard.press('Alt+r');
      await page.locator('[role=option]').first().waitFor();
    },
  },
  'box-route-found': {
    ...box(() => talking('c1')),
    async act(page) {
      await page.keyboard.press('Alt+r');
      await page.locator('[role=combobox]').fill('mueller');
      await page.getByText('Jörg Müller-Lüdenscheidt').waitFor();
    },
  },
  'box-route-number': {
    ...box(() => held('c1')),
    async act(page) {
      await page.keyboard.press('Alt+r');
      await page.locator('[role=combobox]').fill('+44 20 7946 0999');
      await page.locator('[role=option]').first().waitFor();
    },
  },
  'box-route-nobody': {
    ...box(() => talking('c1')),
    async act(page) {
      await page.keyboard.press('Alt+r');
      await page.locator('[role=combobox]').fill('zzz');
      await page.locator('p[role=status]').waitFor();
    },
  },
  'box-transferring': box(() => transferring(toSam({}))),
  'box-transferring-in-line': box(() =>
    transferring(toSam({ to: 'Harbour & Pine hotline', kind: 'project', progress: 'queued' })),
  ),
  'box-transfer-failed': box(() =>
    talking('c1', { transfer: toSam({ progress: 'failed', failure: 'noAnswer' }) }),
  ),
  'box-transferred': box(() => wrapUp('c1', { transfer: toSam({ progress: 'done' }) })),
  'agent-route': {
    window: 'agent',
    state: () => signedInState({ calls: [talking('c1')] }),
    async act(page) {
      await page.getByRole('button', { name: /^(Route|Verbinden)$/ }).click();
      await page.mouse.move(0, 0);
      await page.locator('[role=option]').first().waitFor();
    },
  },
  'agent-dial-by-name': {
    window: 'agent',
    state: () => signedInState(),
    async act(page) {
      await page.getByRole('button', { name: /^(Phone panel|Telefon)/ }).click();
      await page.getByRole('textbox', { name: /^(Number|Nummer)/ }).fill('support');
      await page.locator('[role=option]').first().waitFor();
    },
  },
  'agent-transferring': { window: 'agent', state: () => signedInState({ calls: [transferring(toSam({}))] }) },
};
