// Signing in where something on this computer fails. A real practice hub and link; the disk's refusal is played.
import { expect, test } from 'vitest';
import { createHubLink } from '../../src-main/hub-link/hub-link.ts';
import { createSessionService, type SignedIn } from '../../src-main/session/session-service.ts';
import { clerk, startTestHub } from '../hub/support.ts';
import { recordingLog } from '../support/recording-log.ts';

async function sessionAt(keepForOffline: (signedIn: SignedIn) => void) {
  const hub = await startTestHub();
  const log = recordingLog();
  const link = createHubLink(log);
  const phones: string[] = [];
  const session = createSessionService({
    hub: link,
    deviceId: '00000000-0000-4000-8000-000000000001',
    remembered: { available: () => false, read: () => null, keep() {}, forget() {} },
    keepForOffline,
    startPhone: ({ uri }) => void phones.push(uri),
    stopPhone: () => Promise.resolve(),
    log,
  });
  link.connectTo(hub.url);
  await link.untilOnline(5_000);
  return { session, phones, log, close: link.close };
}

test('a disk that takes nothing keeps nobody from signing in, and the log says what is missing', async () => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  const { session, phones, log, close } = await sessionAt(() => {
    throw full;
  });
  await session.signIn(clerk);
  expect(session.view().state).toBe('signedIn');
  expect(phones).toEqual(['sip:201@practice.offhook.invalid']);
  expect(log.lines.filter(({ level }) => level === 'error')).toMatchObject([{ facts: { error: full } }]);
  close();
});
