// The keys of a running call. Letters act alone outside the note and with Alt anywhere; ending always needs Alt,
// so that a word typed beside the note can never hang up. With the keypad open, digits are tones.
import { isTyping, plainKey, useWindowKeys } from '../../parts/keyboard.ts';
import { isStillTyping, noteTyping } from '../../parts/typing-guard.ts';
import type { CallControls } from './use-call-controls.ts';

export interface CallKeys {
  readonly controls: CallControls;
  readonly keypadOpen: boolean;
  onToggleKeypad(): void;
  onToggleRoute(): void;
}

/** Null where no call runs. */
export function useCallKeys(keys: CallKeys | null): void {
  useWindowKeys((event) => {
    if (!keys || event.ctrlKey || event.metaKey) return;
    const typing = isTyping(event.target);
    if (typing && !event.altKey) return;
    const key = plainKey(event);
    if (key === null) return;
    if (!event.altKey && keys.keypadOpen && /^[0-9*#]$/.test(key)) {
      event.preventDefault();
      noteTyping();
      if (!event.repeat) keys.controls.sendTone(key);
      return;
    }
    if (event.repeat || (!event.altKey && isStillTyping())) return;
    const act = actions(keys, event.altKey)[key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function actions(
  { controls, onToggleKeypad, onToggleRoute }: CallKeys,
  alt: boolean,
): Record<string, (() => void) | undefined> {
  return {
    m: controls.toggleMute,
    h: controls.toggleHold,
    k: onToggleKeypad,
    r: onToggleRoute,
    e: alt ? controls.hangUp : undefined,
  };
}
