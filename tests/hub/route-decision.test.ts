// The routing table, case by case: who is rung, then what, and who is told that they missed something.
import { describe, expect, it } from 'vitest';
import { projectId, sipCallId, userId } from '#shared/domain/ids.ts';
import type { CallRequest, RouteStep } from '../../src-hub/exchange/exchange-ports.ts';
import {
  type Company,
  decideRoute,
  plainNumber,
  type RoutedUser,
} from '../../src-hub/routing/route-decision.ts';

const ann = userId.parse('ann');
const ben = userId.parse('ben');
const support = projectId.parse('support');

const user = (id: typeof ann, extension: string, given: Partial<RoutedUser> = {}): RoutedUser => ({
  userId: id,
  extension,
  status: 'available',
  activity: 'free',
  liveBindings: 1,
  devices: { awake: 1, fallingAsleep: 0, anyAsleep: false },
  ...given,
});

const company = (annIs: Partial<RoutedUser> = {}, benIs: Partial<RoutedUser> = {}): Company => ({
  users: [user(ann, '201', annIs), user(ben, '202', benIs)],
  projects: [
    {
      id: support,
      queueName: 'Erste Hilfe · 1',
      numbers: ['+442079460100'],
      members: [ann, ben],
      ringTimeoutMs: 20_000,
    },
  ],
  practiceNumbers: ['+442079460123'],
});

const call = (requestUser: string, fromUser = 'trunk'): CallRequest => ({
  sipCallId: sipCallId.parse('call-1'),
  fromUser,
  requestUser,
  callerNumber: '+12015550123',
  callerName: null,
  redirectedFrom: null,
  transferredBy: null,
});

/** `ring 201 202`, `ring voicemail project:support`, `refuse 480`. */
const inWords = (step: RouteStep): string => {
  if (step.kind === 'refuse') return `refuse ${step.status}`;
  return ['ring', ...step.users, step.headers['X-Offhook-Mailbox']].filter(Boolean).join(' ');
};
const stepsOf = (called: string, now: Company, fromUser?: string) =>
  decideRoute(call(called, fromUser), now).steps.map(inWords);

const asleep = { devices: { awake: 0, fallingAsleep: 1, anyAsleep: true } };
const gone = { liveBindings: 0, devices: { awake: 0, fallingAsleep: 0, anyAsleep: false } };
const toVoicemail = ['ring voicemail project:support', 'refuse 480'];

describe("a call to a project's number", () => {
  it.each<[string, Company, string[]]>([
    ['rings all who are available and free', company(), ['ring 201 202', ...toVoicemail]],
    ['leaves out who is away', company({ status: 'away' }), ['ring 202', ...toVoicemail]],
    ['leaves out who is busy', company({ status: 'busy' }), ['ring 202', ...toVoicemail]],
    ['leaves out who is offline', company({ status: 'offline' }), ['ring 202', ...toVoicemail]],
    ['leaves out who was made inactive', company({ status: 'inactive' }), ['ring 202', ...toVoicemail]],
    ['leaves out who is on a call', company({ activity: 'onCall' }), ['ring 202', ...toVoicemail]],
    ['leaves out who is in wrap-up', company({ activity: 'wrapUp' }), ['ring 202', ...toVoicemail]],
    ['leaves out who has no device', company(gone), ['ring 202', ...toVoicemail]],
    ['leaves out whose only device falls asleep', company(asleep), ['ring 202', ...toVoicemail]],
    ['goes to voicemail at once where nobody is free', company({ activity: 'onCall' }, gone), toVoicemail],
  ])('%s', (_, now, steps) => {
    expect(stepsOf('+442079460100', now)).toEqual(steps);
  });

  it('rings for the time of the project, and names project and queue in headers', () => {
    const [ring] = decideRoute(call('+442079460100'), company()).steps;
    expect(ring).toEqual({
      kind: 'ring',
      users: ['201', '202'],
      ringTimeoutMs: 20_000,
      headers: { 'X-Offhook-Project': 'support', 'X-Offhook-Queue': 'Erste%20Hilfe%20%C2%B7%201' },
    });
  });

  it('does not ring the agent who dials it', () => {
    expect(stepsOf('+442079460100', company(), '201')).toEqual(['ring 202', ...toVoicemail]);
  });

  it('still rings a user whose other device sleeps', () => {
    const laptopSleeps = { liveBindings: 2, devices: { awake: 1, fallingAsleep: 1, anyAsleep: true } };
    expect(stepsOf('+442079460100', company(laptopSleeps))[0]).toBe('ring 201 202');
    const onlyForeignPhone = { liveBindings: 1, devices: { awake: 0, fallingAsleep: 0, anyAsleep: true } };
    expect(stepsOf('+442079460100', company(onlyForeignPhone))[0]).toBe('ring 201 202');
  });

  it('is found however its number is written', () => {
    for (const written of ['+44 20 7946 0100', '00442079460100', '+44(20)7946-0100']) {
      expect(decideRoute(call(written), company()).destination).toBe('project');
    }
  });

  it('is missed by those who are available but cannot see it, with the reason; not by those who chose', () => {
    const missedBy = (now: Company) => decideRoute(call('+442079460100'), now).unseen;
    expect(missedBy(company(gone, asleep))).toEqual([
      { userId: ann, reason: 'noDevice' },
      { userId: ben, reason: 'asleep' },
    ]);
    expect(missedBy(company({ ...gone, status: 'away' }, { activity: 'onCall' }))).toEqual([]);
  });
});

