// REST on teams.
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { adminTeam, teamBody } from '#shared/admin/teams-contract.ts';
import { teamId } from '#shared/domain/ids.ts';
import type { TeamService } from '../teams/team-service.ts';
import { problem } from './problems.ts';
import { actorOfKey, operation } from './rest-door.ts';
import { changeRefusals, ifMatchHeader, seenVersion, tag } from './versions.ts';

const params = z.object({ teamId });

export function teamRoutes(app: FastifyInstance, teams: TeamService): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const versionNow = (id: z.output<typeof teamId>) => async () => (await teams.get(id)).version;

  typed.get(
    '/teams',
    operation('listTeams', 'All teams', { response: { 200: z.object({ teams: z.array(adminTeam) }) } }),
    async () => ({ teams: await teams.list('all') }),
  );
  typed.get(
    '/teams/:teamId',
    operation('getTeam', 'One team', { params, response: { 200: adminTeam, 404: problem } }),
    async (request, reply) => {
      const team = await teams.get(request.params.teamId);
      return tag(reply, team.version, team);
    },
  );
  typed.post(
    '/teams',
    operation('addTeam', 'Makes a team', {
      body: teamBody,
      response: { 201: adminTeam, 409: problem, 422: problem },
    }),
    async (request, reply) => {
      const team = await teams.add(request.body, actorOfKey(request));
      reply.code(201).header('location', `/api/v1/teams/${encodeURIComponent(team.id)}`);
      return tag(reply, team.version, team);
    },
  );
  typed.put(
    '/teams/:teamId',
    operation('changeTeam', 'Changes a team, members included', {
      params,
      headers: ifMatchHeader,
      body: teamBody,
      response: { 200: adminTeam, ...changeRefusals },
    }),
    async (request, reply) => {
      const { teamId: id } = request.params;
      const version = await seenVersion(request, versionNow(id));
      const team = await teams.change({ ...request.body, id, version }, actorOfKey(request));
      return tag(reply, team.version, team);
    },
  );
  typed.delete(
    '/teams/:teamId',
    operation('removeTeam', 'Removes a team; its people stay', {
      params,
      headers: ifMatchHeader,
      response: { 204: z.null(), ...changeRefusals },
    }),
    async (request, reply) => {
      const { teamId: id } = request.params;
      await teams.remove(id, await seenVersion(request, versionNow(id)), actorOfKey(request));
      return reply.code(204).send(null);
    },
  );
}
