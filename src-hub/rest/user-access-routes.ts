// REST on how a user gets in and what rings for them: password, second factor, sessions, devices. What is shown once (a
// credential of a device of another make) is the admin window's, for it belongs before somebody's eyes and in no log.
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { adminUser, adminUserCommands, userDevice } from '#shared/admin/users-contract.ts';
import { userId } from '#shared/domain/ids.ts';
import type { SuperviseService } from '../supervise/supervise-service.ts';
import type { DeviceService } from '../users/device-service.ts';
import type { UserService } from '../users/user-service.ts';
import { problem } from './problems.ts';
import { actorOfKey, operation } from './rest-door.ts';
import { tag } from './versions.ts';

export interface UserAccessServices {
  readonly users: UserService;
  readonly devices: Pick<DeviceService, 'list' | 'remove'>;
  readonly supervise: Pick<SuperviseService, 'signOut'>;
}

const params = z.object({ userId });
const deviceParams = z.object({ userId, deviceId: z.string() });
const gone = { 204: z.null(), 404: problem };

export function userAccessRoutes(app: FastifyInstance, services: UserAccessServices): void {
  const { users, devices, supervise } = services;
  const typed = app.withTypeProvider<ZodTypeProvider>();

  typed.post(
    '/users/:userId/reset-password',
    operation('resetPassword', 'Sets a new password, and ends all sessions of the user', {
      params,
      body: adminUserCommands['admin.users.resetPassword'].request.omit({ userId: true }),
      response: { 200: adminUser, 404: problem, 422: problem },
    }),
    async (request, reply) => {
      const wanted = { ...request.body, userId: request.params.userId };
      const user = await users.resetPassword(wanted, actorOfKey(request), null);
      return tag(reply, user.version, user);
    },
  );
  typed.post(
    '/users/:userId/reset-second-factor',
    operation('resetSecondFactor', 'Takes the second factor away, and ends all sessions of the user', {
      params,
      body: adminUserCommands['admin.users.resetSecondFactor'].request.omit({ userId: true }),
      response: { 200: adminUser, 404: problem },
    }),
    async (request, reply) => {
      const wanted = { ...request.body, userId: request.params.userId };
      const user = await users.resetSecondFactor(wanted, actorOfKey(request), null);
      return tag(reply, user.version, user);
    },
  );
  typed.post(
    '/users/:userId/sign-out',
    operation('signOutUser', 'Ends all sessions of a user, who may sign in again', {
      params,
      response: gone,
    }),
    async (request, reply) => {
      await supervise.signOut(actorOfKey(request), request.params.userId);
      return reply.code(204).send(null);
    },
  );
  typed.get(
    '/users/:userId/devices',
    operation('listUserDevices', 'What can ring for a user', {
      params,
      response: { 200: z.object({ devices: z.array(userDevice) }), 404: problem },
    }),
    async ({ params: { userId: id } }) => {
      await users.get(id);
      return { devices: devices.list(id) };
    },
  );
  typed.delete(
    '/users/:userId/devices/:deviceId',
    operation(
      'revokeUserDevice',
      'Takes a device’s SIP credential away, and ends its session where it is an Offhook',
      { params: deviceParams, response: gone },
    ),
    async (request, reply) => {
      const { userId: id, deviceId } = request.params;
      await devices.remove(id, deviceId, actorOfKey(request));
      return reply.code(204).send(null);
    },
  );
}
