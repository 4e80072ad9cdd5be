// The directory on the desktop: found as one types, kept for when the hub is away, watched while a window looks.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LinkView } from '#shared/desktop/session-contract.ts';
import { projectId, userId } from '#shared/domain/ids.ts';
import type { People } from '#shared/domain/person.ts';
import { openDatabase } from '../../src-main/database/open.ts';
import { indexPeople, searchPeople } from '../../src-main/directory/people-search.ts';
import { createPeopleService, type PeopleParts } from '../../src-main/directory/people-service.ts';
import { openPeopleStore } from '../../src-main/directory/people-store.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/recording-log.ts';
import { testClock } from '../support/test-clock.ts';

const person = (displayName: string, extension: string, teams: string[] = []) => ({
  userId: userId.parse(`u-${extension}`),
  displayName,
  extension,
  teams,
});
const company = [
  person('Jörg Müller', '201', ['Support']),
  person('Anna Muller', '202', ['Sales']),
  person('Sam Okafor', '212', ['Second level']),
  person('Müzeyyen Weiß', '203', ['Support', 'Evenings']),
  person('Robin Samson', '220'),
];
const hotline = { projectId: projectId.parse('p1'), name: 'Harbour hotline', number: '+442079460166' };
const names = (text: string) =>
  searchPeople(indexPeople(company, [hotline]), text).people.map(({ displayName }) => displayName);

describe('the search', () => {
  it.each([
    ['müller', ['Anna Muller', 'Jörg Müller']],
    ['mueller', ['Jörg Müller']],
    ['MULLER jo', ['Jörg Müller']],
    ['joerg', ['Jörg Müller']],
    ['weiss', ['Müzeyyen Weiß']],
    ['support', ['Jörg Müller', 'Müzeyyen Weiß']],
    ['sam', ['Sam Okafor', 'Robin Samson']],
    ['21', ['Sam Okafor']],
    ['202', ['Anna Muller']],
    ['fo', ['Sam Okafor']],
    ['nobody', []],
    ['   ', ['Anna Muller', 'Jörg Müller', 'Müzeyyen Weiß', 'Robin Samson', 'Sam Okafor']],
  ])('for %j finds %j', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('finds projects by name and number', () => {
    const index = indexPeople(company, [hotline]);
    expect(searchPeople(index, 'hot').projects).toEqual([hotline]);
    expect(searchPeople(index, '+4420794').projects).toEqual([hotline]);
  });

  it('finds one among 5,000 who are called alike', () => {
    const many = Array.from({ length: 5_000 }, (_, at) =>
      person(`Jürgen Beispiel-${at}`, `${10_000 + at}`, ['Team']),
    );
    expect(searchPeople(indexPeople(many, []), 'juergen 4999').people).toHaveLength(1);
  });
});

async function desktop() {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-people-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = await openDatabase(path.join(folder, 'offhook.sqlite'));
  onTestFinished(() => database.close());
  const clock = testClock();
  const asked: string[] = [];
  const heard = new Map<string, (payload: never) => void>();
  let link: LinkView = { state: 'online', sinceMs: 0, retryAtMs: null, reason: null };
  let linkChanged: (view: LinkView) => void = () => undefined;
  const people: People = {
    people: company,
    presences: company.map(({ userId: id }) => ({
      userId: id,
      status: 'available',
      labelId: null,
      sinceMs: 0,
      activity: 'free',
      activitySinceMs: 0,
      reachable: true,
    })),
    projects: [hotline],
  };
  const hub: PeopleParts['hub'] = {
    call: (async (name: string, request: unknown) => {
      asked.push(`${name} ${JSON.stringify(request)}`);
      return name === 'people.get' ? people : null;
    }) as PeopleParts['hub']['call'],
    on: (name, listener) => void heard.set(name, listener as never),
    onChanged(listener) {
      linkChanged = listener;
      return () => undefined;
    },
    view: () => link,
  };
  const make = () =>
    createPeopleService({
      store: openPeopleStore(database),
      hub,
      directory: {
        parseTarget: (text) =>
          /^\+?\d+$/.test(text)
            ? {
                target: text,
                remote: {
                  number: text,
                  display: text,
                  name: null,
                  recordId: null,
                  recordKind: null,
                  withheld: false,
                },
              }
            : null,
      },
      clock,
      random: () => 0.5,
      me: () => ({ userId: userId.parse('u-201'), mayCallOutside: false }),
      log: recordingLog(),
    });
  const service = make();
  return {
    service,
    make,
    clock,
    asked,
    tell: (name: string, payload: unknown) => heard.get(name)?.(payload as never),
    become(state: LinkView['state']) {
      link = { ...link, state };
      linkChanged(link);
    },
  };
}

describe('the directory', () => {
  it('is asked for at sign-in, leaves oneself out, and follows presence', async () => {
    const { service, tell } = await desktop();
    service.userChanged();
    await eventually('it is there', () => service.search('', 50).people.length === 4);
    expect(service.at('212')).toEqual({ name: 'Sam Okafor', kind: 'person' });
    expect(service.at('+442079460166')).toEqual({ name: 'Harbour hotline', kind: 'project' });
    const [sam] = service.search('okafor', 1).people;
    tell('people.presence', [{ ...sam?.presence, activity: 'onCall' }]);
    expect(service.search('okafor', 1).people[0]?.presence?.activity).toBe('onCall');
  });

  it('is still there where the hub is away, after a start too, and claims no presence then', async () => {
    const { service, make, become } = await desktop();
    service.userChanged();
    await eventually('it is there', () => service.search('', 50).live);
    become('offline');
    expect(service.search('okafor', 1)).toMatchObject({ live: false, people: [{ presence: null }] });
    expect(make().search('okafor', 1)).toMatchObject({
      live: false,
      people: [{ displayName: 'Sam Okafor' }],
    });
  });

  it('offers a number that is nobody’s, and says where it may not be called', async () => {
    const { service } = await desktop();
    service.userChanged();
    await eventually('it is there', () => service.search('', 50).live);
    expect(service.search('+4915112345', 5).number).toEqual({
      target: '+4915112345',
      display: '+4915112345',
      allowed: false,
    });
    expect(service.search('600', 5).number).toMatchObject({ allowed: true });
    expect(service.search('212', 5).number).toBeNull();
  });

  it('is watched while any window looks, and no longer than one that died without a word', async () => {
    const { service, asked, clock } = await desktop();
    const watches = () => asked.filter((each) => each.startsWith('people.watch'));
    service.watch('callBox', true);
    service.watch('agent', true);
    service.watch('agent', false);
    expect(watches()).toEqual(['people.watch {"on":true}']);
    clock.pass(119_000);
    service.watch('callBox', true);
    clock.pass(119_000);
    expect(watches()).toHaveLength(1);
    clock.pass(2_000);
    expect(watches()).toEqual(['people.watch {"on":true}', 'people.watch {"on":false}']);
  });
});
