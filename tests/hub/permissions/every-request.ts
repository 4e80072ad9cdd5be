// A request for every command of the hub's contract, harmless where it is let through: of a version that never was, with a
// password that is wrong, for a device that is not there. A new command without one does not compile.
import type { OrderFilter } from '#shared/admin/dial-up-contract.ts';
import type { ProjectSettings } from '#shared/admin/projects-contract.ts';
import type { ImportSettings } from '#shared/admin/records-contract.ts';
import { usualCallForm } from '#shared/domain/call-form.ts';
import { usualDialUpSettings, usualFreeModes } from '#shared/domain/dial-up-usual.ts';
import type { ProjectId, TeamId, UserId } from '#shared/domain/ids.ts';
import {
  apiKeyId,
  projectId as asProjectId,
  teamId as asTeamId,
  userId as asUserId,
  attemptId,
  automationRuleId,
  leaseId,
  mutationId,
  noteId,
  orderId,
  orderStatusId,
  recordId,
  sipCallId,
  voicemailId,
} from '#shared/domain/ids.ts';
import type { HubContract } from '#shared/hub/hub-contract.ts';
import type { CommandName, RequestOf } from '#shared/wire/contract.ts';

/** What a command is tried on. */
export interface Target {
  readonly teamId: TeamId;
  readonly projectId: ProjectId;
  readonly settings: ProjectSettings;
  /** Not signed in. */
  readonly userId: UserId;
}

export type Command = CommandName<HubContract>;

const aNote = {
  mutationId: mutationId.parse('none'),
  sequence: 1,
  madeAtMs: 1,
  mutation: {
    kind: 'note.add',
    note: {
      id: noteId.parse('none'),
      recordId: recordId.parse('none'),
      callId: null,
      text: 'Hello',
      writtenAtMs: 1,
    },
  },
} as const;
const neverWas = 999_999;
const noImport: ImportSettings = { columns: [], kind: 'contact', projectId: null, ownerId: null };
/** Saved by nobody: it assigns to somebody who is not there. */
const aRuleOfNobody = (projectId: ProjectId) => ({
  ...{ projectId, name: 'None', on: false, trigger: { on: 'missedCall' as const }, conditions: [] },
  actions: [{ do: 'assign' as const, userId: asUserId.parse('nobody') }],
});
const anyOrder: OrderFilter = {
  ...{ projectId: null, mode: null, bucket: null, statusId: null, agentId: null, due: 'any' },
};
const anOrder = {
  ...{ recordId: recordId.parse('none'), statusId: orderStatusId.parse('none'), externalId: null },
  ...{ goods: '', sumMinor: null, currency: '', delivery: '', fields: {}, timeZone: null },
};
const user = {
  firstName: 'Nele',
  lastName: 'Brandt',
  username: 'nele',
  email: null,
  accountType: 'clerk',
  mayCallOutside: false,
} as const;

