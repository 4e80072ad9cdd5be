// The hub's part of the scripted main: a small company in memory that the admin window lists and changes. It keeps the
// promises that the pages rely on (versions count, what changed is told), no more. Over 400 lines: one small company, whose
// parts refer to each other.
import type { AdminCommandName } from '#shared/admin/admin-contract.ts';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { RecordImport, VersionedCallForm } from '#shared/admin/records-contract.ts';
import type { ApiKey, AuditEntry, HubSettings } from '#shared/admin/system-contract.ts';
import type { AdminTeam } from '#shared/admin/teams-contract.ts';
import type { AdminUser, UserDevice } from '#shared/admin/users-contract.ts';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import { usualCallForm } from '#shared/domain/call-form.ts';
import type { Disposition } from '#shared/domain/disposition.ts';
import type { DispositionId, ProjectId, StatusId, TeamId, UserId } from '#shared/domain/ids.ts';
import type { StatusLabel } from '#shared/domain/presence.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { EventOf, Handlers } from '#shared/wire/contract.ts';
import { type ScriptedAutomations, sampleAutomations, scriptedAutomations } from './scripted-automations.ts';
import { type ScriptedCallMode, sampleCallMode, scriptedCallMode } from './scripted-call-mode.ts';
import { scriptedImports } from './scripted-imports.ts';

export interface ScriptedCompany {
  users: AdminUser[];
  teams: AdminTeam[];
  projects: AdminProject[];
  /** By project. */
  dispositions: Record<string, { version: number; dispositions: Disposition[] }>;
  callForms: Record<string, VersionedCallForm>;
  imports?: RecordImport[];
  /** A sample where a test names none. */
  automations?: ScriptedAutomations;
  /** Usual settings and no orders where a test names none. */
  callMode?: ScriptedCallMode;
  statuses: { version: number; statuses: StatusLabel[] };
  audit: AuditEntry[];
  apiKeys: ApiKey[];
  settings: HubSettings;
  /** By user. */
  devices: Record<string, UserDevice[]>;
}

type ChangedKind = EventOf<DesktopContract, 'admin.changed'>['kind'];
export type AdminHandlers = Pick<Handlers<DesktopContract>, AdminCommandName>;

const dayMs = 86_400_000;

export function adminUser(id: string, over: Partial<AdminUser> = {}): AdminUser {
  return {
    userId: id as UserId,
    firstName: 'Mia',
    lastName: 'Sommer',
    username: id,
    email: `${id}@nordwind.example`,
    accountType: 'clerk',
    extension: '201',
    disabledAtMs: null,
    mustChangePassword: false,
    secondFactor: 'off',
    mayCallOutside: true,
    teamIds: [],
    projectIds: [],
    lastSignedInAtMs: Date.now() - 2 * dayMs,
    version: 1,
    ...over,
  };
}

export const adminProjectSample: AdminProject = {
  id: 'parcels' as ProjectId,
  version: 3,
  settings: {
    name: 'Nordwind Parcels',
    queueName: 'Deliveries',
    numbers: ['+493012345600'],
    memberIds: ['mia', 'ben'] as UserId[],
    distribution: 'longestIdle',
    ringTimeoutMs: 20_000,
    onDecline: 'voicemail',
    wrapUpMs: 60_000,
    dispositionRequired: true,
    mostWaiting: 10,
    longestWaitMs: 300_000,
    overflow: { to: 'voicemail' },
    timeZone: 'Europe/Berlin',
    openingHours: [],
    holidays: [],
  },
};

export function sampleCompany(over: Partial<ScriptedCompany> = {}): ScriptedCompany {
  const day = 't-day' as TeamId;
  const night = 't-night' as TeamId;
  const parcels = adminProjectSample.id;
  return {
    users: [
      adminUser('sara', {
        firstName: 'Sara',
        lastName: 'Öztürk',
        accountType: 'superAdmin',
        extension: '200',
        secondFactor: 'on',
        lastSignedInAtMs: Date.now() - 4 * 60_000,
      }),
      adminUser('mia', { teamIds: [day], projectIds: [parcels], secondFactor: 'on' }),
      adminUser('ben', {
        firstName: 'Ben',
        lastName: 'Falkenberg-Hollingsworth',
        extension: '202',
        teamIds: [day, night],
        projectIds: [parcels],
        mustChangePassword: true,
        secondFactor: 'due',
        lastSignedInAtMs: null,
      }),
      adminUser('lena', {
        firstName: 'Lena',
        lastName: 'Brandt',
        accountType: 'admin',
        extension: '203',
        teamIds: [night],
        email: null,
      }),
      adminUser('omar', {
        firstName: 'Omar',
        lastName: 'Haddad',
        extension: '204',
        mayCallOutside: false,
        disabledAtMs: Date.now() - 9 * dayMs,
        lastSignedInAtMs: Date.now() - 30 * dayMs,
      }),
    ],
    teams: [
      { id: day, name: 'Day shift', memberIds: ['mia', 'ben'] as UserId[], version: 1 },
      { id: night, name: 'Night shift', memberIds: ['ben', 'lena'] as UserId[], version: 1 },
    ],
    projects: [adminProjectSample],
    dispositions: { [parcels]: { version: 1, dispositions: [] } },
    callForms: {},
    statuses: {
      version: 1,
      statuses: [{ id: 's-lunch' as StatusId, label: 'Lunch', actsAs: 'away', color: 'yellow' }],
    },
    audit: [],
    apiKeys: [],
    settings: { version: 1, extensionFirst: 200, extensionLast: 899, privateTargets: [] },
    devices: {
      mia: [
        {
          deviceId: 'd-1',
          make: 'offhook',
          label: null,
          authorizationUser: '201.d-1',
          registered: true,
          madeAtMs: Date.now() - 12 * dayMs,
        },
        {
          deviceId: 'd-2',
          make: 'other',
          label: 'Desk phone, 2nd floor',
          authorizationUser: '201.d-2',
          registered: false,
          madeAtMs: Date.now() - 40 * dayMs,
        },
      ],
    },
    ...over,
  };
}

