// The sentences on the real thing: hub, presence, stores and exchange with real sockets, and people who do what
// they like in any order. No agent is offered two calls, none who is not available, no caller waits while an eligible
// agent is free, each offer and each call ends with one outcome. OFFHOOK_ROUTING_RUNS=200 runs longer, OFFHOOK_ROUTING_SEED
// repeats one. tests/hub/routing/routing-model.test.ts runs the router alone, many times over.
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { openHubDatabase } from '../../src-hub/database/open-database.ts';
import { startTestHub, temporaryFolder } from '../hub/support.ts';
import { eventually } from '../support/eventually.ts';
import { seedCompany } from '../support/seed-company.ts';
import { CompanyAtWork } from './routing-company.ts';

const runs = Number(process.env.OFFHOOK_ROUTING_RUNS ?? 4);
const seed = process.env.OFFHOOK_ROUTING_SEED;
const ringTimeoutMs = 600;
const statuses = ['available', 'available', 'away', 'busy'] as const;
const slowMs = 60_000 + runs * 5_000;

const step = fc.record({
  what: fc.constantFrom(
    'arrives',
    'arrives',
    'arrives',
    'answers',
    'answers',
    'declines',
    'rejects',
    'ignores',
    'givesUp',
    'hangsUp',
    'hangsUp',
    'finishes',
    'finishes',
    'status',
    'opens',
    'leaves',
    'comesBack',
    'ringsOut',
  ),
  who: fc.nat({ max: 11 }),
  which: fc.nat({ max: 11 }),
});

async function play(
  work: CompanyAtWork,
  { what, who, which }: typeof step extends fc.Arbitrary<infer T> ? T : never,
) {
  const agent = work.agents[who % work.agents.length];
  if (!agent) return;
  const rung = work.agents.flatMap((each) => [...each.ringing.values()].map((offer) => ({ each, offer })));
  const offered = rung[which % Math.max(1, rung.length)];
  const seeking = work.live().filter(({ final }) => final === null);
  const talking = work.live().filter(({ final }) => final === 200);
  const sought = seeking[which % Math.max(1, seeking.length)];
  const talked = talking[which % Math.max(1, talking.length)];
  switch (what) {
    case 'arrives':
      return work.arrives(which);
    case 'answers':
      if (offered) await work.answers(offered.each, offered.offer);
      return;
    case 'declines':
    case 'rejects':
      if (!offered) return;
      offered.each.ringing.delete(offered.offer.callId);
      offered.offer.reply(what === 'declines' ? 603 : 486);
      return offered.each.phone.settled();
    case 'ignores': {
      if (!offered) return;
      const sipCallId = offered.offer.callId as never;
      await offered.each.desktop.client.call('offers.ignore', { sipCallId });
      return;
    }
    case 'givesUp':
      if (sought) await work.givesUp(sought);
      return;
    case 'hangsUp':
      if (talked) await work.hangsUp(talked);
      return;
    case 'finishes':
      if (agent.doing !== 'wrappingUp' || !agent.isThere) return;
      agent.doing = 'nothing';
      return agent.report();
    case 'status':
      if (agent.isThere) await agent.become(statuses[which % statuses.length] ?? 'away');
      return;
    case 'opens': {
      const [one, other] = agent.user.projectIds;
      if (!agent.isThere || !one || !other) return;
      return agent.opens([[one], [other, one], []][which % 3] ?? []);
    }
    case 'leaves':
      if (agent.isThere && agent.doing === 'nothing') agent.leave();
      return;
    case 'comesBack':
      if (!agent.isThere) await agent.comeBack();
      return;
    case 'ringsOut':
      if (offered && which % 4 === 0)
        await eventually('it has rung long enough', () => !offered.each.ringing.has(offered.offer.callId));
  }
}

