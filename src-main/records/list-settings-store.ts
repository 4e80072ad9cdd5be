// How each user likes each list on this computer: its columns and saved filters. Used by records-service.ts.
import { type ListName, type ListSettings, listSettings } from '#shared/desktop/records-contract.ts';
import type { UserId } from '#shared/domain/ids.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';

export interface ListSettingsStore {
  /** Null where nothing was set, or where it cannot be read any more. */
  read(userId: UserId, list: ListName): ListSettings | null;
  /** @throws SqliteError */
  keep(userId: UserId, list: ListName, settings: ListSettings): void;
}

export function openListSettingsStore({ sqlite, kysely }: DesktopDatabase): ListSettingsStore {
  const find = prepare<{ userId: UserId; list: ListName }>(sqlite).as((given) =>
    kysely
      .selectFrom('list_settings')
      .where('user_id', '=', given('userId'))
      .where('list', '=', given('list'))
      .select('settings'),
  );
  const put = prepare<{ userId: UserId; list: ListName; settings: string }>(sqlite).as((given) =>
    kysely
      .insertInto('list_settings')
      .values({ user_id: given('userId'), list: given('list'), settings: given('settings') })
      .onConflict((conflict) =>
        conflict.columns(['user_id', 'list']).doUpdateSet({ settings: given('settings') }),
      ),
  );
  return {
    read(userId, list) {
      const row = find.get({ userId, list });
      if (!row) return null;
      const settings = listSettings.safeParse(JSON.parse(row.settings));
      return settings.success ? settings.data : null;
    },
    keep(userId, list, settings) {
      put.run({ userId, list, settings: JSON.stringify(settings) });
    },
  };
}
