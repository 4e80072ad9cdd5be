// Which key means what, whatever the focus: letters and digits act alone outside text fields, with Alt anywhere.
// Read by position (event.code) with Alt, because macOS types another letter then.
import { useEffect, useRef } from 'react';

/** Where Command does what Control does elsewhere. */
export const isMac = /^Mac/.test(navigator.platform);

/** True where a plain key is typing, not a command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox';
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

/** True where Enter already presses what has the focus. */
export function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role="menuitem"], summary') !== null;
}

/** The letter or digit of a key event, lower case, by position where Alt is held; null for any other key. */
export function plainKey(event: KeyboardEvent): string | null {
  const byPosition = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[1]?.toLowerCase();
  if (event.altKey && byPosition) return byPosition;
  return event.key.length === 1 ? event.key.toLowerCase() : null;
}

/** Listens on the window with the latest `handler`; it calls preventDefault for what it has used. */
export function useWindowKeys(handler: (event: KeyboardEvent) => void): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && !event.isComposing) latest.current(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
