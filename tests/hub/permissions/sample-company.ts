// A company for the tests of permissions: the practice hub's, with a team, a project and a person that its supervisor
// belongs to or sees, and a team, a project and a person that they do not.

import { sampleProject } from '../../../src-hub/practice/sample-company.ts';
import {
  admin,
  type Credentials,
  clerk,
  signInDesktop,
  startTestHub,
  superAdmin,
  type TestHub,
} from '../support.ts';
import type { Target } from './every-request.ts';

export type SignedIn = Awaited<ReturnType<typeof signInDesktop>>;

export interface SampleCompany {
  readonly hub: TestHub;
  readonly boss: SignedIn;
  readonly own: Target;
  readonly other: Target;
}

export const people: Readonly<Record<'clerk' | 'admin' | 'superAdmin', Credentials>> = {
  clerk,
  admin,
  superAdmin,
};

export async function sampleCompany(): Promise<SampleCompany> {
  const hub = await startTestHub();
  const boss = await signInDesktop(hub, superAdmin, 'boss');
  const { client } = boss;
  const users = await client.call('admin.users.list', null);
  const idOf = (username: string) =>
    users.find((each) => each.username === username)?.userId ?? ('' as never);
  const stranger = await client.call('admin.users.add', {
    firstName: 'Stranger',
    lastName: 'Elsewhere',
    username: 'stranger',
    email: null,
    password: 'seven herons over the weir',
    accountType: 'clerk',
    mustChangePassword: false,
    secondFactorDue: false,
    mayCallOutside: false,
  });
  const projects = await client.call('admin.projects.list', null);
  const northwind = projects.find(({ id }) => id === sampleProject.id);
  if (!northwind) throw new Error('The practice hub has no project');
  const ownTeam = await client.call('admin.teams.add', { name: 'Own', memberIds: [idOf('admin')] });
  const otherTeam = await client.call('admin.teams.add', { name: 'Other', memberIds: [stranger.userId] });
  const elsewhere = await client.call('admin.projects.add', {
    settings: { ...northwind.settings, name: 'Elsewhere', numbers: [], memberIds: [stranger.userId] },
  });
  return {
    hub,
    boss,
    own: {
      teamId: ownTeam.id,
      projectId: northwind.id,
      settings: northwind.settings,
      userId: idOf('clerk2'),
    },
    other: {
      teamId: otherTeam.id,
      projectId: elsewhere.id,
      settings: elsewhere.settings,
      userId: stranger.userId,
    },
  };
}
