// REST on users. A password goes in and never comes out.
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { adminUser, newUser, userChange } from '#shared/admin/users-contract.ts';
import { userId } from '#shared/domain/ids.ts';
import type { UserService } from '../users/user-service.ts';
import { problem } from './problems.ts';
import { actorOfKey, operation } from './rest-door.ts';
import { changeRefusals, ifMatchHeader, seenVersion, tag } from './versions.ts';

const params = z.object({ userId });
const ofUser = { params, headers: ifMatchHeader, response: { 200: adminUser, ...changeRefusals } };

export function userRoutes(app: FastifyInstance, users: UserService): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const versionNow = (id: z.output<typeof userId>) => async () => (await users.get(id)).version;

  typed.get(
    '/users',
    operation('listUsers', 'All users', { response: { 200: z.object({ users: z.array(adminUser) }) } }),
    async () => ({ users: await users.list('all') }),
  );
  typed.get(
    '/users/:userId',
    operation('getUser', 'One user', { params, response: { 200: adminUser, 404: problem } }),
    async ({ params: { userId: id } }, reply) => {
      const user = await users.get(id);
      return tag(reply, user.version, user);
    },
  );
  typed.post(
    '/users',
    operation('addUser', 'Makes a user, who at once has a working extension', {
      body: newUser,
      response: { 201: adminUser, 409: problem, 422: problem },
    }),
    async (request, reply) => {
      const user = await users.add(request.body, actorOfKey(request));
      reply.code(201).header('location', `/api/v1/users/${encodeURIComponent(user.userId)}`);
      return tag(reply, user.version, user);
    },
  );
  typed.put(
    '/users/:userId',
    operation('changeUser', 'Changes a user', {
      ...ofUser,
      body: userChange.omit({ userId: true, version: true }),
    }),
    async (request, reply) => {
      const { userId: id } = request.params;
      const version = await seenVersion(request, versionNow(id));
      const user = await users.change({ ...request.body, userId: id, version }, actorOfKey(request));
      return tag(reply, user.version, user);
    },
  );
  for (const [name, verb, disabled, summary] of [
    [
      'disableUser',
      'disable',
      true,
      'Signs a user out everywhere and lets nobody in; the extension rings no more',
    ],
    ['enableUser', 'enable', false, 'Lets a disabled user in again'],
  ] as const) {
    typed.post(`/users/:userId/${verb}`, operation(name, summary, ofUser), async (request, reply) => {
      const { userId: id } = request.params;
      const version = await seenVersion(request, versionNow(id));
      const user = await users.setDisabled({ userId: id, version, disabled }, actorOfKey(request), null);
      return tag(reply, user.version, user);
    });
  }
}
