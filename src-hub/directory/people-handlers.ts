// The commands on the directory: asking for it, and being told of presence while one looks.
import type { HubConnection } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { PeopleService } from './people-service.ts';

export function peopleHandlers(parts: {
  people: PeopleService;
  watch(connection: HubConnection, on: boolean): void;
}): Pick<HubHandlers, 'people.get' | 'people.watch'> {
  return {
    'people.get': () => parts.people.now(),
    'people.watch': ({ on }, connection) => {
      parts.watch(connection, on);
      return null;
    },
  };
}
