// The states of the Dial-up area that are looked at.
import type { Page } from 'playwright';
import type { OrderCallEnd } from '#shared/desktop/dial-up-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { dialUpView, leasedOrder, sampleOrder, workedOrder } from '../sample-orders.ts';
import { signedInState, talking, withoutHub } from '../sample-state.ts';
import type { Scenario } from './scenarios.ts';

async function openDialUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Dial-up|Anwahl)/ }).click();
}

const withoutNumbers = () => {
  const { record } = leasedOrder();
  return record && { ...record, numbers: [] };
};

const agent = (dialUp: ReturnType<typeof dialUpView>, over: object = {}): Scenario => ({
  window: 'agent',
  state: () => ({ ...signedInState(), dialUp, ...over }),
  act: openDialUp,
});

const afterCall = (outcome: OrderCallEnd['outcome'], endCause: OrderCallEnd['endCause']) =>
  agent(
    dialUpView({
      state: 'order',
      order: workedOrder({
        callId: talking('c1').callId,
        callEnd: { outcome, endCause, endedAtMs: Date.now() - 20_000 },
      }),
    }),
  );

export const dialUpScenarios: Record<string, Scenario> = {
  'agent-dialup-off': agent(dialUpView()),
  'agent-dialup-nothing': agent(dialUpView({ state: 'nothing', nextAtMs: Date.now() + 1_800_000 })),
  'agent-dialup-busy': agent(dialUpView({ state: 'busy' })),
  'agent-dialup-away': agent(dialUpView({ state: 'hubAway', unsent: 2 }), withoutHub(signedInState())),
  'agent-dialup-order': agent(
    dialUpView({ state: 'order', order: workedOrder({ dialsAtMs: Date.now() + 60_000 }) }),
  ),
  'agent-dialup-talking': agent(
    dialUpView({
      state: 'order',
      order: workedOrder({
        callId: talking('c1').callId,
        sinceMs: Date.now() - 260_000,
        intents: { dial: false, stopCountdown: false, end: true },
        draft: {
          note: 'Wants it delivered on Friday; asks about the colour.',
          callBackAtMs: Date.now() + 86_400_000,
          own: true,
          savedAtMs: Date.now() - 2_000,
        },
      }),
    }),
    {
      calls: [
        talking('c1', {
          orderId: sampleOrder().id,
          direction: 'outbound',
          queueName: null,
          remote: {
            number: '+442079460812',
            display: '020 7946 0812',
            name: 'Anna Bergmann',
            recordId: sampleOrder().recordId,
            recordKind: 'lead',
            withheld: false,
          },
        }),
      ],
    },
  ),
  'agent-dialup-undo': agent(
    dialUpView({
      state: 'order',
      order: workedOrder({
        leased: {
          mayDial: { may: false, reason: 'outsideHours', untilMs: Date.now() + 40_000_000 },
        },
      }),
      undo: {
        orderId: sampleOrder().id,
        name: 'Jens Rot',
        button: 'confirmed',
        label: '',
        untilMs: Date.now() + 9_500,
      },
    }),
  ),
  'agent-dialup-lease-over': agent(
    dialUpView({ state: 'order', order: workedOrder({ leaseOver: true, callId: talking('c1').callId }) }),
  ),
  'agent-dialup-call-failed': afterCall('failed', 'network'),
  'agent-dialup-call-busy': afterCall('busy', 'busy'),
  'agent-dialup-asking': agent(dialUpView({ state: 'asking' })),
  'agent-dialup-none-today': agent(dialUpView({ today: { byButton: [], attempts: 0, workedMs: 0 } })),
  'agent-dialup-closed': agent(dialUpView({ state: 'closed', modes: [] })),
  'agent-dialup-mode-closed': agent(
    dialUpView({
      state: 'order',
      order: workedOrder({
        modeClosed: true,
        leased: {
          mode: 'random1',
          modeName: 'Winter sale',
          clocks: { zones: ['Europe/London'], from: 'project' },
        },
      }),
    }),
  ),
  'agent-dialup-paused': agent(
    dialUpView({ state: 'order', order: workedOrder({ leased: { dials: 'onKey' } }), pauseAfterThis: true }),
  ),
  'agent-dialup-free': agent(
    dialUpView({
      state: 'order',
      order: workedOrder({
        leased: {
          ...{ mode: 'random1', modeName: 'Winter sale to regular customers', why: 'drawn', script: '' },
          clocks: { zones: ['America/New_York', 'America/Los_Angeles', 'America/Chicago'], from: 'number' },
        },
      }),
    }),
  ),
  'agent-dialup-bare': agent(
    dialUpView({
      state: 'order',
      order: workedOrder({
        number: null,
        numberShown: null,
        numbersShown: [],
        name: '',
        leased: {
          record: withoutNumbers(),
          order: sampleOrder({ goods: '', delivery: '', sumMinor: null, fields: {}, attempts: 0 }),
          attempts: [],
          orderFields: [],
          script: '',
          clocks: null,
          standardTimeMinutes: 0,
          buttons: (['confirmed', 'refused', 'callBack'] as const).map((button) => ({ button, label: null })),
        },
      }),
    }),
  ),
  'agent-dialup-do-not-call': agent(
    dialUpView({
      state: 'order',
      order: workedOrder({
        notDialled: 'doNotCall',
        leased: { mayDial: { may: false, reason: 'doNotCall', untilMs: null } },
      }),
    }),
  ),
  'agent-dialup-order-away': agent(
    dialUpView({ state: 'order', order: workedOrder({ sinceMs: Date.now() - 60_000 }), unsent: 1 }),
    withoutHub(signedInState()),
  ),
  'agent-dialup-call-back-missing': {
    ...agent(dialUpView({ state: 'order', order: workedOrder() })),
    overrides: {
      'dialUp.end': () => {
        throw new CommandFailed('callBackTimeMissing', 'Refused by the script.');
      },
    },
    async act(page) {
      await openDialUp(page);
      await page.locator('fieldset button[data-tone=later]').first().click();
      await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
    },
  },
  'agent-dialup-small': {
    ...agent(dialUpView({ state: 'order', order: workedOrder() })),
    size: { width: 900, height: 600 },
  },
};
