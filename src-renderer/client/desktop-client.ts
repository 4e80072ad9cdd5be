// The typed way from a window to main: desktopContract over the preload's wire.
// Made once per window in its main.tsx; tests make it over a memory wire instead.
import { type DesktopContract, desktopContract } from '#shared/desktop/desktop-contract.ts';
import { type Client, connect } from '#shared/wire/connect.ts';
import { pageLog, portToMain } from './port-to-main.ts';

export type DesktopClient = Client<DesktopContract>;

/** @throws Error where the page was opened without the preload script. */
export function connectToMain(): DesktopClient {
  return connect(desktopContract, portToMain(), pageLog);
}
