// What desktop and hub tell each other before the first frame: the version of the contract that each speaks, as a
// header of the WebSocket's handshake. A frame could not say it: where versions differ, frames are not understood.
import { hubContract } from './hub-contract.ts';

/** Sent by the desktop with its request, and by the hub with its answer, also where it refuses. */
export const contractHeader = 'x-offhook-contract';

/** HTTP's "Upgrade Required": the hub's answer to a desktop of another version. */
export const otherVersionStatus = 426;

export const contractVersion: number = hubContract.version;

/** @param header as it arrived; the first version had none. @returns null where it is no version. */
export function versionIn(header: string | readonly string[] | undefined): number | null {
  if (header === undefined) return 1;
  const version = Number(header);
  return Number.isInteger(version) && version > 0 ? version : null;
}
