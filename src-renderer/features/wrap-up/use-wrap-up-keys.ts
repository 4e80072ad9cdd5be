// The keys of the wrap-up: a digit chooses a disposition (with Alt in the note), Ctrl+Enter saves.
import type { Disposition } from '#shared/domain/disposition.ts';
import type { DispositionId } from '#shared/domain/ids.ts';
import { isTyping, plainKey, useWindowKeys } from '../../parts/keyboard.ts';
import { isStillTyping } from '../../parts/typing-guard.ts';

export interface WrapUpKeys {
  readonly dispositions: readonly Disposition[];
  onChoose(id: DispositionId): void;
  onSave(): void;
}

/** Null where nothing is to be wrapped up. */
export function useWrapUpKeys(keys: WrapUpKeys | null): void {
  useWindowKeys((event) => {
    if (!keys) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      keys.onSave();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.repeat) return;
    if (!event.altKey && (isTyping(event.target) || isStillTyping())) return;
    const key = plainKey(event);
    const chosen = keys.dispositions.find((each) => each.key !== null && each.key === key);
    if (!chosen) return;
    event.preventDefault();
    keys.onChoose(chosen.id);
  });
}