/** The one that waits though somebody could have it, or null. */
function neglected(work: CompanyAtWork): string | null {
  const call = work
    .live()
    .find(
      ({ told, final, projectId, offeredTo }) =>
        told === 'waits' &&
        final === null &&
        work.agents.some((agent) => !offeredTo.has(agent) && agent.mustBeOffered(projectId)),
    );
  return call ? `${call.call.callId} waits though somebody is free` : null;
}

async function everybodyAvailable(work: CompanyAtWork): Promise<void> {
  for (const agent of work.agents) {
    if (!agent.isThere) await agent.comeBack();
    agent.doing = 'nothing';
    await agent.report();
    await agent.opens(agent.user.projectIds);
    await agent.become('available');
  }
}

async function endAll(work: CompanyAtWork): Promise<void> {
  for (const call of work.live()) {
    if (call.final === null) await work.givesUp(call);
    if (call.final === 200 && !call.over) await work.hangsUp(call);
  }
  await eventually('nothing rings any more', () => work.agents.every(({ ringing }) => ringing.size === 0));
}

it(
  'TEAM-7 TEAM-10 CALL-19: on a hub at work each call goes to one free agent who is available, and ends one way',
  async () => {
    const dataDirectory = await temporaryFolder();
    const place = { sqlite: join(dataDirectory, 'hub.sqlite') };
    const company = await seedCompany(
      place,
      { agents: 4, callers: 6, projects: 2 },
      { ringTimeoutMs, mostWaiting: 3, longestWaitMs: 20_000 },
    );
    const hub = await startTestHub({ dataDirectory, practice: false });
    const work = await CompanyAtWork.start(hub, company);
    const db = await openHubDatabase(place);
    onTestFinished(() => db.destroy());

    const seen = { calls: 0, offers: 0, answered: 0, waited: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 50 }), async (steps) => {
        await everybodyAvailable(work);
        work.calls.length = 0;
        work.wrong.length = 0;
        for (const each of steps) {
          await play(work, each);
          await eventually('nobody waits while one is free', () => {
            const waits = neglected(work);
            if (waits) throw new Error(waits);
            return true;
          });
          expect(work.wrong).toEqual([]);
          seen.waited += work.live().filter(({ told, final }) => told === 'waits' && final === null).length;
        }
        await endAll(work);
        expect(work.wrong).toEqual([]);
        await eventually('every outcome is kept', async () => {
          const calls = await db
            .selectFrom('routed_call')
            .select(['sip_call_id', 'outcome', 'answered_by'])
            .execute();
          const offers = await db.selectFrom('offer').select(['sip_call_id', 'user_id', 'outcome']).execute();
          for (const { call, final, answeredBy, offeredTo } of work.calls) {
            const kept = calls.find(({ sip_call_id }) => sip_call_id === call.callId);
            const ends =
              final === 487
                ? ['abandoned']
                : final === 200
                  ? [answeredBy ? 'answered' : 'voicemail']
                  : ['refused'];
            expect(ends).toContain(kept?.outcome);
            expect(kept?.answered_by ?? null).toBe(answeredBy?.user.userId ?? null);
            const ended = offers.filter(({ sip_call_id }) => sip_call_id === call.callId);
            expect(ended.filter(({ outcome }) => outcome === 'ringing')).toEqual([]);
            expect(ended.filter(({ outcome }) => outcome === 'answered')).toHaveLength(answeredBy ? 1 : 0);
            for (const { user } of offeredTo)
              expect(ended.map(({ user_id }) => user_id as string)).toContain(user.userId);
          }
          return true;
        });
        expect(hub.log.errors()).toEqual([]);
        for (const { offeredTo, answeredBy } of work.calls) {
          seen.calls += 1;
          seen.offers += offeredTo.size;
          if (answeredBy) seen.answered += 1;
        }
      }),
      { numRuns: runs, endOnFailure: true, ...(seed ? { seed: Number(seed) } : {}) },
    );
    // It is no model of an empty company.
    if (process.env.OFFHOOK_ROUTING_RUNS) console.log(seen);
    expect(Math.min(seen.calls, seen.offers, seen.answered)).toBeGreaterThan(0);
  },
  slowMs,
);
