// Columns and saved filters of a list, as this person left them on this computer.
import { useCallback, useState } from 'react';
import type { ListName, ListSettings } from '#shared/desktop/records-contract.ts';
import { useClient, useCommand } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';

export interface ListSettingsControl {
  /** Undefined until main has said. */
  readonly settings: ListSettings | undefined;
  change(change: Partial<ListSettings>): void;
  readonly refusal: string | null;
}

export function useListSettings(list: ListName): ListSettingsControl {
  const client = useClient();
  const asked = useAsked(useCallback(() => client.call('records.listSettings', { list }), [client, list]));
  const keep = useCommand('records.setListSettings');
  // Shown at once; main keeps it.
  const [changed, setChanged] = useState<ListSettings>();
  const settings = changed ?? asked.answer;
  return {
    settings,
    change(change) {
      if (!settings) return;
      const next = { ...settings, ...change };
      setChanged(next);
      void keep.run({ list, settings: next });
    },
    refusal: asked.refusal ?? keep.refusal,
  };
}
