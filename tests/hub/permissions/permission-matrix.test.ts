// The whole matrix over a real hub wire: each role, each command, on what a supervisor belongs to and on what they do not,
// compared with expectations that were written down apart from the table.
import { expect, it } from 'vitest';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import {
  type CommandPermissions,
  commandPermissions,
} from '../../../src-hub/permissions/command-permissions.ts';
import { type Desktop, openDesktop, signInDesktop } from '../support.ts';
import { type Command, everyRequest, signingOut, type Target } from './every-request.ts';
import { people, sampleCompany } from './sample-company.ts';

/** Who is let through. `own`: supervisors on what they belong to, super admins on everything. */
type Expected = 'anyone' | 'signedIn' | 'signedInOrOperator' | 'supervisors' | 'own' | 'superAdmins';

/** Reviewed by hand against product.md; the table in src-hub must agree. */
const expectations: Readonly<Record<Expected, readonly Command[]>> = {
  anyone: [
    'hub.describe',
    'session.signIn',
    'session.secondFactor',
    'session.newPassword',
    'session.setUpSecondFactor',
    'session.signInRemembered',
    'session.resume',
  ],
  signedIn: [
    'session.signOut',
    'account.get',
    'account.otherDevices',
    'account.changePassword',
    'account.proposeSecondFactor',
    'account.confirmSecondFactor',
    'account.endSecondFactor',
    'account.renewRecoveryCodes',
    'account.signOutEverywhere',
    'presence.get',
    'presence.set',
    'device.report',
    'work.get',
    'projects.open',
    'people.get',
    'people.watch',
    'ice.servers',
    'offers.ignore',
    'sync.push',
    'sync.pull',
    'offers.takeMissed',
    'records.lookup',
    'dial.take',
    'dial.prolong',
    'dial.giveBack',
    'dial.mayDial',
    'dial.day',
    'dial.modes',
    'orders.ofRecord',
    'voicemails.get',
    'voicemail.audio',
    'voicemail.markHeard',
  ],
  signedInOrOperator: ['practice.call'],
  supervisors: [
    'admin.users.list',
    'admin.teams.list',
    'admin.projects.list',
    'admin.statuses.get',
    'admin.statuses.set',
    'admin.records.find',
    'admin.dialUp.matrix',
    'admin.dialUp.freeModes',
    'admin.orderStatuses.get',
    'admin.orders.inLine',
    'admin.orders.get',
    'admin.orders.counts',
    'admin.orders.move',
    'admin.orders.late',
    'admin.orders.decideLate',
    'admin.doNotCall.list',
    'admin.doNotCall.add',
    'admin.automations.remove',
    'admin.automations.renewSecret',
    'admin.automations.resend',
  ],
  own: [
    'admin.users.devices',
    'admin.teams.change',
    'admin.projects.change',
    'admin.dispositions.get',
    'admin.dispositions.set',
    'admin.callForms.get',
    'admin.callForms.set',
    'admin.dialUp.get',
    'admin.dialUp.set',
    'admin.orders.add',
    'admin.automations.list',
    'admin.automations.add',
    'admin.automations.change',
    'admin.automations.candidates',
    'admin.automations.tryOut',
    'admin.automations.runs',
    'admin.automations.deliveries',
    'admin.audit.list',
    'supervise.setStatus',
    'supervise.endWrapUp',
    'supervise.signOut',
  ],
  superAdmins: [
    'admin.dialUp.setFreeModes',
    'admin.orderStatuses.set',
    'admin.doNotCall.remove',
    'admin.orderImports.list',
    'admin.orderImports.begin',
    'admin.orderImports.addPiece',
    'admin.orderImports.preview',
    'admin.orderImports.start',
    'admin.orderImports.problems',
    'admin.orderImports.remove',
    'admin.recordImports.list',
    'admin.recordImports.begin',
    'admin.recordImports.addPiece',
    'admin.recordImports.preview',
    'admin.recordImports.start',
    'admin.recordImports.problems',
    'admin.recordImports.remove',
    'admin.records.exportCsv',
    'admin.records.erase',
    'admin.users.add',
    'admin.users.change',
    'admin.users.setDisabled',
    'admin.users.resetPassword',
    'admin.users.resetSecondFactor',
    'admin.users.addDevice',
    'admin.users.rotateDevice',
    'admin.users.removeDevice',
    'admin.users.importCsv',
    'admin.users.exportCsv',
    'admin.teams.add',
    'admin.teams.remove',
    'admin.projects.add',
    'admin.projects.remove',
    'admin.apiKeys.list',
    'admin.apiKeys.add',
    'admin.apiKeys.remove',
    'admin.settings.get',
    'admin.settings.set',
  ],
};

