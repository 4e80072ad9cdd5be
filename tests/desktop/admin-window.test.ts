// What main lets the admin window do, and every other window not; and what it writes to the disk for it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { adminCommands } from '#shared/admin/admin-contract.ts';
import { type DesktopContract, desktopContract } from '#shared/desktop/desktop-contract.ts';
import type { AccountType, SessionView } from '#shared/desktop/session-contract.ts';
import { userId } from '#shared/domain/ids.ts';
import { connect } from '#shared/wire/connect.ts';
import type { CommandName, EventName, Handlers } from '#shared/wire/contract.ts';
import { memoryWire } from '#shared/wire/memory-wire.ts';
import { createDesktopWire } from '../../src-main/desktop-wire/desktop-wire.ts';
import type { WindowContext, WireWindow } from '../../src-main/desktop-wire/window-context.ts';
import { mayUse } from '../../src-main/desktop-wire/window-permissions.ts';
import { adminHandlers, announceAdmin } from '../../src-main/session/admin-handlers.ts';
import { saveFile } from '../../src-main/windows/save-file.ts';
import { recordingLog } from '../support/recording-log.ts';

function signedIn(accountType: AccountType): SessionView {
  const user = { userId: userId.parse('u1'), username: 'u', displayName: 'U', accountType, extension: '200' };
  return { state: 'signedIn', practice: false, user, projects: [] } as unknown as SessionView;
}

/** A desktop wire whose hub lists no teams, and whose other handlers answer null. */
function desktop(session: SessionView) {
  const askedOfHub: string[] = [];
  let tellOfHub: (payload: { kind: 'teams' }) => void = () => undefined;
  const hub = {
    call: (name: string) => {
      askedOfHub.push(name);
      return Promise.resolve([]);
    },
    on: (_name: string, listener: (payload: never) => void) => {
      tellOfHub = listener as typeof tellOfHub;
    },
  };
  const others = Object.keys(desktopContract.commands).map((name) => [name, () => null]);
  const handlers = {
    ...Object.fromEntries(others),
    ...adminHandlers(hub as never, () => session),
  } as unknown as Handlers<DesktopContract, WindowContext>;
  const wire = createDesktopWire(handlers, recordingLog());
  announceAdmin(hub as never, wire.tell);
  const open = (window: WireWindow) => {
    const { left, right } = memoryWire();
    wire.attach(right, { window });
    const client = connect(desktopContract, left, recordingLog());
    const heard: string[] = [];
    for (const name of Object.keys(desktopContract.events) as EventName<DesktopContract>[]) {
      client.on(name, () => heard.push(name));
    }
    return { client, heard };
  };
  return { open, wire, askedOfHub, tellOfHub: () => tellOfHub({ kind: 'teams' }) };
}

describe('the admin window', () => {
  it('is the only one that may ask what it is for, and may ask nothing of calls', async () => {
    const { open, askedOfHub } = desktop(signedIn('superAdmin'));
    const { client: admin } = open('admin');
    await expect(admin.call('admin.teams.list', null)).resolves.toEqual([]);
    await expect(admin.call('calls.get', null)).rejects.toMatchObject({ reason: 'notAllowed' });
    for (const window of ['agent', 'callBox', 'signIn'] as const) {
      await expect(open(window).client.call('admin.teams.list', null)).rejects.toMatchObject({
        reason: 'notAllowed',
      });
    }
    expect(askedOfHub).toEqual(['admin.teams.list']);
  });

  it.each(Object.keys(adminCommands) as CommandName<DesktopContract>[])('alone may ask %s', (name) => {
    expect(mayUse('admin', name)).toBe(true);
    expect((['agent', 'callBox', 'signIn'] as const).some((window) => mayUse(window, name))).toBe(false);
  });

  it('asks the hub nothing for a clerk', async () => {
    const { open, askedOfHub } = desktop(signedIn('clerk'));
    await expect(open('admin').client.call('admin.teams.list', null)).rejects.toMatchObject({
      reason: 'notAllowed',
    });
    expect(askedOfHub).toEqual([]);
  });

  it('hears what changed at the hub, and nothing of calls; the others the other way round', async () => {
    const { open, wire, tellOfHub } = desktop(signedIn('admin'));
    const admin = open('admin');
    const agent = open('agent');
    tellOfHub();
    wire.tell('calls.changed', []);
    await Promise.resolve();
    await Promise.resolve();
    expect(admin.heard).toEqual(['admin.changed']);
    expect(agent.heard).toEqual(['calls.changed']);
  });
});

describe('a file that a window has written', () => {
  it('goes into the folder for downloads, for this user only, and never over one that is there', async () => {
    const parent = mkdtempSync(path.join(os.tmpdir(), 'offhook-downloads-'));
    onTestFinished(() => rmSync(parent, { recursive: true }));
    const folder = path.join(parent, 'Downloads');
    const first = await saveFile(folder, 'users.csv', 'one');
    const second = await saveFile(folder, 'users.csv', 'two');
    expect(readdirSync(folder).sort()).toEqual(['users (1).csv', 'users.csv']);
    expect(readFileSync(first, 'utf8')).toBe('one');
    expect(readFileSync(second, 'utf8')).toBe('two');
    if (process.platform !== 'win32') expect(statSync(first).mode & 0o777).toBe(0o600);
  });

  it('cannot be put elsewhere by its name', async () => {
    const parent = mkdtempSync(path.join(os.tmpdir(), 'offhook-downloads-'));
    onTestFinished(() => rmSync(parent, { recursive: true }));
    const { request } = desktopContract.commands['window.saveFile'];
    for (const name of ['../users.csv', '/etc/passwd', '..', '.bashrc', 'a/b.csv', 'a\\b.csv', 'a\0.csv']) {
      expect(request.safeParse({ name, text: '' }).success).toBe(false);
    }
    const file = await saveFile(path.join(parent, 'in'), '../out.csv', 'x');
    expect(path.dirname(file)).toBe(path.join(parent, 'in'));
  });
});
