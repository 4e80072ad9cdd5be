// REST on projects: everything that the admin window's form sets. Dispositions are the admin window's.
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type AdminProject, adminProject, projectSettings } from '#shared/admin/projects-contract.ts';
import { projectId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { ProjectChanges } from '../projects/project-changes.ts';
import { problem } from './problems.ts';
import { actorOfKey, operation } from './rest-door.ts';
import { changeRefusals, ifMatchHeader, seenVersion, tag } from './versions.ts';

const params = z.object({ projectId });

export function projectRoutes(app: FastifyInstance, projects: ProjectChanges): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const get = (id: z.output<typeof projectId>): AdminProject => {
    const project = projects.list('all').find((each) => each.id === id);
    if (!project) throw new CommandFailed('noSuchProject', 'There is no such project.');
    return project;
  };
  const versionNow = (id: z.output<typeof projectId>) => async () => get(id).version;

  typed.get(
    '/projects',
    operation('listProjects', 'All projects', {
      response: { 200: z.object({ projects: z.array(adminProject) }) },
    }),
    async () => ({ projects: projects.list('all') }),
  );
  typed.get(
    '/projects/:projectId',
    operation('getProject', 'One project', { params, response: { 200: adminProject, 404: problem } }),
    async (request, reply) => {
      const project = get(request.params.projectId);
      return tag(reply, project.version, project);
    },
  );
  typed.post(
    '/projects',
    operation('addProject', 'Makes a project', {
      body: projectSettings,
      response: { 201: adminProject, 409: problem, 422: problem },
    }),
    async (request, reply) => {
      const project = await projects.add(actorOfKey(request), request.body);
      reply.code(201).header('location', `/api/v1/projects/${encodeURIComponent(project.id)}`);
      return tag(reply, project.version, project);
    },
  );
  typed.put(
    '/projects/:projectId',
    operation('changeProject', 'Changes a project; all of its settings at once', {
      params,
      headers: ifMatchHeader,
      body: projectSettings,
      response: { 200: adminProject, ...changeRefusals },
    }),
    async (request, reply) => {
      const { projectId: id } = request.params;
      const version = await seenVersion(request, versionNow(id));
      const project = await projects.change(actorOfKey(request), id, version, request.body);
      return tag(reply, project.version, project);
    },
  );
  typed.delete(
    '/projects/:projectId',
    operation('removeProject', 'Removes a project; its numbers are free again', {
      params,
      headers: ifMatchHeader,
      response: { 204: z.null(), ...changeRefusals },
    }),
    async (request, reply) => {
      const { projectId: id } = request.params;
      await projects.remove(actorOfKey(request), id, await seenVersion(request, versionNow(id)));
      return reply.code(204).send(null);
    },
  );
}
