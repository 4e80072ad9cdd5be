// The sign-in's quiet line of the team server: unfolds, asks main, and says in words what is in the way.
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { SignInWindow, signInTopics } from '../../src-renderer/sign-in/sign-in-window.tsx';
import { renderWindow } from '../support/render-window.tsx';
import { signedOutState } from '../support/sample-state.ts';
import type { Overrides, ScriptedState } from '../support/scripted-main.ts';

const signIn = (state: Partial<ScriptedState> = {}, overrides: Overrides = {}) =>
  renderWindow(<SignInWindow />, signInTopics, signedOutState(state), overrides);
const line = () => screen.getByRole('button', { name: /^Team server/ });
const field = () => screen.findByRole('textbox', { name: 'Address of the team server' });
const away = { state: 'offline', sinceMs: 1, retryAtMs: null, reason: 'not reached' } as const;

describe('the team server on the sign-in', () => {
  it('is one line that unfolds, takes an address and shows it when main has moved there', async () => {
    const { user, asked } = await signIn();
    expect(line()).toHaveTextContent('Practice on this computer');
    expect(screen.queryByRole('textbox', { name: 'Address of the team server' })).toBeNull();
    await user.click(line());
    expect(line()).toHaveAttribute('aria-expanded', 'true');
    await user.type(await field(), 'wss://hub.example.org{Enter}');
    await waitFor(() => expect(line()).toHaveTextContent('wss://hub.example.org'));
    expect(asked('hubAddress.choose')).toEqual([{ address: 'wss://hub.example.org' }]);
    expect(line()).toHaveAttribute('aria-expanded', 'false');
    await user.click(line());
    await user.click(screen.getByRole('button', { name: 'Practice on this computer' }));
    await waitFor(() => expect(line()).toHaveTextContent('Practice on this computer'));
    expect(asked('hubAddress.choose')).toContainEqual({ address: null });
  });

  it.each([
    ['notReachable', 'No team server answers there'],
    ['notAHub', 'it is no Offhook team server'],
    ['certificateNotTrusted', 'does not trust the team server’s certificate'],
    ['addressNotEncrypted', 'Passwords would cross the network unprotected'],
    ['desktopTooOld', 'Update Offhook, then sign in'],
  ])('says %s in words, and keeps what was typed', async (reason, words) => {
    const { user } = await signIn(
      {},
      {
        'hubAddress.choose': () => {
          throw new CommandFailed(reason, 'refused');
        },
      },
    );
    await user.click(line());
    await user.type(await field(), 'hub.example.org{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent(words);
    expect(await field()).toHaveValue('hub.example.org');
    expect(line()).toHaveTextContent('Practice on this computer');
  });

  it('asks for an address where none was typed', async () => {
    const { user, asked } = await signIn();
    await user.click(line());
    await user.click(screen.getByRole('button', { name: 'Use this server' }));
    expect(await screen.findByText(/Enter the address/)).toBeVisible();
    expect(asked('hubAddress.choose')).toEqual([]);
  });

  it('cannot be changed where the environment has decided, and says so', async () => {
    const { user } = await signIn({
      hubAddress: { address: 'wss://hub.example.org', setByEnvironment: true, trouble: null },
    });
    await user.click(line());
    expect(screen.getByText(/Set for this start by OFFHOOK_HUB_URL/)).toBeVisible();
    expect(screen.queryByRole('textbox', { name: 'Address of the team server' })).toBeNull();
  });

  it('tells a hub that cannot be used apart from one that is away', async () => {
    const { main } = await signIn({
      network: away,
      hubAddress: { address: 'wss://hub.example.org', setByEnvironment: false, trouble: 'desktopTooOld' },
    });
    expect(screen.getByText('This Offhook is too old for the team server')).toBeVisible();
    main.set('hubAddress', {
      address: 'wss://hub.example.org',
      setByEnvironment: false,
      trouble: 'notReachable',
    });
    expect(await screen.findByText('The hub cannot be reached')).toBeVisible();
  });
});