export const shownCredentialSample = {
  authorizationUser: '201.k7f2',
  password: 'q2vX-8dRm-4tLp-Zs6W',
  uri: 'sip:201@nordwind.example',
  webSocketUrl: 'wss://hub.nordwind.example/sip',
  qrText: 'sip:201@nordwind.example?user=201.k7f2&password=q2vX-8dRm-4tLp-Zs6W',
};

export const shownApiKeySample = 'offhook_4kV0nQ8mJtYw2ZcR7sXe1BhLpAfD6uGi9oTNqKyMvEr';

/** @param tell says that something of this kind has changed */
export function scriptedAdmin(company: ScriptedCompany, tell: (kind: ChangedKind) => void): AdminHandlers {
  let made = 0;
  const found = <T>(thing: T | undefined, reason: string): T => {
    if (thing === undefined) throw new CommandFailed(reason, 'The script knows no such thing.');
    return thing;
  };
  const latest = (version: number, asked: number) => {
    if (version !== asked) throw new CommandFailed('changedMeanwhile', 'The script has a newer one.');
  };
  const changeUser = (userId: UserId, change: Partial<AdminUser>): AdminUser => {
    const before = found(
      company.users.find((each) => each.userId === userId),
      'noSuchUser',
    );
    const after = { ...before, ...change, version: before.version + 1 };
    company.users = company.users.map((each) => (each.userId === userId ? after : each));
    tell('users');
    return after;
  };
  const changeDevices = (userId: UserId, change: (before: UserDevice[]) => UserDevice[]) => {
    company.devices[userId] = change(company.devices[userId] ?? []);
    tell('users');
  };
  const putMembers = (team: AdminTeam) => {
    company.teams = [...company.teams.filter((each) => each.id !== team.id), team];
    company.users = company.users.map((user) => {
      const others = user.teamIds.filter((id) => id !== team.id);
      return { ...user, teamIds: team.memberIds.includes(user.userId) ? [...others, team.id] : others };
    });
    tell('teams');
    tell('users');
    return team;
  };
  return {
    ...scriptedAutomations(company.automations ?? sampleAutomations(), () => tell('automations')),
    ...scriptedImports(tell, company.imports),
    ...scriptedCallMode(
      company.callMode ?? sampleCallMode(),
      () => company.projects.map(({ id }) => id),
      tell,
    ),
    'admin.users.list': () => company.users,
    'admin.users.add': ({ password: _password, secondFactorDue, ...user }) => {
      if (company.users.some((each) => each.username === user.username)) {
        throw new CommandFailed('usernameTaken', 'Taken in the script.');
      }
      made += 1;
      const added = adminUser(`new-${made}`, {
        ...user,
        extension: String(204 + made),
        secondFactor: secondFactorDue ? 'due' : 'off',
        lastSignedInAtMs: null,
      });
      company.users = [...company.users, added];
      tell('users');
      return added;
    },
    'admin.users.change': ({ userId, version, ...change }) => {
      latest(
        found(
          company.users.find((each) => each.userId === userId),
          'noSuchUser',
        ).version,
        version,
      );
      return changeUser(userId, change);
    },
    'admin.users.setDisabled': ({ userId, disabled }) =>
      changeUser(userId, { disabledAtMs: disabled ? Date.now() : null }),
    'admin.users.resetPassword': ({ userId, mustChangePassword }) =>
      changeUser(userId, { mustChangePassword }),
    'admin.users.resetSecondFactor': ({ userId, due }) =>
      changeUser(userId, { secondFactor: due ? 'due' : 'off' }),
    'admin.users.devices': ({ userId }) => company.devices[userId] ?? [],
    'admin.users.addDevice': ({ userId, label }) => {
      made += 1;
      changeDevices(userId, (before) => [
        ...before,
        {
          deviceId: `d-new-${made}`,
          make: 'other',
          label,
          authorizationUser: shownCredentialSample.authorizationUser,
          registered: false,
          madeAtMs: Date.now(),
        },
      ]);
      return shownCredentialSample;
    },
    'admin.users.rotateDevice': ({ userId, deviceId }) => {
      const device = found(
        company.devices[userId]?.find((each) => each.deviceId === deviceId),
        'noSuchDevice',
      );
      changeDevices(userId, (before) =>
        before.map((each) => (each === device ? { ...each, madeAtMs: Date.now() } : each)),
      );
      return device.make === 'other' ? shownCredentialSample : null;
    },
    'admin.users.removeDevice': ({ userId, deviceId }) => {
      changeDevices(userId, (before) => before.filter((each) => each.deviceId !== deviceId));
      return null;
    },
    'admin.users.importCsv': ({ csv }) => {
      const rows = csv.trim().split('\n').length - 1;
      return { rows, added: rows, problems: [] };
    },
    'admin.users.exportCsv': () => ({
      csv: company.users.map((user) => `${user.username},${user.extension}\r\n`).join(''),
    }),
    'admin.teams.list': () => company.teams,
    'admin.teams.add': ({ name, memberIds }) => {
      made += 1;
      return putMembers({ id: `t-new-${made}` as TeamId, name, memberIds, version: 1 });
    },
    'admin.teams.change': ({ id, version, name, memberIds }) => {
      const before = found(
        company.teams.find((each) => each.id === id),
        'noSuchTeam',
      );
      latest(before.version, version);
      return putMembers({ id, name, memberIds, version: version + 1 });
    },
    'admin.teams.remove': ({ id }) => {
      company.teams = company.teams.filter((each) => each.id !== id);
      tell('teams');
      return null;
    },
    'admin.projects.list': () => company.projects,
    'admin.projects.add': ({ settings }) => {
      made += 1;
      const added: AdminProject = { id: `p-new-${made}` as ProjectId, version: 1, settings };
      company.projects = [...company.projects, added];
      tell('projects');
      return added;
    },
    'admin.projects.change': ({ id, version, settings }) => {
      const before = found(
        company.projects.find((each) => each.id === id),
        'noSuchProject',
      );
      latest(before.version, version);
      const after: AdminProject = { id, version: version + 1, settings };
      company.projects = company.projects.map((each) => (each.id === id ? after : each));
      tell('projects');
      return after;
    },
    'admin.projects.remove': ({ id }) => {
      company.projects = company.projects.filter((each) => each.id !== id);
      tell('projects');
      return null;
    },
    'admin.dispositions.get': ({ projectId }) => found(company.dispositions[projectId], 'noSuchProject'),
    'admin.dispositions.set': ({ projectId, version, dispositions }) => {
      latest(found(company.dispositions[projectId], 'noSuchProject').version, version);
      const after = {
        version: version + 1,
        dispositions: dispositions.map((each, index) => ({
          ...each,
          id: each.id ?? (`x-new-${index}` as DispositionId),
          projectId,
        })),
      };
      company.dispositions[projectId] = after;
      tell('dispositions');
      return after;
    },
    'admin.callForms.get': ({ projectId }) =>
      company.callForms[projectId] ?? { version: 0, form: usualCallForm },
    'admin.callForms.set': ({ projectId, version, form }) => {
      latest(company.callForms[projectId]?.version ?? 0, version);
      const after = { version: version + 1, form };
      company.callForms[projectId] = after;
      tell('callForms');
      return after;
    },
    'admin.statuses.get': () => company.statuses,
    'admin.statuses.set': ({ version, statuses }) => {
      latest(company.statuses.version, version);
      company.statuses = {
        version: version + 1,
        statuses: statuses.map((each, index) => ({
          ...each,
          id: each.id ?? (`s-new-${index}` as StatusId),
        })),
      };
      tell('statuses');
      return company.statuses;
    },
    'admin.audit.list': ({ beforeId, limit, text, actorId }) => {
      const matching = company.audit.filter(
        (each) =>
          (beforeId === null || each.id < beforeId) &&
          (actorId === null || each.actor.id === actorId) &&
          `${each.actor.name} ${each.action} ${each.subject.name}`.toLowerCase().includes(text.toLowerCase()),
      );
      return { entries: matching.slice(0, limit), more: matching.length > limit };
    },
    'admin.apiKeys.list': () => company.apiKeys,
    'admin.apiKeys.add': ({ name, scopes }) => {
      if (company.apiKeys.some((each) => each.name === name)) {
        throw new CommandFailed('nameTaken', 'Taken in the script.');
      }
      made += 1;
      const id = `k-new-${made}` as ApiKey['id'];
      const apiKey: ApiKey = { id, name, scopes, madeAtMs: Date.now(), lastUsedAtMs: null };
      company.apiKeys = [...company.apiKeys, apiKey];
      tell('apiKeys');
      return { key: shownApiKeySample, apiKey };
    },
    'admin.apiKeys.remove': ({ id }) => {
      company.apiKeys = company.apiKeys.filter((each) => each.id !== id);
      tell('apiKeys');
      return null;
    },
    'admin.settings.get': () => company.settings,
    'admin.settings.set': (settings) => {
      latest(company.settings.version, settings.version);
      company.settings = { ...settings, version: settings.version + 1 };
      tell('settings');
      return company.settings;
    },
    'supervise.setStatus': () => null,
    'supervise.endWrapUp': () => null,
    'supervise.signOut': () => null,
  };
}
