// Where the call box stands: remembered per set of displays, never off screen (CALL-6). Pure; call-box-window.ts applies it.

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DisplayShape {
  readonly bounds: Rectangle;
  readonly workArea: Rectangle;
}

const marginPx = 16;

/** Names a set of displays by their places and sizes: the same desk gets the same place back. */
export function displaySetKey(displays: readonly DisplayShape[]): string {
  return displays
    .map(({ bounds }) => `${bounds.width}x${bounds.height}@${bounds.x},${bounds.y}`)
    .sort()
    .join(' ');
}

/** Bottom right of the display's work area. */
export function defaultPlace(
  primary: DisplayShape,
  size: { width: number; height: number },
): { x: number; y: number } {
  const { x, y, width, height } = primary.workArea;
  return { x: x + width - size.width - marginPx, y: y + height - size.height - marginPx };
}

/**
 * The nearest place at which the whole box lies within one display's work area.
 * @param displays at least one.
 */
export function onScreen(box: Rectangle, displays: readonly DisplayShape[]): { x: number; y: number } {
  const places = displays.map(({ workArea }) => ({
    x: clamp(box.x, workArea.x, workArea.x + workArea.width - box.width),
    y: clamp(box.y, workArea.y, workArea.y + workArea.height - box.height),
  }));
  const distance = (place: { x: number; y: number }) => (place.x - box.x) ** 2 + (place.y - box.y) ** 2;
  return places.reduce((best, place) => (distance(place) < distance(best) ? place : best));
}

/** A box that is larger than the area keeps its top left corner in sight. */
function clamp(value: number, from: number, to: number): number {
  return Math.max(from, Math.min(value, to));
}
