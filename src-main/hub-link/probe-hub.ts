// Looks once whether a hub answers at an address, before the desktop is moved there.
import type { HubTrouble } from '#shared/desktop/hub-address-contract.ts';
import { hubContract } from '#shared/hub/hub-contract.ts';
import { connect } from '#shared/wire/connect.ts';
import type { Log } from '../log.ts';
import { troubleOf } from './hub-trouble.ts';
import { openHubSocket } from './web-socket-port.ts';

const answerWithinMs = 5_000;

/** @returns what is in the way; null where a hub of our version answers. */
export async function probeHub(url: string, log: Log): Promise<HubTrouble | null> {
  const late = AbortSignal.timeout(answerWithinMs);
  try {
    const socket = await openHubSocket(url, late);
    const silent = () => socket.close();
    late.addEventListener('abort', silent, { once: true });
    try {
      await connect(hubContract, socket.port, log).call('hub.describe', null);
      return null;
    } finally {
      late.removeEventListener('abort', silent);
      socket.close();
    }
  } catch (error) {
    return troubleOf(error);
  }
}