type Role = 'signedOut' | 'operator' | keyof typeof people;
type Verdict = 'through' | 'signedOut' | 'notAllowed';

function verdictExpected(expected: Expected, role: Role, isOwn: boolean): Verdict {
  if (expected === 'anyone') return 'through';
  if (role === 'operator') return expected === 'signedInOrOperator' ? 'through' : 'signedOut';
  if (role === 'signedOut') return 'signedOut';
  if (expected === 'signedIn' || expected === 'signedInOrOperator' || role === 'superAdmin') return 'through';
  if (role === 'clerk' || expected === 'superAdmins') return 'notAllowed';
  return expected === 'supervisors' || isOwn ? 'through' : 'notAllowed';
}

async function verdictOf({ client }: Desktop, command: Command, target: Target): Promise<Verdict> {
  const asked = client.call(command, everyRequest[command](target) as never);
  try {
    await asked;
    return 'through';
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const { reason } = error;
    // Anything else comes from a handler.
    if (reason === 'malformed' || reason === 'internal') throw error;
    return reason === 'signedOut' || reason === 'notAllowed' ? reason : 'through';
  }
}

it('every role and every command: who is let through to what, and who is refused', async () => {
  const { hub, own, other } = await sampleCompany();
  const desktops: Readonly<Record<Role, Desktop>> = {
    signedOut: await openDesktop(hub),
    operator: await openDesktop(hub, { headers: { authorization: `Bearer ${hub.operatorToken}` } }),
    clerk: await signInDesktop(hub, people.clerk, 'matrix'),
    admin: await signInDesktop(hub, people.admin, 'matrix'),
    superAdmin: await signInDesktop(hub, people.superAdmin, 'matrix'),
  };
  const seconds = new Map<string, Desktop>();
  for (const [role, who] of Object.entries(people)) {
    seconds.set(role, await signInDesktop(hub, who, 'matrix-2'));
  }
  const reviewed = new Map(
    Object.entries(expectations).flatMap(([expected, commands]) =>
      commands.map((command): [Command, Expected] => [command, expected as Expected]),
    ),
  );
  const commands = (Object.keys(everyRequest) as Command[]).filter((name) => !signingOut.includes(name));
  expect([...reviewed.keys()].sort()).toEqual([...commands, ...signingOut].sort());

  const wrong: string[] = [];
  let tried = 0;
  for (const [role, desktop] of Object.entries(desktops) as [Role, Desktop][]) {
    for (const command of [...commands, ...signingOut]) {
      for (const [where, target] of Object.entries({ own, other })) {
        const kind = reviewed.get(command) ?? 'superAdmins';
        // Where it is the same whatever the request is about, once is enough; and one can sign out once only.
        const isOnceEnough = ['anyone', 'signedIn', 'signedInOrOperator'].includes(kind);
        if (where === 'other' && isOnceEnough) continue;
        const expected = verdictExpected(kind, role, where === 'own');
        // The command before has signed the first one out.
        const asking = (command === 'account.signOutEverywhere' && seconds.get(role)) || desktop;
        const verdict = await verdictOf(asking, command, target);
        tried += 1;
        if (verdict !== expected) wrong.push(`${role} ${command} ${where}: ${verdict}, not ${expected}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  const onBoth = (['supervisors', 'own', 'superAdmins'] as const).flatMap((kind) => expectations[kind]);
  expect(tried).toBe(5 * (commands.length + onBoth.length + signingOut.length));

  const kinds: Readonly<Record<Expected, string>> = {
    anyone: 'anyone',
    signedIn: 'signedIn',
    signedInOrOperator: 'signedInOrOperator',
    supervisors: 'role',
    own: 'scope',
    superAdmins: 'role',
  };
  for (const [command, expected] of reviewed) {
    expect(commandPermissions[command].to, command).toBe(kinds[expected]);
  }
  expect(hub.log.errors()).toEqual([]);
});

it('a command without an entry in the table does not compile', () => {
  const { 'presence.get': _left, ...lacking } = commandPermissions;
  // @ts-expect-error: presence.get has no entry.
  const incomplete: CommandPermissions = lacking;
  expect(incomplete['presence.get']).toBeUndefined();
});
