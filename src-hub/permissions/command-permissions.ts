// Who may ask what of the hub: each role by each command. A command without an entry does not compile. Looked up by
// permission-check.ts before any handler runs; the same for REST stands in rest-permissions.ts.
//
// Clerks: their own account, calls, presence, and the directory.
// Supervisors (account type admin), by product.md's "the teams and projects they belong to, their dispositions": they
// see and change those, and see the people in them. They make no users, teams or projects, and change no user: whoever
// could set somebody's password could become them. A project's numbers are not theirs either (TEAM-5 gives them to
// super admins): a number is the company's, and taking it takes another project's calls. They add people whom they
// see, and send a project's calls to projects of theirs only.
// Super admins: everything.
import type { HubContract } from '#shared/hub/hub-contract.ts';
import type { CommandName, RequestOf } from '#shared/wire/contract.ts';
import {
  anyone,
  type Permission,
  signedIn,
  signedInOrOperator,
  superAdmins,
  supervisors,
  within,
} from './permission.ts';

export type CommandPermissions = {
  readonly [N in CommandName<HubContract>]: Permission<RequestOf<HubContract, N>>;
};

export const commandPermissions: CommandPermissions = {
  'hub.describe': anyone,
  'session.signIn': anyone,
  'session.secondFactor': anyone,
  'session.newPassword': anyone,
  'session.setUpSecondFactor': anyone,
  'session.signInRemembered': anyone,
  'session.resume': anyone,

  'session.signOut': signedIn,
  'account.get': signedIn,
  'account.otherDevices': signedIn,
  'account.changePassword': signedIn,
  'account.proposeSecondFactor': signedIn,
  'account.confirmSecondFactor': signedIn,
  'account.endSecondFactor': signedIn,
  'account.renewRecoveryCodes': signedIn,
  'account.signOutEverywhere': signedIn,
  'presence.get': signedIn,
  'presence.set': signedIn,
  'device.report': signedIn,
  'work.get': signedIn,
  // Those that one is a member of; the handler refuses others.
  'projects.open': signedIn,
  'people.get': signedIn,
  'people.watch': signedIn,
  'ice.servers': signedIn,
  'offers.ignore': signedIn,
  // What may be pulled or changed, and where, is looked up by the services.
  'sync.push': signedIn,
  'sync.pull': signedIn,
  'offers.takeMissed': signedIn,
  // One's own and one's projects'; somebody else's is not there for the asker.
  'voicemails.get': signedIn,
  'voicemail.audio': signedIn,
  'voicemail.markHeard': signedIn,
  // Filtered: of the projects that one is a member of, and of none.
  'records.lookup': signedIn,
  // One's own leases, in the projects that one has open.
  'dial.take': signedIn,
  'dial.prolong': signedIn,
  'dial.giveBack': signedIn,
  'dial.mayDial': signedIn,
  'dial.day': signedIn,
  'dial.modes': signedIn,
  // Filtered: of the projects that one is a member of.
  'orders.ofRecord': signedIn,
  'practice.call': signedInOrOperator,

  // Filtered: the people of one's teams and projects.
  'admin.users.list': supervisors,
  'admin.users.add': superAdmins,
  'admin.users.change': superAdmins,
  'admin.users.setDisabled': superAdmins,
  'admin.users.resetPassword': superAdmins,
  'admin.users.resetSecondFactor': superAdmins,
  'admin.users.devices': within(({ userId }) => ({ userIds: [userId] })),
  // A credential answers in its user's name.
  'admin.users.addDevice': superAdmins,
  'admin.users.rotateDevice': superAdmins,
  'admin.users.removeDevice': superAdmins,
  'admin.users.importCsv': superAdmins,
  'admin.users.exportCsv': superAdmins,

  // Filtered.
  'admin.teams.list': supervisors,
  'admin.teams.add': superAdmins,
  'admin.teams.change': within(({ id, memberIds }) => ({
    teamIds: [id],
    newcomers: { memberIds, to: { teamId: id } },
  })),
  'admin.teams.remove': superAdmins,

  // Filtered.
  'admin.projects.list': supervisors,
  'admin.projects.add': superAdmins,
  'admin.projects.change': within(({ id, settings: { memberIds, numbers, overflow } }) => ({
    projectIds: [id],
    newcomers: { memberIds, to: { projectId: id } },
    projectChange: {
      projectId: id,
      numbers,
      overflowProjectId: overflow.to === 'project' ? overflow.projectId : null,
    },
  })),
  'admin.projects.remove': superAdmins,
  'admin.dispositions.get': within(({ projectId }) => ({ projectIds: [projectId] })),
  'admin.dispositions.set': within(({ projectId }) => ({ projectIds: [projectId] })),
  'admin.callForms.get': within(({ projectId }) => ({ projectIds: [projectId] })),
  'admin.callForms.set': within(({ projectId }) => ({ projectIds: [projectId] })),
  // An import changes records of every project by their external id.
  'admin.recordImports.list': superAdmins,
  'admin.recordImports.begin': superAdmins,
  'admin.recordImports.addPiece': superAdmins,
  'admin.recordImports.preview': superAdmins,
  'admin.recordImports.start': superAdmins,
  'admin.recordImports.problems': superAdmins,
  'admin.recordImports.remove': superAdmins,
  'admin.records.exportCsv': superAdmins,
  // Filtered: records of their projects, and of none. Whoever makes an order by hand finds its person by it.
  'admin.records.find': supervisors,
  'admin.records.erase': superAdmins,
  // The same for the whole company; CALL-19 has the supervisor add them.
  'admin.statuses.get': supervisors,
  'admin.statuses.set': supervisors,

  // Call mode. Supervisors run it in their projects: lists are filtered, what names an order is looked up by the services.
  // Statuses and free modes are super admins': a mode or tick that changes moves the orders of every project. Anybody who
  // supervises may keep somebody from being called; to have them called again is for super admins.
  'admin.dialUp.matrix': supervisors,
  'admin.dialUp.get': within(({ projectId }) => ({ projectIds: [projectId] })),
  'admin.dialUp.set': within(({ projectId }) => ({ projectIds: [projectId] })),
  'admin.dialUp.freeModes': supervisors,
  'admin.dialUp.setFreeModes': superAdmins,
  'admin.orderStatuses.get': supervisors,
  'admin.orderStatuses.set': superAdmins,
  'admin.orders.inLine': supervisors,
  'admin.orders.get': supervisors,
  'admin.orders.add': within(({ content }) => ({ projectIds: [content.projectId] })),
  'admin.orders.counts': supervisors,
  'admin.orders.move': supervisors,
  'admin.orders.late': supervisors,
  'admin.orders.decideLate': supervisors,
  'admin.doNotCall.list': supervisors,
  'admin.doNotCall.add': supervisors,
  'admin.doNotCall.remove': superAdmins,
  // As those of records: by external ids, and making people.
  'admin.orderImports.list': superAdmins,
  'admin.orderImports.begin': superAdmins,
  'admin.orderImports.addPiece': superAdmins,
  'admin.orderImports.preview': superAdmins,
  'admin.orderImports.start': superAdmins,
  'admin.orderImports.problems': superAdmins,
  'admin.orderImports.remove': superAdmins,

  // Rules of one's projects. What names a rule or a delivery only is looked up by the services.
  'admin.automations.list': within(({ projectId }) => ({ projectIds: [projectId] })),
  'admin.automations.add': within(({ rule }) => ({ projectIds: [rule.projectId] })),
  'admin.automations.change': within(({ rule }) => ({ projectIds: [rule.projectId] })),
  'admin.automations.remove': supervisors,
  'admin.automations.renewSecret': supervisors,
  'admin.automations.candidates': within(({ rule }) => ({ projectIds: [rule.projectId] })),
  'admin.automations.tryOut': within(({ rule }) => ({ projectIds: [rule.projectId] })),
  'admin.automations.runs': within(({ projectId }) => ({ projectIds: [projectId] })),
  'admin.automations.deliveries': within(({ projectId }) => ({ projectIds: [projectId] })),
  'admin.automations.resend': supervisors,

  // Filtered; a project that is named must be one's own.
  'admin.audit.list': within(({ projectId }) => ({ projectIds: projectId === null ? [] : [projectId] })),
  'admin.apiKeys.list': superAdmins,
  'admin.apiKeys.add': superAdmins,
  'admin.apiKeys.remove': superAdmins,
  'admin.settings.get': superAdmins,
  'admin.settings.set': superAdmins,

  'supervise.setStatus': within(({ userId }) => ({ userIds: [userId] })),
  'supervise.endWrapUp': within(({ userId }) => ({ userIds: [userId] })),
  'supervise.signOut': within(({ userId }) => ({ userIds: [userId] })),
};
