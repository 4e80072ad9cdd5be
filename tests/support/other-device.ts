// A phone of another make of one of the practice hub's people: an admin adds it, and it registers. For tests in which a
// person has several devices.
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { userId } from '#shared/domain/ids.ts';
import { hubContract } from '#shared/hub/hub-contract.ts';
import { contractHeader, contractVersion } from '#shared/hub/hub-handshake.ts';
import { connect } from '#shared/wire/connect.ts';
import { webSocketPort } from '../../src-hub/wire/web-socket-port.ts';
import { recordingLog } from './recording-log.ts';
import { startTestAgent, type TestAgent } from './test-agent.ts';
import { makeToneOpus } from './tone.ts';

/** @param hubUrl ws: address of a practice hub. @param username whose device it is. Resolves when it is registered. */
export async function registerOtherDevice(hubUrl: string, username: string): Promise<TestAgent> {
  const ws = new WebSocket(`${hubUrl}/hub`, {
    headers: { [contractHeader]: String(contractVersion) },
  });
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
  try {
    const { call } = connect(hubContract, webSocketPort(ws), recordingLog());
    const step = await call('session.signIn', {
      username: 'superadmin',
      password: 'practice-superadmin',
      accountType: 'superAdmin',
      deviceId: randomUUID(),
    });
    if (step.state !== 'signedIn') throw new Error(`${step.state} is due`);
    const shown = await call('admin.users.addDevice', {
      userId: userId.parse(`sample-${username}`),
      label: 'Desk phone',
    });
    const { webSocketUrl, uri, authorizationUser, password } = shown;
    const account = { webSocketUrl, uri, authorizationUser, password, mediaAddresses: ['127.0.0.1'] };
    return await startTestAgent(account, makeToneOpus(440, 1), recordingLog());
  } finally {
    ws.close();
  }
}
