// The sign-in's further steps and the settings' account section, over a scripted main: what is asked, what is said where
// it is refused, and that the keyboard is enough.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SessionView } from '#shared/desktop/session-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { TopicName } from '../../src-renderer/client/live-store.ts';
import { AccountSection } from '../../src-renderer/features/settings/account-section.tsx';
import { SignInWindow, signInTopics } from '../../src-renderer/sign-in/sign-in-window.tsx';
import { renderWindow } from '../support/render-window.tsx';
import { signedInState, signedOutState } from '../support/sample-state.ts';
import type { Overrides } from '../support/scripted-main.ts';

type SignedOut = Extract<SessionView, { state: 'signedOut' }>;

function refuse(reason: string) {
  return () => {
    throw new CommandFailed(reason, reason);
  };
}

function signInAt(part: Partial<SignedOut>, overrides: Overrides = {}, german = false) {
  const state = signedOutState();
  const session = { ...(state.session as SignedOut), ...part };
  const settings = { ...state.settings, language: german ? ('de' as const) : ('en' as const) };
  return renderWindow(<SignInWindow />, signInTopics, { ...state, session, settings }, overrides);
}

describe('the second factor at the sign-in', () => {
  it('takes a code by keyboard alone, and says at the field what was wrong with it', async () => {
    const { user, asked, main } = await signInAt(
      { due: 'secondFactor' },
      { 'session.secondFactor': refuse('codeUsed') },
    );
    const field = screen.getByRole('textbox', { name: 'Code' });
    expect(field).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(await screen.findByText('Type the code.')).toBeVisible();
    await user.keyboard('123 456{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('This code was used already.');
    expect(field).toHaveFocus();
    main.override('session.secondFactor', () => null);
    await user.keyboard('654321{Enter}');
    await waitFor(() =>
      expect(asked('session.secondFactor')).toEqual([{ code: '123 456' }, { code: '654321' }]),
    );
  });

  it('takes a recovery code instead, and gives up with Escape', async () => {
    const { user, asked } = await signInAt({ due: 'secondFactor' });
    await user.click(screen.getByRole('button', { name: 'Use a recovery code' }));
    expect(screen.getByRole('textbox', { name: 'Recovery code' })).toHaveFocus();
    await user.keyboard('7GQK-M2XA-9RTB-CW4D{Enter}');
    await waitFor(() => expect(asked('session.secondFactor')).toEqual([{ code: '7GQK-M2XA-9RTB-CW4D' }]));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(asked('session.giveUp')).toHaveLength(1));
  });

  it('speaks German', async () => {
    await signInAt({ due: 'secondFactor' }, {}, true);
    expect(screen.getByRole('heading', { name: 'Ihr zweiter Faktor' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Wiederherstellungscode verwenden' })).toBeVisible();
  });
});

describe('a second factor that must be set up at the sign-in', () => {
  const setUp = { secret: 'GEZDGNBVGY3TQOJQ', address: 'otpauth://totp/Offhook:mia?secret=GEZDGNBVGY3TQOJQ' };

  it('shows the secret, takes a first code, and goes on once the recovery codes are kept', async () => {
    const { user, asked, main } = await signInAt(
      { due: 'secondFactorSetUp', setUp },
      { 'session.setUpSecondFactor': refuse('codeWrong') },
    );
    expect(await screen.findByRole('img', { name: 'QR code for the authenticator' })).toBeVisible();
    expect(screen.getByText('GEZD GNBV GY3T QOJQ')).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: 'Code' }), '111111{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('This code is not right.');
    main.override('session.setUpSecondFactor', () => ({ recoveryCodes: ['AAAA-BBBB', 'CCCC-DDDD'] }));
    await user.keyboard('222222{Enter}');
    expect(await screen.findByText('CCCC-DDDD')).toBeVisible();
    expect(asked('session.goOn')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'I have kept them' }));
    await waitFor(() => expect(asked('session.goOn')).toHaveLength(1));
  });
});