export const everyRequest: { readonly [N in Command]: (target: Target) => RequestOf<HubContract, N> } = {
  'hub.describe': () => null,
  'session.signIn': () => ({ username: 'nobody', password: 'wrong', accountType: 'clerk', deviceId: 'd' }),
  'session.secondFactor': () => ({ code: '000000' }),
  'session.newPassword': () => ({ password: 'short' }),
  'session.setUpSecondFactor': () => ({ code: '000000' }),
  'session.signInRemembered': () => ({ deviceToken: 'none', deviceId: 'd' }),
  'session.resume': () => ({ token: 'none', deviceId: 'd' }),
  'session.signOut': () => null,
  'account.get': () => null,
  'account.otherDevices': () => null,
  'account.changePassword': () => ({ password: 'wrong', newPassword: 'short' }),
  'account.proposeSecondFactor': () => ({ password: 'wrong' }),
  'account.confirmSecondFactor': () => ({ code: '000000' }),
  'account.endSecondFactor': () => ({ password: 'wrong' }),
  'account.renewRecoveryCodes': () => ({ password: 'wrong' }),
  'account.signOutEverywhere': () => null,
  'presence.get': () => null,
  'presence.set': () => ({ status: 'away', labelId: null, untilMs: null }),
  'device.report': () => ({ activity: 'free', asleep: false }),
  'work.get': () => null,
  'projects.open': () => ({ primaryId: asProjectId.parse('none'), secondaryIds: [] }),
  'people.get': () => null,
  'people.watch': () => ({ on: false }),
  'ice.servers': () => null,
  'offers.ignore': () => ({ sipCallId: sipCallId.parse('none') }),
  'sync.push': () => ({ mutations: [aNote] }),
  'sync.pull': () => ({ scope: null, cursor: null, limit: 1 }),
  'offers.takeMissed': () => null,
  'records.lookup': () => ({ number: '+442079460123' }),
  'dial.take': () => ({ settling: [] }),
  'dial.prolong': () => ({ leaseIds: [leaseId.parse('none')] }),
  'dial.giveBack': () => ({ leaseId: leaseId.parse('none') }),
  'dial.mayDial': () => ({ leaseId: leaseId.parse('none'), number: '+442079460123' }),
  'dial.day': () => ({ sinceMs: 0 }),
  'dial.modes': () => null,
  'orders.ofRecord': () => ({ recordId: recordId.parse('none') }),
  'voicemails.get': () => null,
  'voicemail.audio': () => ({ voicemailId: voicemailId.parse('none') }),
  'voicemail.markHeard': () => ({ voicemailId: voicemailId.parse('none'), heard: true }),
  'practice.call': () => ({ kind: 'knownCustomer' }),

  'admin.users.list': () => null,
  'admin.users.add': () => ({
    ...user,
    password: 'short',
    mustChangePassword: false,
    secondFactorDue: false,
  }),
  'admin.users.change': ({ userId }) => ({ ...user, userId, version: neverWas }),
  'admin.users.setDisabled': ({ userId }) => ({ userId, version: neverWas, disabled: true }),
  'admin.users.resetPassword': ({ userId }) => ({ userId, password: 'short', mustChangePassword: false }),
  'admin.users.resetSecondFactor': ({ userId }) => ({ userId, due: false }),
  'admin.users.devices': ({ userId }) => ({ userId }),
  'admin.users.addDevice': ({ userId }) => ({ userId, label: 'Desk phone' }),
  'admin.users.rotateDevice': ({ userId }) => ({ userId, deviceId: 'none' }),
  'admin.users.removeDevice': ({ userId }) => ({ userId, deviceId: 'none' }),
  'admin.users.importCsv': () => ({ csv: '', tryOnly: true }),
  'admin.users.exportCsv': () => null,
  'admin.teams.list': () => null,
  'admin.teams.add': () => ({ name: 'Own', memberIds: [] }),
  'admin.teams.change': ({ teamId }) => ({
    id: teamId,
    version: neverWas,
    name: 'Other name',
    memberIds: [],
  }),
  'admin.teams.remove': () => ({ id: asTeamId.parse('none'), version: neverWas }),
  'admin.projects.list': () => null,
  'admin.projects.add': ({ settings }) => ({ settings }),
  'admin.projects.change': ({ projectId, settings }) => ({ id: projectId, version: neverWas, settings }),
  'admin.projects.remove': ({ projectId }) => ({ id: projectId, version: neverWas }),
  'admin.dispositions.get': ({ projectId }) => ({ projectId }),
  'admin.dispositions.set': ({ projectId }) => ({ projectId, version: neverWas, dispositions: [] }),
  'admin.callForms.get': ({ projectId }) => ({ projectId }),
  'admin.callForms.set': ({ projectId }) => ({ projectId, version: neverWas, form: usualCallForm }),
  'admin.recordImports.list': () => null,
  'admin.recordImports.begin': () => ({ fileName: 'people.csv', bytes: 10 }),
  'admin.recordImports.addPiece': () => ({ id: 'none', offset: 0, base64: '' }),
  'admin.recordImports.preview': () => ({ id: 'none', settings: null }),
  'admin.recordImports.start': () => ({ id: 'none', settings: noImport }),
  'admin.recordImports.problems': () => ({ id: 'none' }),
  'admin.recordImports.remove': () => ({ id: 'none' }),
  'admin.records.exportCsv': () => ({ projectId: 'all', kind: null, cursor: null }),
  'admin.records.find': () => ({ text: 'nobody' }),
  'admin.records.erase': () => ({ recordId: recordId.parse('none') }),
  'admin.statuses.get': () => null,
  'admin.statuses.set': () => ({ version: neverWas, statuses: [] }),
  'admin.dialUp.matrix': () => null,
  'admin.dialUp.get': ({ projectId }) => ({ projectId }),
  'admin.dialUp.set': ({ projectId }) => ({
    projectId,
    version: neverWas,
    settings: usualDialUpSettings([]),
  }),
  'admin.dialUp.freeModes': () => null,
  'admin.dialUp.setFreeModes': () => ({ version: neverWas, modes: [...usualFreeModes] }),
  'admin.orderStatuses.get': () => null,
  'admin.orderStatuses.set': () => ({ version: neverWas, statuses: [] }),
  'admin.orders.inLine': () => ({ filter: anyOrder, offset: 0, limit: 1 }),
  'admin.orders.get': () => ({ orderId: orderId.parse('none') }),
  'admin.orders.add': ({ projectId }) => ({ content: { ...anOrder, projectId } }),
  'admin.orders.counts': () => null,
  'admin.orders.move': () => ({
    orders: { which: 'these', orderIds: [orderId.parse('none')] },
    statusId: orderStatusId.parse('none'),
  }),
  'admin.orders.late': () => null,
  'admin.orders.decideLate': () => ({ attemptId: attemptId.parse('none'), apply: false }),
  'admin.doNotCall.list': () => ({ digits: '' }),
  'admin.doNotCall.add': () => ({ numbers: ['no number'], reason: '' }),
  'admin.doNotCall.remove': () => ({ number: 'no number' }),
  'admin.orderImports.list': () => null,
  'admin.orderImports.begin': () => ({ fileName: 'orders.csv', bytes: 10 }),
  'admin.orderImports.addPiece': () => ({ id: 'none', offset: 0, base64: '' }),
  'admin.orderImports.preview': () => ({ id: 'none', settings: null }),
  'admin.orderImports.start': ({ projectId }) => ({
    id: 'none',
    settings: { columns: [], projectId, statusId: orderStatusId.parse('none') },
  }),
  'admin.orderImports.problems': () => ({ id: 'none' }),
  'admin.orderImports.remove': () => ({ id: 'none' }),
  'admin.automations.list': ({ projectId }) => ({ projectId }),
  'admin.automations.add': ({ projectId }) => ({ rule: aRuleOfNobody(projectId) }),
  'admin.automations.change': ({ projectId }) => ({
    ...{ id: automationRuleId.parse('none'), version: neverWas, rule: aRuleOfNobody(projectId) },
  }),
  'admin.automations.remove': () => ({ id: automationRuleId.parse('none'), version: neverWas }),
  'admin.automations.renewSecret': () => ({ id: automationRuleId.parse('none') }),
  'admin.automations.candidates': ({ projectId }) => ({ rule: aRuleOfNobody(projectId) }),
  'admin.automations.tryOut': ({ projectId }) => ({ rule: aRuleOfNobody(projectId), id: 'none' }),
  'admin.automations.runs': ({ projectId }) => ({ projectId, ruleId: null, cursor: null, limit: 1 }),
  'admin.automations.deliveries': ({ projectId }) => ({ projectId, state: null, cursor: null, limit: 1 }),
  'admin.automations.resend': () => ({ deliveryIds: ['none'] }),
  'admin.audit.list': ({ projectId }) => ({ beforeId: null, limit: 1, text: '', actorId: null, projectId }),
  'admin.apiKeys.list': () => null,
  'admin.apiKeys.add': () => ({ name: 'Key', scopes: ['calls:read'] }),
  'admin.apiKeys.remove': () => ({ id: apiKeyId.parse('none') }),
  'admin.settings.get': () => null,
  'admin.settings.set': () => ({
    ...{ version: neverWas, extensionFirst: 201, extensionLast: 299, privateTargets: [] },
  }),
  'supervise.setStatus': ({ userId }) => ({ userId, status: 'away', labelId: null, untilMs: null }),
  'supervise.endWrapUp': ({ userId }) => ({ userId }),
  'supervise.signOut': ({ userId }) => ({ userId }),
};

/** These end the session that asks: they come last. */
export const signingOut: readonly Command[] = ['session.signOut', 'account.signOutEverywhere'];
