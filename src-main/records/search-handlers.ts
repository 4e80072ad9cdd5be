// Answers the search's share of the desktop contract. Registered by compose.ts.
import type { searchCommands } from '#shared/desktop/search-contract.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { SearchService } from './search-service.ts';

export function searchHandlers(search: SearchService): DomainHandlers<typeof searchCommands> {
  return { 'search.everything': ({ text, limit }) => search.everything(text, limit) };
}
