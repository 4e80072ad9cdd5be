// The admin window's page Incoming-call form, over a scripted main: what is asked of the hub, what is said where something
// is wrong, and that the preview follows.
import '../../src-renderer/i18n/admin/admin-texts.ts';
import '../../src-renderer/i18n/form/form-texts.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { type CallForm, usualCallForm } from '#shared/domain/call-form.ts';
import { AdminWindow, adminTopics } from '../../src-renderer/admin/admin-window.tsx';
import { newKey } from '../../src-renderer/parts/custom-field-rows.ts';
import { renderWindow } from '../support/render-window.tsx';
import { adminState } from '../support/ui-harness/admin-company-scenarios.ts';

async function openPage() {
  const window = await renderWindow(<AdminWindow />, adminTopics, adminState('admin'), {});
  const tree = await screen.findByRole('navigation');
  await window.user.click(within(tree).getByRole('button', { name: 'Incoming-call form' }));
  await screen.findByRole('combobox', { name: 'Calls from outside' });
  return window;
}

const preview = () => screen.getByRole('complementary', { name: 'How agents see it' });
const saved = (asked: Awaited<ReturnType<typeof openPage>>['asked']) =>
  asked('admin.callForms.set').at(-1) as { version: number; form: CallForm };

describe('the page of the incoming-call form', () => {
  it('FORM-2 FORM-7 sets when it opens, what it creates, and a field of the project’s own, seen at once as agents see it', async () => {
    const { user, asked } = await openPage();
    expect(within(preview()).getByText('About the lead')).toBeVisible();
    await user.click(screen.getByRole('combobox', { name: 'Calls from outside' }));
    await user.click(await screen.findByRole('option', { name: 'While it rings' }));
    await user.click(screen.getByRole('combobox', { name: 'An unknown number becomes' }));
    await user.click(await screen.findByRole('option', { name: 'Contact without project, for everybody' }));
    expect(within(preview()).getByText('About the contact')).toBeVisible();
    screen.getByRole('button', { name: 'Move Last name' }).focus();
    await user.keyboard('{ArrowUp}');
    await user.click(screen.getByRole('checkbox', { name: 'E-mail is required' }));
    await user.click(screen.getByRole('button', { name: 'Add field' }));
    await user.keyboard('Größe (cm)');
    expect(within(preview()).getByRole('textbox', { name: 'Größe (cm)' })).toBeVisible();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(asked('admin.callForms.set')).toHaveLength(1));
    const { version, form } = saved(asked);
    expect(version).toBe(0);
    expect(form).toMatchObject({
      opens: 'beforeAnswer',
      opensInternal: usualCallForm.opensInternal,
      creates: null,
    });
    expect(form.fields.slice(0, 2).map(({ field }) => field)).toEqual(['lastName', 'firstName']);
    expect(form.fields.filter(({ required }) => required).map(({ field }) => field)).toEqual([
      'lastName',
      'email',
    ]);
    expect(form.customFields).toEqual([
      { key: 'groesseCm', label: 'Größe (cm)', type: 'text', choices: [], required: false },
    ]);
    // Its type stays from now on.
    expect(await screen.findByText('Saved')).toBeVisible();
    expect(screen.getByRole('combobox', { name: 'Type' })).toBeDisabled();
  });

  it('does not save a field without a label, one that is there twice, or a choice with nothing to choose', async () => {
    const { user, asked } = await openPage();
    await user.click(screen.getByRole('button', { name: 'Add field' }));
    await user.keyboard('Colour{Enter}colour');
    expect(screen.getByText('Another field has this label.')).toBeVisible();
    await user.keyboard('s');
    const row = screen.getByRole('listitem', { name: 'colours' });
    await user.click(within(row).getByRole('combobox', { name: 'Type' }));
    await user.click(await screen.findByRole('option', { name: 'Choice' }));
    expect(within(row).getByText('Write what can be chosen.')).toBeVisible();
    expect(screen.getByRole('button', { name: /^Save/ })).toBeDisabled();
    await user.type(
      within(row).getByRole('textbox', { name: /What can be chosen/ }),
      'Red{Enter}Blue{Enter}',
    );
    await user.click(screen.getByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(asked('admin.callForms.set')).toHaveLength(1));
    expect(saved(asked).form.customFields.at(-1)).toMatchObject({ key: 'colours', choices: ['Red', 'Blue'] });
  });

  it('makes keys that start with a letter and are given once', () => {
    const keys = ['2nd number', 'Straße', '電話', 'Customer no.'].map((label) =>
      newKey(label, new Set(['customerNo'])),
    );
    expect(keys).toEqual(['field2ndNumber', 'strasse', 'field', 'customerNo2']);
  });
});