describe('a new password at the sign-in', () => {
  it('is typed twice, and says at its field why the hub refuses it', async () => {
    const { user, asked } = await signInAt(
      { due: 'newPassword' },
      { 'session.newPassword': refuse('passwordGuessable') },
    );
    const first = screen.getByLabelText('New password', { exact: true });
    expect(first).toHaveFocus();
    await user.keyboard('alexmorgan2026{Enter}');
    expect(await screen.findByText(/^The two are not the same/)).toBeVisible();
    expect(asked('session.newPassword')).toEqual([]);
    await user.type(screen.getByLabelText('New password again'), 'alexmorgan2026{Enter}');
    expect(await screen.findByText(/^This password can be guessed/)).toBeVisible();
    expect(asked('session.newPassword')).toEqual([{ password: 'alexmorgan2026' }]);
  });
});

describe('remember me', () => {
  it('says where this computer has no safe place for a secret', async () => {
    await signInAt({ canRemember: false });
    expect(screen.getByRole('checkbox', { name: 'Remember my username' })).toHaveAccessibleDescription(
      /no safe place for a secret/,
    );
  });

  it('keeps a person signed in where there is one', async () => {
    const { user, asked } = await signInAt({ canRemember: true });
    await user.click(screen.getByRole('button', { name: /^ben/ }));
    await user.click(screen.getByRole('checkbox', { name: 'Stay signed in on this computer' }));
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(asked('session.signIn')).toMatchObject([{ username: 'ben', remember: true }]));
  });
});

describe('the account in the settings', () => {
  const topics: readonly TopicName[] = ['session', 'presence', 'settings'];
  const account = (overrides: Overrides = {}) =>
    renderWindow(<AccountSection />, topics, signedInState(), overrides);

  it('turns the second factor on: password, QR code, first code, recovery codes that are shown once', async () => {
    let on = false;
    const { user, asked, main } = await account({
      'account.get': () => ({ secondFactor: on, recoveryCodesLeft: on ? 10 : 0 }),
      'account.proposeSecondFactor': refuse('passwordWrong'),
    });
    await user.click(await screen.findByRole('button', { name: 'Turn on' }));
    await user.keyboard('guess{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('not the password that you have now');
    main.override('account.proposeSecondFactor', () => ({
      secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
      address: 'otpauth://totp/Offhook:mia?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    }));
    await user.keyboard('{Enter}');
    const picture = await screen.findByRole('img', { name: 'QR code for the authenticator' });
    expect(picture.getAttribute('src')).toMatch(/^data:image\/svg\+xml,/);
    expect(screen.getByText('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ')).toBeVisible();
    on = true;
    await user.type(screen.getByRole('textbox', { name: 'Code' }), '123456{Enter}');
    const codes = await screen.findByRole('region', { name: 'Your recovery codes' });
    expect(within(codes).getAllByRole('listitem')).toHaveLength(10);
    await user.click(within(codes).getByRole('button', { name: 'I have kept them' }));
    expect(await screen.findByText('On. 10 recovery codes are left.')).toBeVisible();
    expect(screen.queryByRole('listitem')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Turn off' }));
    await user.keyboard('mine{Enter}');
    await waitFor(() => expect(asked('account.endSecondFactor')).toEqual([{ password: 'mine' }]));
  });

  it('changes the password, and says each refusal at its own field', async () => {
    const { user, asked, main } = await account({ 'account.changePassword': refuse('passwordBreached') });
    await user.click(await screen.findByRole('button', { name: 'Change password' }));
    await user.keyboard('old one');
    await user.type(screen.getByLabelText('New password', { exact: true }), 'letmein-again');
    await user.type(screen.getByLabelText('New password again'), 'letmein-again{Enter}');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('lists of passwords that were stolen');
    expect(screen.getByLabelText('New password', { exact: true })).toHaveAccessibleDescription(/stolen/);
    main.override('account.changePassword', () => null);
    await user.keyboard('{Enter}');
    expect(await screen.findByText(/^Your password is changed/)).toBeVisible();
    expect(asked('account.changePassword')).toHaveLength(2);
  });

  it('signs out everywhere', async () => {
    const { user, asked } = await account();
    await user.click(await screen.findByRole('button', { name: 'Sign out everywhere' }));
    await waitFor(() => expect(asked('account.signOutEverywhere')).toEqual([null]));
  });
});
