// Answers the directory's share of the desktop contract, and tells its events. Registered by compose.ts.
import type { peopleCommands } from '#shared/desktop/people-contract.ts';
import type { DesktopWire } from '../desktop-wire/desktop-wire.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { PeopleService } from './people-service.ts';

export function peopleHandlers(people: PeopleService): DomainHandlers<typeof peopleCommands> {
  return {
    'people.search': ({ text, limit }) => people.search(text, limit),
    'people.watch': ({ on }, { window }) => {
      people.watch(window, on);
      return null;
    },
  };
}

export function announcePeople(people: PeopleService, tell: DesktopWire['tell']): void {
  people.presenceChanged.on((news) => tell('people.presence', news));
  people.changed.on(() => tell('people.changed', null));
}
