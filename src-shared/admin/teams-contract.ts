// Teams: groups of users that a supervisor sees together, and by which the directory is searched.
import { z } from 'zod';
import { teamId, userId } from '../domain/ids.ts';
import { command, nothing } from '../wire/contract.ts';

const version = z.number().int().nonnegative();
const name = z.string().trim().min(1).max(100);

export const adminTeam = z.strictObject({
  id: teamId,
  name: z.string(),
  memberIds: z.array(userId),
  version,
});
export type AdminTeam = z.output<typeof adminTeam>;

/** Everything of a team that a form sets. */
export const teamBody = z.strictObject({ name, memberIds: z.array(userId) });

/** Refused in common: 'notAllowed', 'noSuchTeam', 'nameTaken', 'noSuchUser', 'changedMeanwhile'. */
export const adminTeamCommands = {
  'admin.teams.list': command(nothing, z.array(adminTeam)),
  'admin.teams.add': command(teamBody, adminTeam),
  'admin.teams.change': command(teamBody.extend({ id: teamId, version }), adminTeam),
  'admin.teams.remove': command(z.strictObject({ id: teamId, version }), z.null()),
} as const;
