// The palette's list put together: commands that were named in full, then what was found, then other commands. Pure.
import type { SearchHit } from '#shared/desktop/search-contract.ts';
import type { FittingCommands, PaletteCommand } from './commands.ts';

export type PaletteItem =
  | { readonly kind: 'command'; readonly key: string; readonly command: PaletteCommand }
  | { readonly kind: SearchHit['kind']; readonly key: string; readonly hit: SearchHit };

export interface PaletteGroup {
  readonly name: 'person' | 'record' | 'note' | 'call' | 'command';
  readonly key: string;
  readonly items: readonly PaletteItem[];
}

const kinds = ['person', 'record', 'note', 'call'] as const;

export function paletteGroups(
  hits: readonly SearchHit[],
  dial: PaletteCommand | null,
  { first, rest }: FittingCommands,
): PaletteGroup[] {
  const group = (key: string, commands: readonly PaletteCommand[]): PaletteGroup => ({
    name: 'command',
    key,
    items: commands.map((command) => ({ kind: 'command', key: command.id, command })),
  });
  return [
    group('first', [...(dial ? [dial] : []), ...first]),
    ...kinds.map((kind) => ({
      name: kind,
      key: kind,
      items: hits
        .filter((hit) => hit.kind === kind)
        .map((hit): PaletteItem => ({ kind, key: `${kind}-${keyOf(hit)}`, hit })),
    })),
    group('rest', rest),
  ].filter(({ items }) => items.length > 0);
}

function keyOf(hit: SearchHit): string {
  switch (hit.kind) {
    case 'person':
      return hit.userId;
    case 'record':
      return hit.recordId;
    case 'note':
      return hit.noteId;
    case 'call':
      return hit.callId;
  }
}
