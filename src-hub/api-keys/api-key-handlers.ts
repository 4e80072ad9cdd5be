// The commands on API keys.
import { requireActor } from '../audit/actor.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { ApiKeyService } from './api-key-service.ts';

type ApiKeyHandlers = Pick<HubHandlers, 'admin.apiKeys.list' | 'admin.apiKeys.add' | 'admin.apiKeys.remove'>;

export function apiKeyHandlers(apiKeys: ApiKeyService): ApiKeyHandlers {
  return {
    'admin.apiKeys.list': () => apiKeys.list(),
    'admin.apiKeys.add': (wanted, connection) => apiKeys.add(requireActor(connection), wanted),
    'admin.apiKeys.remove': async ({ id }, connection) => {
      await apiKeys.remove(requireActor(connection), id);
      return null;
    },
  };
}
