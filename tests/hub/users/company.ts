// What the tests of users share: a practice hub with its super admin signed in, people who are added, and their phones.
import { randomUUID } from 'node:crypto';
import { UA } from 'jssip';
import type { Socket } from 'jssip/lib/Socket.js';
import { onTestFinished } from 'vitest';
import type { AdminUser, NewUser } from '#shared/admin/users-contract.ts';
import { SipSocket } from '../../../src-sip/sip-socket.ts';
import { startTestAgent } from '../../support/test-agent.ts';
import { makeToneOpus } from '../../support/tone.ts';
import {
  type Credentials,
  KeptLog,
  signInDesktop,
  startTestHub,
  superAdmin,
  type TestHub,
} from '../support.ts';

export const goodPassword = 'marlin copper violet teapot';

export async function companyAtWork(options: Parameters<typeof startTestHub>[0] = {}) {
  const hub = await startTestHub(options);
  const admin = await signInDesktop(hub, superAdmin, randomUUID());
  const add = (username: string, part: Partial<NewUser> = {}): Promise<AdminUser> =>
    admin.client.call('admin.users.add', someUser(username, part));
  const find = async (username: string): Promise<AdminUser> => {
    const found = (await admin.client.call('admin.users.list', null)).find(
      (user) => user.username === username,
    );
    if (!found) throw new Error(`There is no ${username}.`);
    return found;
  };
  return { hub, admin, call: admin.client.call, add, find };
}

export function someUser(username: string, part: Partial<NewUser> = {}): NewUser {
  return {
    firstName: 'Nia',
    lastName: 'Okonkwo',
    username,
    email: `${username}@example.com`,
    password: goodPassword,
    accountType: 'clerk',
    mustChangePassword: false,
    secondFactorDue: false,
    mayCallOutside: true,
    ...part,
  };
}

export const asClerk = (username: string): Credentials => ({
  username,
  password: goodPassword,
  accountType: 'clerk',
});

export interface SipSignIn {
  readonly webSocketUrl: string;
  readonly uri: string;
  readonly authorizationUser: string;
  readonly password: string;
}

/** Signed in, registered and available. */
export async function personAtWork(hub: TestHub, who: Credentials, deviceId: string = randomUUID()) {
  const desktop = await signInDesktop(hub, who, deviceId);
  const phone = await phoneOf(desktop.session.sip, deviceId);
  await desktop.client.call('device.report', { activity: 'free', asleep: false });
  await desktop.client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
  return { ...desktop, phone, deviceId };
}

/** @param instanceId a UUID; null for a device of another make, which names none. */
export async function phoneOf(account: SipSignIn, instanceId: string | null) {
  const { webSocketUrl, uri, authorizationUser, password } = account;
  const identity = instanceId === null ? {} : { instanceId };
  const sip = { webSocketUrl, uri, authorizationUser, password, mediaAddresses: ['127.0.0.1'], ...identity };
  const phone = await startTestAgent(sip, makeToneOpus(440, 1), new KeptLog());
  // Not waited for: JsSIP takes two seconds, and the hub's end closes the connection sooner.
  onTestFinished(() => void phone.close());
  return phone;
}

/** Whether the exchange lets a device register so; it is gone again afterwards. */
export async function mayRegister({ webSocketUrl, ...account }: SipSignIn): Promise<boolean> {
  const agent = new UA({
    sockets: [new SipSocket(webSocketUrl, new KeptLog()) as unknown as Socket],
    uri: account.uri,
    authorization_user: account.authorizationUser,
    password: account.password,
  });
  const may = new Promise<boolean>((resolve) => {
    agent.on('registered', () => resolve(true));
    agent.on('registrationFailed', () => resolve(false));
  });
  agent.start();
  const answer = await may;
  agent.stop();
  return answer;
}
