// Runs in each page's isolated world, as source text: lets a window be dragged by its `-webkit-app-region: drag` parts,
// which Chromium outside Electron only computes. May use nothing outside itself.

/** @param onDrag told how far the pointer went since the last word, in screen pixels. */
export function watchDragRegion(onDrag: (by: { x: number; y: number; done: boolean }) => void): void {
  /** The nearest element that says anything about dragging decides, as in Electron. */
  const isDraggable = (from: EventTarget | null): boolean => {
    for (let element = from instanceof Element ? from : null; element; element = element.parentElement) {
      const region = getComputedStyle(element).getPropertyValue('app-region');
      if (region === 'drag') return true;
      if (region === 'no-drag') return false;
    }
    return false;
  };
  let held: { x: number; y: number } | null = null;
  const move = (event: PointerEvent, done: boolean) => {
    if (!held) return;
    const by = { x: event.screenX - held.x, y: event.screenY - held.y, done };
    held = done ? null : { x: event.screenX, y: event.screenY };
    if (done || by.x !== 0 || by.y !== 0) onDrag(by);
  };
  window.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || !isDraggable(event.target)) return;
      held = { x: event.screenX, y: event.screenY };
      if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId);
    },
    true,
  );
  window.addEventListener('pointermove', (event) => move(event, false), true);
  window.addEventListener('pointerup', (event) => move(event, true), true);
  window.addEventListener('pointercancel', (event) => move(event, true), true);
}
