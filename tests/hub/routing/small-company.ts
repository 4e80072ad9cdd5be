// A company for tests of the pure parts of routing: two agents and one project, each as a test wants it.
import { type ProjectId, projectId, sipCallId, type UserId, userId } from '#shared/domain/ids.ts';
import type { CallRequest, RouteStep } from '../../../src-hub/exchange/exchange-ports.ts';
import type { Agent } from '../../../src-hub/routing/agent-choice.ts';
import type { CompanyView, RoutedProject, RoutedUser } from '../../../src-hub/routing/route-decision.ts';

export const ann = userId.parse('ann');
export const ben = userId.parse('ben');
export const cleo = userId.parse('cleo');
export const support = projectId.parse('support');
export const sales = projectId.parse('sales');

export const minuteMs = 60_000;
export const noonMs = Date.parse('2030-03-06T12:00:00Z');

export interface AnAgent extends Agent {
  readonly status: RoutedUser['status'];
  readonly open: readonly ProjectId[];
}

/** Free for five minutes; ann for ten. */
export const agent = (id: UserId, given: Partial<AnAgent> = {}): AnAgent => ({
  userId: id,
  extension: { ann: '201', ben: '202', cleo: '203' }[id as string] ?? '209',
  isPrimary: true,
  standing: 'free',
  idleSinceMs: id === ann ? noonMs - 10 * minuteMs : noonMs - 5 * minuteMs,
  status: 'available',
  open: [support],
  ...given,
});

export const project = (id: ProjectId, given: Partial<RoutedProject> = {}): RoutedProject => ({
  id,
  queueName: 'Erste Hilfe · 1',
  distribution: 'longestIdle',
  ringTimeoutMs: 20_000,
  onDecline: 'voicemail',
  mostWaiting: 2,
  longestWaitMs: 5 * minuteMs,
  overflow: { to: 'voicemail' },
  timeZone: 'Europe/Berlin',
  openingHours: [],
  holidays: [],
  ...given,
});

export interface SmallCompany {
  readonly agents?: readonly AnAgent[];
  readonly support?: Partial<RoutedProject>;
  readonly sales?: Partial<RoutedProject>;
  readonly nowMs?: number;
  readonly waiting?: number;
  readonly mayCallOutside?: boolean;
}

export function company(given: SmallCompany = {}): CompanyView {
  const agents = given.agents ?? [agent(ann), agent(ben)];
  const projects = [
    { numbers: ['+442079460100'], project: project(support, given.support) },
    { numbers: ['+442079460200'], project: project(sales, given.sales) },
  ];
  return {
    nowMs: () => given.nowMs ?? noonMs,
    projectByNumber: (number) => projects.find(({ numbers }) => numbers.includes(number))?.project ?? null,
    projectById: (id) => projects.find((each) => each.project.id === id)?.project ?? null,
    userByExtension: (extension) => agents.find((each) => each.extension === extension) ?? null,
    agentsOf: (id) => agents.filter(({ status, open }) => status === 'available' && open.includes(id)),
    waitingIn: () => given.waiting ?? 0,
    isOutside: (number) => number === '+442079460123',
    mayCallOutside: () => given.mayCallOutside ?? true,
  };
}

export const call = (
  requestUser: string,
  fromUser = 'trunk',
  transferredBy: string | null = null,
): CallRequest => ({
  sipCallId: sipCallId.parse('call-1'),
  fromUser,
  requestUser,
  callerNumber: '+12015550123',
  callerName: null,
  redirectedFrom: null,
  transferredBy,
});

/** `ring 201 202`, `ring voicemail project:support`, `wait`, `refuse 480`. */
export function inWords(step: RouteStep): string {
  if (step.kind === 'refuse') return `refuse ${step.status}`;
  if (step.kind === 'wait') return step.comfort ? `wait with ${step.comfort}` : 'wait';
  return ['ring', ...step.users, step.headers['X-Offhook-Mailbox']].filter(Boolean).join(' ');
}
