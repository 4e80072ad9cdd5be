// Call forms over a real hub wire: told to agents at once, kept over a restart, refused where they cannot be.
import { expect, it } from 'vitest';
import type { CallForm, CustomField } from '#shared/domain/call-form.ts';
import { usualCallForm } from '#shared/domain/call-form.ts';
import { projectId } from '#shared/domain/ids.ts';
import { eventually } from '../../support/eventually.ts';
import { clerk, signInDesktop, startTestHub, superAdmin } from '../support.ts';

const northwind = projectId.parse('northwind-support');

function field(key: string, part: Partial<CustomField> = {}): CustomField {
  return { key, label: key, type: 'text', choices: [], required: false, ...part };
}

async function bossOf(hub: { url: string }) {
  const { client } = await signInDesktop(hub, superAdmin);
  const get = () => client.call('admin.callForms.get', { projectId: northwind });
  const set = async (part: Partial<CallForm>, version?: number) => {
    const now = await get();
    const form = { ...now.form, ...part };
    return client.call('admin.callForms.set', {
      projectId: northwind,
      version: version ?? now.version,
      form,
    });
  };
  return { get, set };
}

it('FORM-1: a form that a supervisor sets is told to agents at once, and counts after a restart', async () => {
  const hub = await startTestHub();
  const { set } = await bossOf(hub);
  const agent = await signInDesktop(hub, clerk);
  const { work } = agent.session;
  expect(work.callForms.map((each) => each.projectId)).toEqual(work.projects.map(({ id }) => id));
  const told: CallForm[] = [];
  agent.client.on('work.changed', ({ callForms }) => {
    told.push(...callForms.filter((each) => each.projectId === northwind).map(({ form }) => form));
  });
  const contract = field('contract', { type: 'choice', choices: ['Basic', 'Plus'], required: true });
  const { form, version } = await set({ opens: 'beforeAnswer', customFields: [contract] });
  expect(form).toMatchObject({ opens: 'beforeAnswer', customFields: [contract] });
  await eventually('the agent is told', () => told.length > 0);
  expect(told[0]).toEqual(form);
  await hub.close();
  const again = await bossOf(await startTestHub({ dataDirectory: hub.dataDirectory }));
  expect(await again.get()).toEqual({ version, form });
});

it('a form that cannot be is refused, and so is one made from an older version', async () => {
  const { get, set } = await bossOf(await startTestHub());
  const before = await get();
  const number = field('seats', { type: 'number' });
  for (const [reason, part] of [
    ['fieldTwice', { fields: [...usualCallForm.fields, { field: 'city', required: true }] }],
    ['keyTaken', { customFields: [field('seats'), field('seats', { label: 'Other' })] }],
    ['labelTaken', { customFields: [field('one', { label: 'Seats' }), field('two', { label: ' seats ' })] }],
    ['choicesMissing', { customFields: [field('size', { type: 'choice' })] }],
    ['choiceTwice', { customFields: [field('size', { type: 'choice', choices: ['S', 's'] })] }],
  ] as [string, Partial<CallForm>][]) {
    await expect(set(part)).rejects.toMatchObject({ reason });
  }
  expect(await get()).toEqual(before);
  await set({ customFields: [number] });
  await expect(set({ customFields: [field('seats')] })).rejects.toMatchObject({ reason: 'typeChanged' });
  await expect(set({ customFields: [] }, before.version)).rejects.toMatchObject({
    reason: 'changedMeanwhile',
  });
});
