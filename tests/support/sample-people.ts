// A company's directory for windows in tests and pictures: people in every standing, long names, projects.

import type { FoundPeople } from '#shared/desktop/people-contract.ts';
import { projectId, userId } from '#shared/domain/ids.ts';
import type { CallableProject, Person, PersonPresence } from '#shared/domain/person.ts';
import { indexPeople, searchPeople } from '../../src-main/directory/people-search.ts';

const minuteMs = 60_000;

type Sample = readonly [
  name: string,
  extension: string,
  teams: string[],
  Partial<PersonPresence>,
  minutes: number,
];

const samples: readonly Sample[] = [
  ['Sam Okafor', '203', ['Support'], {}, 25],
  ['Jörg Müller-Lüdenscheidt', '204', ['Support', 'Second level'], { activity: 'onCall' }, 4],
  ['Priya Raman', '205', ['Deliveries'], { status: 'away' }, 12],
  ['Nora Weiß', '206', ['Deliveries'], { status: 'busy' }, 190],
  ['Tom Baker', '207', [], { status: 'offline' }, 600],
  [
    'Anastasia Konstantinopolitanska',
    '208',
    ['Complaints and returns, North-East'],
    { activity: 'wrapUp' },
    1,
  ],
  ['Lena Fischer', '209', ['Support'], { reachable: false }, 40],
];

const people: readonly Person[] = samples.map(([displayName, extension, teams]) => ({
  userId: userId.parse(`person-${extension}`),
  displayName,
  extension,
  teams,
}));

const projects: readonly CallableProject[] = [
  { projectId: projectId.parse('p-returns'), name: 'Returns desk', number: '+442079460155' },
  { projectId: projectId.parse('p-harbour'), name: 'Harbour & Pine hotline', number: '+442079460166' },
];

const index = indexPeople(people, projects);

export function foundIn(text: string): FoundPeople {
  const found = searchPeople(index, text);
  const nowMs = Date.now();
  const digits = text.replace(/[\s()-]/g, '');
  return {
    people: found.people.map((person) => {
      const sample = samples.find(([, extension]) => extension === person.extension);
      const sinceMs = nowMs - (sample?.[4] ?? 0) * minuteMs;
      const presence: PersonPresence = {
        userId: person.userId,
        status: 'available',
        labelId: null,
        sinceMs,
        activity: 'free',
        activitySinceMs: sinceMs,
        reachable: true,
        ...sample?.[3],
      };
      return { ...person, presence };
    }),
    projects: [...found.projects],
    peopleInAll: found.people.length,
    number: /^\+?\d{5,}$/.test(digits) ? { target: digits, display: text.trim(), allowed: true } : null,
    live: true,
  };
}