describe('a call to an extension', () => {
  const rings = ['ring 201', 'ring voicemail user:ann', 'refuse 480'];
  const voicemail = ['ring voicemail user:ann', 'refuse 480'];
  it.each<[string, Partial<RoutedUser>, string[], string[]]>([
    ['rings when Available', {}, rings, []],
    ['rings when Away', { status: 'away' }, rings, []],
    ['goes to voicemail when Busy', { status: 'busy' }, voicemail, []],
    ['goes to voicemail when Offline', { status: 'offline' }, voicemail, []],
    ['goes to voicemail when Inactive', { status: 'inactive' }, voicemail, []],
    ['goes to voicemail on another call', { activity: 'onCall' }, voicemail, ['onAnotherCall']],
    ['goes to voicemail in wrap-up', { activity: 'wrapUp' }, voicemail, ['onAnotherCall']],
    ['goes to voicemail without a device', gone, voicemail, ['noDevice']],
    ['goes to voicemail while asleep', asleep, voicemail, ['asleep']],
  ])('%s', (_, annIs, steps, missed) => {
    const decision = decideRoute(call('201', '202'), company(annIs));
    expect(decision.steps.map(inWords)).toEqual(steps);
    expect(decision.unseen.map(({ reason }) => reason)).toEqual(missed);
  });

  it('of one’s own is refused as busy', () => {
    expect(stepsOf('201', company(), '201')).toEqual(['refuse 486']);
  });
});

describe('any other call', () => {
  it('to 600 reaches the echo test', () => {
    expect(stepsOf('600', company(), '201')).toEqual(['ring echo', 'refuse 480']);
  });

  it('to a sample number reaches the person behind the practice trunk, but never from that trunk', () => {
    expect(stepsOf('+44 20 7946 0123', company(), '201')).toEqual(['ring trunk', 'refuse 480']);
    expect(stepsOf('+442079460123', company(), 'trunk')).toEqual(['refuse 404']);
  });

  it('to an unknown number is refused with the reason: there is no outside line', () => {
    const { steps, destination } = decideRoute(call('+4930901820', '201'), company());
    expect(destination).toBe('nowhere');
    expect(steps).toEqual([
      { kind: 'refuse', status: 404, reason: expect.stringContaining('no outside line') },
    ]);
  });

  it.each(['112', '911', '999', '110', '1-1-2'])(
    'to the emergency number %s is refused clearly, never answered',
    (number) => {
      const now = { ...company(), practiceNumbers: [number], users: [user(ann, number)] };
      const { steps, destination } = decideRoute(call(number, '202'), now);
      expect(destination).toBe('emergency');
      expect(steps).toEqual([{ kind: 'refuse', status: 404, reason: expect.stringContaining('emergency') }]);
    },
  );

  it('always ends in a refusal, so that a route never runs out of steps', () => {
    for (const called of ['+442079460100', '201', '600', '+442079460123', '112', 'nobody', '']) {
      expect(decideRoute(call(called, '202'), company()).steps.at(-1)?.kind).toBe('refuse');
    }
  });
});

describe('a number in any way of writing', () => {
  it.each([
    ['+44 (20) 7946-0100', '+442079460100'],
    ['0044 20 7946 0100', '+442079460100'],
    ['00', '00'],
    ['000', '000'],
    ['201', '201'],
    ['*97', '*97'],
  ])('%s is %s', (written, plain) => {
    expect(plainNumber(written)).toBe(plain);
  });
});
