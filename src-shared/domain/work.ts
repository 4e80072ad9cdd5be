// What a signed-in agent works with: their projects, which of them are open, the dispositions and statuses to choose
// from. The hub tells it at sign-in and whenever any of it changes.
import { z } from 'zod';
import { callFormOfProject } from './call-form.ts';
import { disposition, project } from './disposition.ts';
import { projectId } from './ids.ts';
import { statusLabel } from './presence.ts';

/** TEAM-6: calls come from open projects only, from the primary one first. */
export const openProjects = z.strictObject({
  /** Null where none is open yet: the agent is asked after signing in. */
  primaryId: projectId.nullable(),
  secondaryIds: z.array(projectId),
});
export type OpenProjects = z.output<typeof openProjects>;

export const work = z.strictObject({
  /** All that the agent is a member of. */
  projects: z.array(project),
  open: openProjects,
  dispositions: z.array(disposition),
  /** One for each of the projects. */
  callForms: z.array(callFormOfProject),
  statuses: z.array(statusLabel),
  /** May call and transfer to numbers outside the company. */
  mayCallOutside: z.boolean(),
});
export type Work = z.output<typeof work>;
