// Arrow keys, Home and End move through a list's buttons; focus goes along, so that Enter or a click chooses.
import type { KeyboardEvent } from 'react';

/** For the element around the list's items; items carry `data-item`. */
export function moveByArrow(event: KeyboardEvent<HTMLElement>): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (step === undefined && event.key !== 'Home' && event.key !== 'End') return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-item]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  const next = event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1 : at + (step ?? 0);
  items[Math.max(0, Math.min(items.length - 1, next))]?.focus();
}
