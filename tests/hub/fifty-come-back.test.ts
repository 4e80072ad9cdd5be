// The hub is killed while fifty agents are connected with the product's own links, each to the hub and to the exchange,
// and two of them talk: within five seconds of its return all are back with the presence they had, and the call goes on.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import { expect, it, onTestFinished } from 'vitest';
import type { PersonPresence } from '#shared/domain/person.ts';
import { createHubLink, type HubLink } from '../../src-main/hub-link/hub-link.ts';
import { type SipRegistration, startRegistration } from '../../src-main/telephony/sip-registration.ts';
import { installPeerConnectionGlobals } from '../../src-sip/peer-connection-globals.ts';
import { callOptions } from '../exchange/support/jssip-phone.ts';
import { eventually } from '../support/eventually.ts';
import { type SeededCompany, type SeededUser, seedCompany } from '../support/seed-company.ts';
import { type ListeningHub, listeningHub } from '../support/team-hub.ts';
import { KeptLog, temporaryFolder, wholeSignIn } from './support.ts';

const agentCount = 50;
const backWithinMs = 5_000;
const slowMs = 60_000;
/** The hub takes more attempts than twenty at a time from one address for guessing. */
const signInsAtOnce = 10;
const later = Date.now() + 3_600_000;

interface Desktop {
  readonly user: SeededUser;
  readonly link: HubLink;
  readonly phone: SipRegistration;
  activity: 'free' | 'onCall';
  incoming: RTCSession | null;
}

async function startHub(folder: string, port = 0): Promise<ListeningHub> {
  const hub = await listeningHub(folder, [`--port=${port}`]);
  onTestFinished(async () => {
    hub.child.kill('SIGKILL');
    await hub.exited;
  });
  return hub;
}

/** Signs in with the password, and from then on comes back as main does: by itself, with its session. */
async function startDesktop(hub: ListeningHub, user: SeededUser, { password }: SeededCompany) {
  const deviceId = randomUUID();
  const log = new KeptLog();
  const link = createHubLink(log);
  onTestFinished(() => link.close());
  link.connectTo(hub.url);
  await link.untilOnline(10_000);
  const { username } = user;
  const session = wholeSignIn(
    await link.call('session.signIn', { username, password, accountType: 'clerk', deviceId }),
  );
  const registered = Promise.withResolvers<void>();
  const phone = startRegistration({
    account: session.sip,
    instanceId: deviceId,
    bootId: randomUUID(),
    log,
    random: Math.random,
    now: Date.now,
    pingEveryMs: undefined,
    limits: undefined,
    onState: ({ state }) => state === 'online' && registered.resolve(),
    onIncoming(incoming) {
      desktop.incoming = incoming;
      incoming.answer({ pcConfig: callOptions.pcConfig, mediaConstraints: { audio: false, video: false } });
    },
    onTransportLost() {},
    onLinkProven() {},
  });
  const desktop: Desktop = { user, link, phone, activity: 'free', incoming: null };
  onTestFinished(() => phone.stop());
  const report = () => link.call('device.report', { activity: desktop.activity, asleep: false });
  link.onConnected(async () => {
    await link.call('session.resume', { token: session.token, deviceId });
    await report();
  });
  await registered.promise;
  await report();
  return desktop;
}

/** Every kind of status, a timed one among them. */
async function takeStatuses(desktops: readonly Desktop[]): Promise<void> {
  const statuses = ['available', 'away', 'busy', 'available'] as const;
  await Promise.all(
    desktops.map(({ link }, at) =>
      link.call('presence.set', {
        status: statuses[at % statuses.length] ?? 'available',
        labelId: null,
        untilMs: at % 10 === 1 ? later : null,
      }),
    ),
  );
}

const ownPresence = (desktops: readonly Desktop[]) =>
  Promise.all(desktops.map(({ link }) => link.call('presence.get', null)));

/** As a colleague sees them. Since when they do what they do is the hub's own memory, and begins anew. */
async function asSeen({ link }: Desktop): Promise<Omit<PersonPresence, 'activitySinceMs'>[]> {
  const { presences } = await link.call('people.get', null);
  return presences
    .map(({ activitySinceMs: _, ...presence }) => presence)
    .sort((one, other) => one.userId.localeCompare(other.userId));
}

it(
  'has fifty agents back within five seconds of its return after a kill, as they were, and their call goes on',
  async () => {
    installPeerConnectionGlobals();
    const folder = await temporaryFolder();
    const company = await seedCompany(
      { sqlite: join(folder, 'hub.sqlite') },
      { agents: agentCount, callers: 0, projects: 2 },
    );
    const hub = await startHub(folder);
    const desktops: Desktop[] = [];
    for (let from = 0; from < agentCount; from += signInsAtOnce) {
      const batch = company.agents.slice(from, from + signInsAtOnce);
      desktops.push(...(await Promise.all(batch.map((user) => startDesktop(hub, user, company)))));
    }
    await takeStatuses(desktops);
    const [caller, , , called] = desktops as [Desktop, Desktop, Desktop, Desktop];
    const out = caller.phone.agent.call(`sip:${called.user.extension}@hub.offhook.invalid`, callOptions);
    await new Promise((confirmed) => out.once('confirmed', confirmed));
    for (const each of [caller, called]) {
      each.activity = 'onCall';
      await each.link.call('device.report', { activity: 'onCall', asleep: false });
    }
    const [own, seen] = [await ownPresence(desktops), await asSeen(caller)];
    expect(seen).toHaveLength(agentCount);
    expect(seen.filter(({ activity, reachable }) => activity === 'onCall' && reachable)).toHaveLength(2);

    hub.child.kill('SIGKILL');
    await hub.exited;
    const isAway = ({ link, phone }: Desktop) =>
      link.view().state === 'offline' && !phone.agent.isRegistered();
    await eventually('everybody knows that it is gone', () => desktops.every(isAway));
    const again = await startHub(folder, hub.port);
    const returnedAtMs = Date.now();
    expect(again.url).toBe(hub.url);
    const isBack = ({ link, phone }: Desktop) => link.view().state === 'online' && phone.agent.isRegistered();
    await eventually('everybody is back', () => desktops.every(isBack), 20_000);
    expect(Date.now() - returnedAtMs).toBeLessThan(backWithinMs);
    expect(await ownPresence(desktops)).toEqual(own);
    expect(await asSeen(caller)).toEqual(seen);

    expect(out.isEstablished()).toBe(true);
    const over = new Promise<{ originator: string }>((ended) =>
      called.incoming?.once('ended', ended as never),
    );
    out.terminate();
    expect((await over).originator).toBe('remote');
  },
  slowMs,
);
