// Two agents, each in an app of their own, on the hub of the first: who is rung, who answers, what the other is told.
import { expect, test } from '@playwright/test';
import { type AgentAtWork, agentAtWork, shows, tellWindows } from '../support/agent-at-work.ts';

let alex: AgentAtWork;
let sam: AgentAtWork;

test.beforeAll(async () => {
  test.setTimeout(90_000);
  alex = await agentAtWork({ account: 'clerk' });
  sam = await agentAtWork({ account: 'clerk2', hubUrl: await alex.app.hubUrl() });
  await alex.become('Available');
  await sam.become('Available');
});

test.afterEach(() => tellWindows(test.info(), alex, sam));

test.afterAll(async () => {
  await sam?.stop();
  await alex?.stop();
});

test('CALL-16: one ignores, the other answers, and the first is told "answered elsewhere"', async () => {
  await alex.practiceCall('A known customer');
  await Promise.all([alex.rung(), sam.rung()]);
  await alex.ignore();
  await alex.go('Inbox');
  await shows(alex.agent, 'Still ringing');
  await sam.accept();
  await alex.go('History');
  await shows(alex.agent, 'Answered elsewhere');
  expect(await alex.callBox.getByRole('button', { name: /^Accept/ }).count()).toBe(0);
  await sam.hangUp();
  await sam.saveAs('Resolved');
});

test('CALL-15: both are rung at once and the one who accepts has the call', async () => {
  await sam.practiceCall('An unknown number');
  await Promise.all([alex.rung(), sam.rung()]);
  await alex.accept();
  await sam.callBox.getByRole('button', { name: /^Accept/ }).waitFor({ state: 'hidden' });
  await sam.go('History');
  await shows(sam.agent, 'Answered elsewhere');
  await alex.hangUp();
  await alex.saveAs('Resolved');
});

test('CALL-17: one declines and the ringing ends for both', async () => {
  await alex.practiceCall('A withheld number');
  await Promise.all([alex.rung(), sam.rung()]);
  await shows(sam.callBox, 'Number withheld');
  await alex.decline();
  await sam.callBox.getByRole('button', { name: /^Accept/ }).waitFor({ state: 'hidden' });
  await sam.go('History');
  await shows(sam.agent, 'Declined elsewhere');
});

test('CALL-18: who is on a call is not rung by the next caller; the other is', async () => {
  await alex.practiceCall('A known customer');
  await Promise.all([alex.rung(), sam.rung()]);
  await alex.accept();
  await sam.callBox.getByRole('button', { name: /^Accept/ }).waitFor({ state: 'hidden' });
  await sam.practiceCall('An unknown number');
  await sam.rung();
  expect(await alex.callBox.getByRole('button', { name: /^Accept/ }).count()).toBe(0);
  await sam.decline();
  await alex.hangUp();
  await alex.saveAs('Resolved');
});

test('CALL-19: who is away is left out of the queue, and a direct call rings all the same', async () => {
  await alex.become('Away');
  await sam.practiceCall('An unknown number');
  await sam.rung();
  expect(await alex.callBox.getByRole('button', { name: /^Accept/ }).count()).toBe(0);
  await sam.decline();
  await sam.callBox.getByRole('button', { name: /^Accept/ }).waitFor({ state: 'hidden' });

  await sam.dial('201');
  await alex.rung();
  await shows(alex.callBox, 'Sam Okafor');
  await alex.accept();
  await shows(sam.callBox, /201/);
  await sam.callBox.getByRole('button', { name: /^Mute/ }).waitFor();
  await sam.hangUp();
  await alex.callBox.getByRole('button', { name: /^Mute/ }).waitFor({ state: 'hidden' });
});
