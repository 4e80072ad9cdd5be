// Mounts a window's content over a memory wire with a scripted main at its other end, and waits until it is filled.
import './jsdom-stand-ins.ts';
import '@testing-library/jest-dom/vitest';
import { configure, render, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { desktopContract } from '#shared/desktop/desktop-contract.ts';
import { connect } from '#shared/wire/connect.ts';
import { memoryWire } from '#shared/wire/memory-wire.ts';
import type { TopicName } from '../../src-renderer/client/live-store.ts';
import { WindowFrame } from '../../src-renderer/look/window-frame.tsx';
import { type Overrides, type ScriptedState, scriptedMain } from './scripted-main.ts';

// A wait ends as soon as what is awaited is there. `npm test` runs these tests on what the end-to-end tests leave of the
// processor, so that the time is only the last resort.
configure({ asyncUtilTimeout: 15_000 });

export async function renderWindow(
  children: ReactNode,
  topics: readonly TopicName[],
  state: ScriptedState,
  overrides: Overrides = {},
) {
  const wire = memoryWire();
  const main = scriptedMain(wire.right, state, overrides);
  const client = connect(desktopContract, wire.left, {
    warn: (...facts) => console.warn(...facts),
    error: (...facts) => console.error(...facts),
  });
  const user = userEvent.setup();
  const view = render(
    <WindowFrame client={client} topics={topics}>
      {children}
    </WindowFrame>,
  );
  await waitFor(() => {
    if (!main.asked.some((each) => each.name === 'window.painted')) throw new Error('not painted yet');
  });
  /** The requests of one command, in order. */
  const asked = (name: string) => main.asked.filter((each) => each.name === name).map((each) => each.request);
  return { main, user, asked, ...view };
}
